using System.Net;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Smtp.Connecting;
using Sendwright.Testing;
using Sendwright.Transport;

namespace Sendwright.Tests.Smtp.Connecting;

/// <summary>Opens sessions as the transport does, and shows what was seen.</summary>
internal static class Opening
{
    /// <summary>Opens a session, takes leave, and gives what was seen; the failure is in it.</summary>
    public static async Task<Attempt> OpenAsync(MailSettings settings, TlsParameters? tls = null, HostLookup? lookup = null)
    {
        var recorder = new AttemptRecorder(TimeProvider.System, settings.Host, settings.Port, settings.Security, SecretMasker.For(settings.Credentials));
        using var time = new SessionTime(settings.Timeouts, TimeProvider.System, TestContext.Current.CancellationToken);
        try
        {
            var options = settings.ToSessionOptions(tls ?? settings.ToTlsParameters(), lookup ?? SystemHostLookup.With(TimeProvider.System));
            await using var session = new SmtpSession(options, time, recorder);
            await session.OpenAsync();
            await session.QuitAsync();
        }
        catch (SmtpSessionException e)
        {
            recorder.Failed(e.Fault);
        }

        return recorder.ToAttempt();
    }

    public static MailSettings To(ScriptedSmtpServer server, ConnectionSecurity security) => Sending.SettingsFor(server, security, hasLogin: false);

    /// <summary>A resolver that must not be asked.</summary>
    public static HostLookup NoLookup { get; } = (host, _) => throw new InvalidOperationException($"{host} was looked up.");

    /// <summary>A resolver that knows one name, which is on loopback.</summary>
    public static HostLookup Knowing(string name) => (host, _) => ValueTask.FromResult(host == name
        ? new Resolution(host, "test", ResolutionOutcome.Found, [IPAddress.Loopback], TimeSpan.Zero)
        : throw new InvalidOperationException($"{host} was looked up."));
}
