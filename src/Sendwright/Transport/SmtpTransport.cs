using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Smtp.Connecting;

namespace Sendwright.Transport;

/// <summary>Sends messages over SMTP, each on a connection of its own.</summary>
public sealed class SmtpTransport : IMailTransport
{
    private readonly MailSettings _settings;
    private readonly TimeProvider _clock;
    private readonly SecretMasker _masker;
    private readonly HostLookup _lookup;
    private readonly Lazy<TlsParameters> _tls;

    /// <summary>A transport to the server that the settings name.</summary>
    public SmtpTransport(MailSettings settings, TimeProvider? clock = null)
        : this(settings, clock ?? TimeProvider.System, lookup: null)
    {
    }

    internal SmtpTransport(MailSettings settings, TimeProvider clock, HostLookup? lookup)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _clock = clock;
        _masker = SecretMasker.For(settings.Credentials);
        _lookup = lookup ?? SystemHostLookup.With(clock);
        // A file that cannot be read now may be there again for the next message: a failure is not kept.
        _tls = new Lazy<TlsParameters>(() => settings.ToTlsParameters(), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Told of each stage as it ends: the tool's live lines.</summary>
    internal Action<StageRecord>? OnStage { get; init; }

    /// <inheritdoc />
    public async Task<DeliveryReceipt> SendAsync(Envelope envelope, IMessageContent content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(content);
        if (envelope.Recipients.Count == 0)
            throw new ArgumentException("The envelope has no recipient. Set Envelope.Recipients.", nameof(envelope));
        var started = _clock.GetTimestamp();
        var recorder = new AttemptRecorder(_clock, _settings.Host, _settings.Port, _settings.Security, _masker, isExperiment: false, OnStage);
        using var time = new SessionTime(_settings.Timeouts, _clock, cancellationToken);
        try
        {
            var session = new SmtpSession(_settings.ToSessionOptions(_tls.Value, _lookup), time, recorder);
            await using (session.ConfigureAwait(false))
            {
                var sent = await SendAndLeaveAsync(session, recorder, envelope, content).ConfigureAwait(false);
                return new DeliveryReceipt
                {
                    MessageId = content.MessageId,
                    Reply = sent.Reply,
                    Recipients = sent.Recipients,
                    Server = $"{_settings.Host}:{_settings.Port}",
                    Tls = recorder.CurrentTls?.Protocol,
                    Elapsed = _clock.GetElapsedTime(started),
                };
            }
        }
        catch (SmtpSessionException e) when (e.Fault.Kind == FaultKind.Cancelled)
        {
            throw new OperationCanceledException(e.Fault.Message, e.InnerException, cancellationToken);
        }
        catch (SmtpSessionException e)
        {
            // The platform's own exception is the cause. This one's message repeats the server's words before they were masked.
            throw Report(e.Fault, recorder, e.Recipients, e.InnerException);
        }
        catch (SmtpTransactionException e)
        {
            throw Report(e.Fault, recorder, e.Recipients, null);
        }
    }

    private static async Task<SentMessage> SendAndLeaveAsync(SmtpSession session, AttemptRecorder recorder, Envelope envelope, IMessageContent content)
    {
        try
        {
            await session.OpenAsync().ConfigureAwait(false);
            recorder.StartMessage();
            return await session.SendAsync(envelope, content).ConfigureAwait(false);
        }
        finally
        {
            await session.QuitAsync().ConfigureAwait(false);
        }
    }

    private MailException Report(AttemptFault fault, AttemptRecorder recorder, IReadOnlyList<RecipientOutcome> recipients, Exception? cause)
    {
        recorder.Failed(fault);
        var evidence = new DiagnosisEvidence
        {
            Settings = _settings.Evidence,
            Resolutions = recorder.Resolutions,
            Attempts = [recorder.ToAttempt()],
            CollectedAt = _clock.GetUtcNow(),
        };
        return FailureReport.ToException(fault, evidence, recipients, cause);
    }
}
