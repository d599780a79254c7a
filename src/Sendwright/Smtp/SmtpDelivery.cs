using System.Globalization;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;
using Sendwright.Transport;

namespace Sendwright.Smtp;

/// <summary>One message on its way through a connection: what was said for it and answered. Evidence is made of that only when it is asked for.</summary>
internal abstract class SmtpDelivery(Envelope envelope, IMessageContent content)
{
    private const int MaxExchanges = AttemptRecorder.MaxMessageExchanges;

    private long _startedAt;
    private long _senderAt;
    private long _recipientsAt;
    private long _contentAt;
    private long _finalAt;
    private int _stagesTold;
    private RecipientOutcome?[] _outcomes = [];
    private TimeSpan[] _elapsed = [];

    public Envelope Envelope { get; } = envelope;

    public IMessageContent Content { get; } = content;

    /// <summary>The form of the content that this server takes.</summary>
    public IMessageContent Sendable { get; private set; } = content;

    /// <summary>Whether the transaction begins with RSET, because the one before it has no reply yet or was left open.</summary>
    public bool StartsWithReset { get; private set; }

    /// <summary>Whether it was begun before the one before it had all its replies.</summary>
    public bool Follows { get; set; }

    /// <summary>Whether the content goes out by BDAT.</summary>
    public bool IsCounted { get; private set; }

    /// <summary>Whether no content, and no command that asks for it, may go out before every recipient has been answered.</summary>
    public bool HoldsContent { get; private set; }

    /// <summary>The commands queued so far, of <see cref="Steps"/>.</summary>
    public int Queued { get; set; }

    /// <summary>The replies read so far.</summary>
    public int Answered { get; private set; }

    /// <summary>RSET where there is one, MAIL, each RCPT, and DATA or BDAT.</summary>
    public int Steps => FirstRecipient + Envelope.Recipients.Count + 1;

    /// <summary>Where the content ends, counted in octets since the connection began; 0 while its end has not been queued.</summary>
    public long EndPosition { get; set; }

    /// <summary>The octets of content written.</summary>
    public long Octets { get; set; }

    public SmtpReply? SenderReply { get; private set; }

    public SmtpReply? DataReply { get; private set; }

    public SmtpReply? FinalReply { get; private set; }

    /// <summary>Whether the server has taken the sender: then it has a transaction open.</summary>
    public bool IsOpen => SenderReply is { IsPositive: true };

    public int Accepted { get; private set; }

    /// <summary>Whether every recipient has an answer, or the sender's refusal makes them pointless.</summary>
    public bool EnvelopeIsAnswered => Answered >= FirstRecipient + Envelope.Recipients.Count;

    /// <summary>Whether the envelope leaves nobody to send to.</summary>
    public bool IsHopeless => SenderReply is { IsPositive: false } || (EnvelopeIsAnswered && (Accepted == 0 || (IsAllOrNone && Accepted < Envelope.Recipients.Count)));

    /// <summary>Whether one refused recipient stops the message for all.</summary>
    public abstract bool IsAllOrNone { get; }

    /// <summary>Whether nobody wants it sent any more.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>The most time that is left for it.</summary>
    public abstract TimeSpan TimeLeft { get; }

    /// <summary>Told of each stage as it ends; null where nobody wants to know.</summary>
    protected virtual Action<StageRecord>? OnStage => null;

    private int FirstRecipient => StartsWithReset ? 2 : 1;

    /// <summary>The server has taken the message.</summary>
    public abstract void Deliver();

    /// <summary>The server has refused the message, or this client will not offer it; the connection lives on.</summary>
    public abstract void Refuse(AttemptFault fault, Exception? cause);

    /// <summary>The content failed with an exception of its own.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Begins on a connection.</summary>
    public void Start(IMessageContent sendable, bool startsWithReset, bool isCounted, bool holdsContent, long now)
    {
        Sendable = sendable;
        StartsWithReset = startsWithReset;
        IsCounted = isCounted;
        HoldsContent = holdsContent || IsAllOrNone;
        Queued = Answered = Accepted = _stagesTold = 0;
        EndPosition = Octets = 0;
        SenderReply = DataReply = FinalReply = null;
        _startedAt = now;
        _senderAt = _recipientsAt = _contentAt = _finalAt = 0;
        _outcomes = new RecipientOutcome?[Envelope.Recipients.Count];
        _elapsed = new TimeSpan[Steps + 1];
    }

    public MailStage StageOf(int step) => step < FirstRecipient ? MailStage.Sender
        : step < Steps - 1 ? MailStage.Recipient
        : IsCounted || step == Steps ? MailStage.EndOfData : MailStage.Data;

    /// <summary>The stage whose reply is awaited.</summary>
    public MailStage CurrentStage => StageOf(Answered);

    public bool IsReset(int step) => StartsWithReset && step == 0;

    public EmailAddress Recipient(int step) => Envelope.Recipients[step - FirstRecipient];

