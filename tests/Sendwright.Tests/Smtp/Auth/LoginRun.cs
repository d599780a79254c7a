using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Smtp.Connecting;
using Sendwright.Testing;

namespace Sendwright.Tests.Smtp.Auth;

/// <summary>One connection to a scripted server, walked to the login and left: what came of it.</summary>
internal sealed record LoginRun(AttemptFault? Fault, Exception? Cause, Attempt Attempt)
{
    /// <summary>What a server says up to its offer.</summary>
    public static string Offering(string mechanisms) => $"""
        S: 220 mail.example.com ESMTP
        C: EHLO *
        S: 250-mail.example.com
        S: 250 AUTH {mechanisms}

        """;

    public const string Farewell = """

        C: QUIT
        S: 221 bye
        """;

    public static async Task<LoginRun> Of(
        string script, MailCredentials? credentials, Func<SmtpSessionOptions, SmtpSessionOptions>? change = null, TimeProvider? clock = null, CancellationTokenSource? caller = null)
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = ScriptedSmtpServer.Start(script);
        clock ??= TimeProvider.System;
        var recorder = new AttemptRecorder(clock, server.Host, server.Port, ConnectionSecurity.None, SecretMasker.For(credentials));
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, caller?.Token ?? CancellationToken.None);
        using var time = new SessionTime(new MailTimeouts(), clock, both.Token);
        var options = new SmtpSessionOptions
        {
            Host = server.Host,
            Port = server.Port,
            Security = ConnectionSecurity.None,
            Credentials = credentials,
            LocalName = "app.example.com",
            Tls = new TlsParameters { TargetName = server.Host },
            Lookup = SystemHostLookup.With(clock),
        };
        AttemptFault? fault = null;
        Exception? cause = null;
        await using (var session = new SmtpSession(change?.Invoke(options) ?? options, time, recorder))
        {
            try
            {
                await session.OpenAsync();
            }
            catch (SmtpSessionException e)
            {
                (fault, cause) = (e.Fault, e.InnerException);
                recorder.Failed(fault);
            }

            await session.QuitAsync();
        }

        await server.CompleteAsync(token);
        return new LoginRun(fault, cause, recorder.ToAttempt());
    }
}
