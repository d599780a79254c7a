using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Smtp.Connecting;

namespace Sendwright.Doctor.Probes;

/// <summary>
/// Finds out whether a mail server answers on a port, and how it wants TLS: in clear with STARTTLS behind, or from the first byte. Goes no further than EHLO, carries no
/// secret, and so need not care whose certificate it sees; what is wrong with it is recorded all the same.
/// </summary>
internal sealed class ModeProbe(MailSettings settings, int port, ConnectionSecurity start)
{
    /// <summary>Probes. Never throws for what the network or the server does.</summary>
    public async Task<Attempt> RunAsync(HostLookup lookup, TimeProvider clock, CancellationToken cancellationToken)
    {
        var recorder = new AttemptRecorder(clock, settings.Host, port, start, masker: null, isExperiment: true);
        using var time = new SessionTime(DoctorTimeouts.ForExperiment, clock, cancellationToken);
        var session = new SmtpSession(
            new SmtpSessionOptions
            {
                Host = settings.Host,
                Port = port,
                Security = start,
                Tls = new TlsParameters { TargetName = settings.Host.Trim('[', ']'), ChecksCertificate = false, AllowsResumption = false },
                Proxy = settings.Proxy,
                BindAddress = settings.BindAddress,
                LocalName = settings.LocalName,
                Lookup = lookup,
            },
            time,
            recorder);
        var usesTls = start == ConnectionSecurity.Implicit;
        try
        {
            await session.ConnectAsync().ConfigureAwait(false);
            if (usesTls)
                await session.StartWithTlsAsync().ConfigureAwait(false);
            await session.GreetAsync().ConfigureAwait(false);
            await session.HelloAsync().ConfigureAwait(false);
            if (!usesTls && session.Capabilities.StartTls)
            {
                usesTls = true;
                await session.StartTlsAsync().ConfigureAwait(false);
                await session.HelloAsync().ConfigureAwait(false);
            }

            await session.QuitAsync().ConfigureAwait(false);
        }
        catch (SmtpSessionException e)
        {
            recorder.Failed(e.Fault);
        }
        catch (Exception e)
        {
            // An experiment that breaks down tells nothing, and must not take the diagnosis with it.
            recorder.Failed(StreamFault.Describe(e, recorder.CurrentStage, null));
        }
        finally
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }

        // A server that greets in clear and offers no STARTTLS is one without TLS, and is reported as that.
        return recorder.ToAttempt() with { Security = usesTls ? start : ConnectionSecurity.None };
    }
}
