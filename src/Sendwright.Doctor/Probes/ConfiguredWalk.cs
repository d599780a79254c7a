using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Smtp.Connecting;
using Sendwright.Smtp.Wire;
using Sendwright.Transport;

namespace Sendwright.Doctor.Probes;

/// <summary>Walks the way that the settings describe, step by step, as far as it goes: the same session that sends.</summary>
internal sealed class ConfiguredWalk
{
    private readonly MailSettings _settings;
    private readonly DoctorOptions _options;
    private readonly HostLookup _lookup;
    private readonly MailTimeouts _timeouts;
    private readonly TimeProvider _clock;
    private readonly AttemptRecorder _recorder;

    public ConfiguredWalk(MailSettings settings, DoctorOptions options, HostLookup lookup, TimeSpan limit, TimeProvider clock)
    {
        _settings = settings;
        _options = options;
        _lookup = lookup;
        _clock = clock;
        _timeouts = DoctorTimeouts.Within(limit);
        _recorder = new AttemptRecorder(clock, settings.Host, settings.Port, settings.Security, SecretMasker.For(settings.Credentials), isExperiment: false, options.OnStage);
    }

    /// <summary>The stage under way.</summary>
    public MailStage CurrentStage => _recorder.CurrentStage;

    /// <summary>Whether it waits for something that may never come.</summary>
    public bool IsWaitingForServer => CurrentStage is MailStage.Connect or MailStage.Greeting or MailStage.Tls;

    public IReadOnlyList<Resolution> Resolutions => _recorder.Resolutions;

    /// <summary>Walks. Never throws for what the network or the server does.</summary>
    /// <param name="enough">Ends the wait under way as if its time were up: others have found out why it is in vain.</param>
    public async Task<Attempt> RunAsync(CancellationToken enough)
    {
        using var time = new SessionTime(_timeouts, _clock, enough);
        try
        {
            // A diagnosis looks at the whole handshake.
            var tls = _settings.ToTlsParameters() with { AllowsResumption = false };
            var session = new SmtpSession(_settings.ToSessionOptions(tls, _lookup), time, _recorder);
            await using (session.ConfigureAwait(false))
                await WalkAsync(session).ConfigureAwait(false);
        }
        catch (SmtpSessionException e)
        {
            _recorder.Failed(e.Fault.Kind == FaultKind.Cancelled ? Cut(e.Fault) : e.Fault);
        }
        catch (SmtpTransactionException e)
        {
            _recorder.Failed(e.Fault);
        }

        return _recorder.ToAttempt();
    }

    private async Task WalkAsync(SmtpSession session)
    {
        try
        {
            await session.OpenAsync().ConfigureAwait(false);
            await OfferEnvelopeAsync(session).ConfigureAwait(false);
        }
        finally
        {
            await session.QuitAsync().ConfigureAwait(false);
        }
    }

    private async Task OfferEnvelopeAsync(SmtpSession session)
    {
        if (_options.To.Count == 0)
        {
            _recorder.Skip(MailStage.Sender, "no --to is given");
            return;
        }

        var sender = _options.From ?? _settings.From;
        if (sender is null)
        {
            _recorder.Skip(MailStage.Sender, "neither --from nor a from address in the settings is given");
            return;
        }

        var outcomes = await session.TryEnvelopeAsync(new Envelope { Sender = sender, Recipients = _options.To }).ConfigureAwait(false);
        // A send to several goes on without the one that is refused; somebody who asks about each of them wants to know.
        if (outcomes.FirstOrDefault(outcome => !outcome.Accepted) is { Reply: { } reply } refused)
            throw new SmtpTransactionException(RefusalOf(refused.Address, reply), outcomes);
    }

    private static AttemptFault RefusalOf(EmailAddress recipient, SmtpReply reply) => new()
    {
        Stage = MailStage.Recipient,
        Kind = FaultKind.Refused,
        Reply = reply,
        Command = $"RCPT TO:<{recipient.WireAddress}>",
        Message = $"The server refused the recipient <{recipient.WireAddress}>: {reply}",
    };

    private static AttemptFault Cut(AttemptFault fault)
    {
        var what = fault.Stage switch
        {
            MailStage.Connect => "connection",
            MailStage.Greeting => "greeting",
            _ => "answer",
        };
        return fault with { Kind = FaultKind.ReplyTimedOut, Message = $"No {what} came; the wait was ended when another way of connecting had explained why." };
    }
}