    /// <summary>Takes the reply to its oldest command that has none. Each must be one that the command can have; anything else means that the two sides have lost step.</summary>
    public bool TryAnswer(SmtpReply reply, TimeSpan elapsed, long now)
    {
        var step = Answered;
        _elapsed[step] = elapsed;
        Answered++;
        switch (StageOf(step))
        {
            case MailStage.Sender when IsReset(step):
                // Whatever a server says to RSET, what follows shows whether it did it.
                return !reply.IsIntermediate;
            case MailStage.Sender:
                SenderReply = reply;
                _senderAt = now;
                return !reply.IsIntermediate;
            case MailStage.Recipient:
                _outcomes[step - FirstRecipient] = new RecipientOutcome(Recipient(step), reply.IsPositive, reply);
                Accepted += reply.IsPositive ? 1 : 0;
                if (EnvelopeIsAnswered)
                    _recipientsAt = now;
                return !reply.IsIntermediate;
            case MailStage.Data:
                DataReply = reply;
                return reply.Code == 354 || reply.IsTransient || reply.IsPermanent;
            default:
                FinalReply = reply;
                _finalAt = now;
                // A yes to a message that has no recipient is a yes to something else.
                return !reply.IsIntermediate && !(IsCounted && reply.IsPositive && IsHopeless);
        }
    }

    public void ContentWritten(long now) => _contentAt = now;

    /// <summary>Tells whoever wants to know of the stages that have ended.</summary>
    public void TellStages(TimeProvider clock, Func<string, string> mask)
    {
        if (OnStage is not { } tell)
            return;
        var stages = Stages(clock, mask);
        for (; _stagesTold < stages.Count; _stagesTold++)
            tell(stages[_stagesTold]);
    }

    /// <summary>How its stages went, as far as they have ended well.</summary>
    public List<StageRecord> Stages(TimeProvider clock, Func<string, string> mask)
    {
        var stages = new List<StageRecord>(4);
        if (!IsOpen)
            return stages;
        stages.Add(new StageRecord(MailStage.Sender, StageOutcome.Ok, clock.GetElapsedTime(_startedAt, _senderAt), null));
        if (_recipientsAt == 0 || Accepted == 0)
            return stages;
        var refused = _outcomes.Where(outcome => outcome is { Accepted: false }).ToList();
        stages.Add(new StageRecord(
            MailStage.Recipient,
            refused.Count == 0 ? StageOutcome.Ok : StageOutcome.Warning,
            clock.GetElapsedTime(_senderAt, _recipientsAt),
            mask(refused.Count == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{_outcomes.Length} accepted")
                : $"refused: {string.Join("; ", refused.Select(outcome => $"<{outcome!.Address.Address}> {outcome.Reply}"))}")));
        if (_contentAt == 0)
            return stages;
        var form = ReferenceEquals(Sendable, Content) ? "" : ", re-encoded as 7-bit";
        // By BDAT the content goes out before the envelope is answered.
        var contentTime = _contentAt > _recipientsAt ? clock.GetElapsedTime(_recipientsAt, _contentAt) : TimeSpan.Zero;
        stages.Add(new StageRecord(MailStage.Data, StageOutcome.Ok, contentTime, string.Create(CultureInfo.InvariantCulture, $"{Octets} octets{form}")));
        if (FinalReply is { IsPositive: true } final)
            stages.Add(new StageRecord(MailStage.EndOfData, StageOutcome.Ok, clock.GetElapsedTime(Math.Max(_contentAt, _recipientsAt), _finalAt), mask(final.ToString())));
        return stages;
    }

    /// <summary>What was said for it and answered; of a long envelope the last of it.</summary>
    public List<Exchange> Exchanges(SmtpCapabilities capabilities)
    {
        var exchanges = new List<Exchange>();
        for (var step = Math.Max(0, Answered - MaxExchanges); step < Answered; step++)
        {
            var (command, reply) = StageOf(step) switch
            {
                MailStage.Sender when IsReset(step) => (SmtpCommand.Rset(MailStage.Sender).Shown, null),
                MailStage.Sender => (EnvelopeCommands.Mail(Envelope, Sendable, capabilities).Shown, SenderReply),
                MailStage.Recipient => (EnvelopeCommands.Rcpt(Envelope, Recipient(step), capabilities).Shown, _outcomes[step - FirstRecipient]?.Reply),
                MailStage.Data => (SmtpCommand.Data.Shown, DataReply),
                _ => (IsCounted ? SmtpCommand.Bdat(Sendable.Size ?? 0).Shown : SmtpCommand.ContentShown, FinalReply),
            };
            exchanges.Add(new Exchange(StageOf(step), command, reply, _elapsed[step]));
        }

        return exchanges;
    }

    /// <summary>What was said about each recipient so far.</summary>
    public RecipientOutcome[] Outcomes()
    {
        if (Answered == 0 || _outcomes.Length == 0)
            return [];
        for (var i = 0; i < _outcomes.Length; i++)
            _outcomes[i] ??= new RecipientOutcome(Envelope.Recipients[i], false, null);
        return _outcomes!;
    }
}
