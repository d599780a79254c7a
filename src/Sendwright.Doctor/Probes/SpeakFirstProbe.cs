using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Smtp.Connecting;
using Sendwright.Smtp.Wire;

namespace Sendwright.Doctor.Probes;

/// <summary>
/// Says a line to a server that says none, and looks at what comes back: a web server waits to be spoken to, and answers EHLO with its error page. An SMTP server that is
/// merely slow loses nothing by it.
/// </summary>
internal sealed class SpeakFirstProbe(MailSettings settings)
{
    private static readonly ReadOnlyMemory<byte> Line = "EHLO sendwright.invalid\r\n\r\n"u8.ToArray();

    /// <summary>Probes. Never throws for what the network or the server does.</summary>
    public async Task<Attempt> RunAsync(HostLookup lookup, TimeProvider clock, CancellationToken cancellationToken)
    {
        var insideTls = settings.Security == ConnectionSecurity.Implicit;
        var recorder = new AttemptRecorder(clock, settings.Host, settings.Port, settings.Security, masker: null, isExperiment: true);
        using var time = new SessionTime(DoctorTimeouts.ForExperiment, clock, cancellationToken);
        try
        {
            var target = new ConnectionTarget { Host = settings.Host, Port = settings.Port, Lookup = lookup, Proxy = settings.Proxy, BindAddress = settings.BindAddress };
            var connection = await Connector.ConnectAsync(target, time, recorder).ConfigureAwait(false);
            await using var connected = connection.Stream.ConfigureAwait(false);
            var stream = connection.Stream;
            if (insideTls)
            {
                recorder.Begin(MailStage.Tls);
                stream = await TlsHandshake.RunAsync(
                    stream, new TlsParameters { TargetName = settings.Host.Trim('[', ']'), ChecksCertificate = false, AllowsResumption = false }, time, recorder).ConfigureAwait(false);
            }

            await using (stream.ConfigureAwait(false))
            {
                recorder.Begin(MailStage.Greeting);
                await stream.WriteAsync(Line, cancellationToken).ConfigureAwait(false);
                var buffer = new byte[512];
                var count = await time.LimitAsync(
                    time.Timeouts.Greeting, MailStage.Greeting, "answer to a line said first", token => stream.ReadAsync(buffer, token)).ConfigureAwait(false);
                recorder.Failed(Judge(buffer.AsSpan(0, count)));
            }
        }
        catch (SmtpSessionException e)
        {
            recorder.Failed(e.Fault);
        }
        catch (Exception e)
        {
            // An experiment that breaks down tells nothing, and must not take the diagnosis with it.
            recorder.Failed(StreamFault.Describe(e, MailStage.Greeting, null));
        }

        return recorder.ToAttempt();
    }

    // Whatever comes, this is no way to use a mail server: the probe never counts as one that worked.
    private static AttemptFault Judge(ReadOnlySpan<byte> answer)
    {
        if (answer.IsEmpty)
            return new AttemptFault { Stage = MailStage.Greeting, Kind = FaultKind.Disconnected, Message = "The connection was closed when a line was said first." };
        var shown = SmtpReplyParser.Excerpt(answer);
        var isSmtp = SmtpReplyParser.TryParse(answer, out _, out _) is not ReplyParseStatus.NotAReply;
        return new AttemptFault
        {
            Stage = MailStage.Greeting,
            Kind = isSmtp ? FaultKind.ReplyTimedOut : FaultKind.NotSmtp,
            UnexpectedText = shown,
            Message = $"Spoken to first, it answered: \"{shown}\".",
        };
    }
}
