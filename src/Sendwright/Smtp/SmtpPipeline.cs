using System.Globalization;
using System.Runtime.CompilerServices;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;
using Sendwright.Transport;

namespace Sendwright.Smtp;

/// <summary>
/// Sends messages over one connection without waiting where no wait is needed. Behind DATA the end of one message and the envelope of the next are one group (RFC 2920, 3.1:
/// content may open a group, DATA must close it), which is one wait for each message; by BDAT whole transactions follow one another within a window (RFC 3030).
/// What each reply means is decided when it comes, so that a group of one command and a group of all take the same way.
/// </summary>
/// <remarks>Not thread-safe: one pump walks it.</remarks>
internal sealed class SmtpPipeline(SmtpChannel channel, SmtpCapabilities capabilities, SessionTime time, Func<string, string> mask, SmtpPipelineOptions options)
{
    /// <summary>Servers close a connection without work after minutes, middle boxes forget it sooner; none within this.</summary>
    private static readonly TimeSpan LongRest = TimeSpan.FromSeconds(2);

    private readonly List<SmtpDelivery> _flights = [];
    private readonly bool _isGrouped = options.LargestGroup > 1 && capabilities.Pipelining;
    private readonly Dictionary<SmtpDelivery, AttemptFault> _verdicts = [];
    private bool _leavesOpen;
    private bool _chunksWork;
    private bool _isUncertain;
    private bool _isSpoilt;
    private SmtpReply? _farewell;
    private long _restsSince;

    /// <summary>The messages under way, the oldest first.</summary>
    public IReadOnlyList<SmtpDelivery> Flights => _flights;

    /// <summary>The messages that have come to an end here, taken or refused.</summary>
    public int Completed { get; private set; }

    /// <summary>Whether the server must be given no further message: it said good-bye, or content broke off.</summary>
    public bool IsClosing => _isSpoilt || _farewell is not null;

    /// <summary>Whether the connection can no longer be used once <see cref="Flights"/> is empty, not even for QUIT.</summary>
    public bool IsSpoilt => _isSpoilt;

    /// <summary>What the end of the connection says about pipelining.</summary>
    public PipeliningDoubt Doubt { get; private set; }

    /// <summary>Whether a second command of a group has been answered.</summary>
    public bool BearsGroups { get; private set; }

    /// <summary>Whether a command has been answered that came behind the end of a message.</summary>
    public bool BearsFollowers { get; private set; }

    /// <summary>Whether messages go out in groups.</summary>
    public bool IsGrouped => _isGrouped;

    /// <summary>Whether another message can be begun now.</summary>
    public bool HasRoom => !IsClosing && (_flights.Count == 0 || (_isGrouped && _flights.Count < options.Window && TailIsOut && IsSureOfStep));

    // "the first BDAT goes alone": a server that cannot do what it offers is found out with one message in doubt.
    private bool TailIsOut => _flights[^1] is { EndPosition: > 0 } tail && (!tail.IsCounted || _chunksWork);

    // A server that throws away what comes behind a message must not find a third one to answer in the place of the second: all replies alike, it could not be told.
    private bool IsSureOfStep => BearsFollowers || !_flights[^1].Follows;

    private int LargestGroup => _isGrouped ? options.LargestGroup : 1;

    /// <summary>Whether the server refused BDAT as a command, though it offers CHUNKING.</summary>
    public bool ChunksFailed { get; private set; }

    /// <summary>Whether it was without work for some time.</summary>
    public bool HasRested { get; private set; }

    /// <summary>The connection is without work from now on.</summary>
    public void Rest()
    {
        HasRested = true;
        _restsSince = time.Clock.GetTimestamp();
        time.StopTotal();
    }

    /// <summary>
    /// There is work again. After some time whether the server is still there is asked with the next envelope, before content goes out that it might get or might not.
    /// </summary>
    public void Wake() => _isUncertain |= time.Clock.GetElapsedTime(_restsSince) > LongRest;

    /// <summary>Begins a message: as much of it as may be said now is queued.</summary>
    /// <exception cref="SmtpSessionException">The connection ended.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask AddAsync(SmtpDelivery delivery)
    {
        IMessageContent sendable;
        bool isCounted;
        try
        {
            sendable = EnvelopeCommands.FormFor(delivery.Envelope, delivery.Content, capabilities);
            if (EnvelopeCommands.Unsuited(delivery.Envelope, sendable, capabilities) is { } fault)
            {
                delivery.Refuse(fault, null);
                return;
            }

            isCounted = options.Chunking && capabilities.Chunking && sendable is { EndsWithLineEnd: true, Size: not null };
        }
        catch (Exception e) when (e is not SmtpSessionException)
        {
            // A content that cannot even tell its size fails alone: nothing of it has been sent.
            delivery.Fail(e);
            return;
        }

        var follows = _flights.Count > 0;
        var startsWithReset = _leavesOpen || (follows && _flights[^1].IsCounted);
        delivery.Start(sendable, startsWithReset, isCounted, holdsContent: !_isGrouped || (_isUncertain && isCounted), time.Clock.GetTimestamp());
        delivery.Follows = follows;
        _leavesOpen = _isUncertain = false;
        _flights.Add(delivery);
        if (!follows)
            time.RestartTotal(delivery.TimeLeft);
        await QueueAsync(delivery).ConfigureAwait(false);
    }

    /// <summary>Takes the next step: writes the content that the server waits for, or waits for its replies and takes all that have come.</summary>
    /// <exception cref="SmtpSessionException">The connection ended.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask AdvanceAsync()
    {
        var front = _flights[0];
        if (IsReady(front))
        {
            await WriteContentAsync(front).ConfigureAwait(false);
            return;
        }

        if (front.Queued == front.Answered && front.Queued < front.Steps)
        {
            await QueueAsync(front).ConfigureAwait(false);
            if (_flights.Count == 0 || IsReady(front))
                return;
        }

        SmtpReply? reply;
        TimeSpan elapsed;
        while (!channel.TryReadReply(out reply, out elapsed))
            await ReceiveAsync(front).ConfigureAwait(false);
        do
        {
            Take(_flights[0], reply!, elapsed);
        }
        while (_flights.Count > 0 && !MustWrite(_flights[0]) && channel.TryReadReply(out reply, out elapsed));
    }

    /// <summary>Whether it is certain that the server does not have the message.</summary>
    public bool IsCertainlyNotSent(SmtpDelivery delivery) =>
        delivery.EndPosition == 0
        || IsRefused(delivery)
        // "closing transmission channel" (RFC 5321, 4.2.3): what comes behind is not read any more.
        // RSET, where it comes first, is no part of the message.
        || (_farewell is not null && delivery.SenderReply is null)
        || !channel.CanHaveArrived(delivery.EndPosition);

    /// <summary>Whether the server has refused the message, or all whom it is for, whatever it says afterwards.</summary>
    public bool IsRefused(SmtpDelivery delivery) => delivery.IsHopeless || delivery.FinalReply is { IsPositive: false } || _verdicts.ContainsKey(delivery);

    /// <summary>The server's own reason why the message is not taken, given before the connection ended; null where there is none.</summary>
    public AttemptFault? ReasonFor(SmtpDelivery delivery) => _verdicts.GetValueOrDefault(delivery) ?? EnvelopeRefusal(delivery) ?? Farewell(delivery);

    private static bool IsReady(SmtpDelivery delivery) => delivery is { DataReply.Code: 354, EndPosition: 0 };

    private static bool MustWrite(SmtpDelivery delivery) => IsReady(delivery) || (delivery.Queued == delivery.Answered && delivery.Queued < delivery.Steps);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask QueueAsync(SmtpDelivery delivery)
    {
        while (delivery.Queued < delivery.Steps && delivery.Queued - delivery.Answered < LargestGroup)
        {
            var step = delivery.Queued;
            if (step < delivery.Steps - 1)
            {
                channel.Queue(CommandAt(delivery, step));
                delivery.Queued++;
                continue;
            }

            if (delivery.HoldsContent && !delivery.EnvelopeIsAnswered)
                return;
            if (delivery.IsCounted)
            {
                await WriteChunkAsync(delivery).ConfigureAwait(false);
                return;
            }

            channel.Queue(SmtpCommand.Data);
            delivery.Queued++;
        }
    }

    private SmtpCommand CommandAt(SmtpDelivery delivery, int step) =>
        delivery.IsReset(step) ? SmtpCommand.Rset(MailStage.Sender)
        : delivery.StageOf(step) == MailStage.Sender ? EnvelopeCommands.Mail(delivery.Envelope, delivery.Sendable, capabilities)
        : EnvelopeCommands.Rcpt(delivery.Envelope, delivery.Recipient(step), capabilities);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReceiveAsync(SmtpDelivery front)
    {
        var stage = front.CurrentStage;
        var (limit, waitingFor) = stage switch
        {
            MailStage.Data => (time.Timeouts.Data, "reply to DATA"),
            MailStage.EndOfData when channel.WriteFailure is not null => (time.Timeouts.Command, "reason for the end"),
            MailStage.EndOfData => (time.Timeouts.EndOfData, "reply to the message"),
            MailStage.Recipient => (time.Timeouts.Command, "reply to RCPT TO"),
            _ => (time.Timeouts.Command, "reply to MAIL FROM"),
        };
        try
        {
            await time.LimitAsync(limit, stage, waitingFor, channel.ReceiveAsync).ConfigureAwait(false);
        }
        catch (SmtpSessionException e)
        {
            if (_isGrouped && stage != MailStage.EndOfData)
            {
                Doubt = e.Fault.Kind switch
                {
                    FaultKind.ReplyTimedOut when front.Answered > 0 => PipeliningDoubt.Likely,
                    FaultKind.ReplyTimedOut when front.Follows => PipeliningDoubt.LikelyBehindContent,
                    FaultKind.Disconnected or FaultKind.ConnectionReset when front.Queued > 1 && _farewell is null => PipeliningDoubt.Possible,
                    _ => Doubt,
                };
            }

            throw;
        }
    }

    private void Take(SmtpDelivery front, SmtpReply reply, TimeSpan elapsed)
    {
        var step = front.Answered;
        if (!front.TryAnswer(reply, elapsed, channel.ReadAt))
            throw LostStep(front, step, reply);
        if (reply.Code == 421)
            _farewell = reply;
        if (_isGrouped && ShowsLostStep(front, step, reply))
        {
            Doubt = PipeliningDoubt.Certain;
            if (front.EndPosition == 0)
                throw new SmtpSessionException(Refusal(front.StageOf(step), Shown(front, step), "a command that came in a group", reply));
        }
        else if (reply.Code == 421 && Completed > 0 && front.EndPosition == 0 && front.StageOf(step) == MailStage.Sender)
        {
            // What the server is tired of is the connection, not this message.
            throw new SmtpSessionException(Refusal(MailStage.Sender, Shown(front, step), "to go on", reply));
        }

        BearsGroups |= _isGrouped && step > 0;
        BearsFollowers |= front.Follows;

        front.TellStages(time.Clock, mask);
        switch (front.StageOf(step))
        {
            case MailStage.EndOfData:
                TakeFinal(front, reply);
                break;
            case MailStage.Data when reply.Code != 354:
                End(front, EnvelopeRefusal(front) ?? Refusal(MailStage.Data, "DATA", "the content", reply), leavesOpen: front.IsOpen);
                break;
            case MailStage.Data when EnvelopeRefusal(front) is { } refusal:
                // RFC 2920, 3.1: DATA went out with the group, and a server may say 354 though it took no recipient. Then the lone dot must follow, and whatever the
                // server answers to it, or whether it does, the message counts as not sent.
                _verdicts[front] = refusal;
                channel.CompleteContent(channel.OpenContent(time, size: null));
                front.EndPosition = channel.Position;
                break;
            case MailStage.Sender or MailStage.Recipient when front.IsHopeless && front.Queued == front.Answered:
                End(front, EnvelopeRefusal(front)!, leavesOpen: front.IsOpen);
                break;
        }
    }

    private void TakeFinal(SmtpDelivery front, SmtpReply reply)
    {
        if (_verdicts.Remove(front, out var verdict))
        {
            End(front, verdict, leavesOpen: false);
        }
        else if (EnvelopeRefusal(front) is { } refusal)
        {
            if (Doubt == PipeliningDoubt.Certain)
                throw new SmtpSessionException(refusal);
            End(front, refusal, leavesOpen: true);
        }
        else if (reply.IsPositive && !channel.CanHaveArrived(front.EndPosition))
        {
            // A yes to a message that never was complete is a yes to something else.
            throw channel.WriteFailure ?? LostStep(front, front.Answered - 1, reply);
        }
        else if (reply.IsPositive)
        {
            _chunksWork |= front.IsCounted;
            Remove(front);
            front.Deliver();
        }
        else if (front.IsCounted && !_chunksWork && reply.Code is 500 or 501 or 502 or 503 or 504)
        {
            // What was meant for content may be taken for commands now, so the connection is over. By DATA, on another, the message can go.
            ChunksFailed = true;
            throw new SmtpSessionException(Refusal(MailStage.EndOfData, SmtpCommand.Bdat(front.Octets).Shown, "BDAT, though it offers CHUNKING", reply));
        }
        else
        {
            // RFC 3030, 2: behind a BDAT that failed the state is not known, and RSET makes it so. Behind a final dot it is (RFC 5321, 4.1.1.4).
            End(front, Refusal(MailStage.EndOfData, SmtpCommand.ContentShown, "the message", reply), leavesOpen: front.IsCounted);
        }
    }

    private void End(SmtpDelivery delivery, AttemptFault fault, bool leavesOpen)
    {
        Remove(delivery);
        // A transaction that is behind this one already begins with RSET, or is behind a final dot.
        _leavesOpen = leavesOpen && _flights.Count == 0;
        delivery.Refuse(fault, null);
    }

    private void Remove(SmtpDelivery delivery)
    {
        _flights.Remove(delivery);
        Completed++;
        if (_flights.Count > 0)
            time.RestartTotal(_flights[0].TimeLeft);
        else
            time.StopTotal();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteContentAsync(SmtpDelivery delivery)
    {
        var writer = channel.OpenContent(time, delivery.Sendable.Size);
        if (!await WriteAsync(delivery, writer).ConfigureAwait(false))
            return;
        channel.CompleteContent(writer);
        // Where the server stopped taking the content before its end, the dot goes nowhere, and the server's reason, if it gave one, is read as the reply to it.
        Written(delivery, writer);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteChunkAsync(SmtpDelivery delivery)
    {
        var writer = channel.OpenChunk(time, delivery.Sendable.Size!.Value);
        delivery.Queued++;
        if (!await WriteAsync(delivery, writer).ConfigureAwait(false))
            return;
        channel.CompleteChunk();
        Written(delivery, writer);
    }

    private void Written(SmtpDelivery delivery, SmtpContentWriter writer)
    {
        delivery.EndPosition = channel.Position;
        delivery.Octets = writer.Written;
        delivery.ContentWritten(time.Clock.GetTimestamp());
        delivery.TellStages(time.Clock, mask);
    }

    /// <summary>Has the message written. Where it cannot be, it has failed, and the connection ends without the end of the content: "the server MUST cancel any pending transaction" (RFC 5321, 4.1.1.10).</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WriteAsync(SmtpDelivery delivery, SmtpContentWriter writer)
    {
        try
        {
            await delivery.Sendable.WriteToAsync(writer, time.Token).ConfigureAwait(false);
            writer.CheckWhole();
        }
        catch (OperationCanceledException e) when (time.Token.IsCancellationRequested)
        {
            throw time.CutOff(MailStage.Data, "end of the content", e);
        }
        catch (MessageChangedException e)
        {
            return GiveUp(delivery, new AttemptFault { Stage = MailStage.Data, Kind = FaultKind.ContentChanged, Message = $"{e.Message} It was not sent." }, e);
        }
        catch (Exception e) when (!writer.HasStopped && e is IOException or UnauthorizedAccessException)
        {
            return GiveUp(delivery, new AttemptFault { Stage = MailStage.Data, Kind = FaultKind.ContentUnreadable, Message = $"{e.Message} It was not sent." }, e);
        }
        catch (OperationCanceledException e) when (!writer.HasStopped)
        {
            // Such as the time-out of a download. Let through, it would tell the caller that the caller had cancelled.
            const string Reason = "The message could not be read to its end: what it is read from cancelled the reading. It was not sent.";
            return GiveUp(delivery, new AttemptFault { Stage = MailStage.Data, Kind = FaultKind.ContentUnreadable, Message = Reason }, e);
        }
        catch (Exception e) when (writer.HasStopped && e is not SmtpSessionException)
        {
            // The writer had stopped, and this is how the content says so: the reason is known better here.
        }
        catch (Exception e) when (e is not SmtpSessionException)
        {
            Spoil(delivery);
            delivery.Fail(e);
            return false;
        }

        if (writer.Fault is { } fault)
            return GiveUp(delivery, fault, null);
        // The end of a content that nobody wants sent is not given, as long as no other message is harmed by that.
        if (delivery.IsCancelled && _flights.Count == 1)
            throw new SmtpSessionException(new AttemptFault { Stage = MailStage.Data, Kind = FaultKind.Cancelled, Message = "The caller cancelled before the end of the content." });
        return true;
    }

    private bool GiveUp(SmtpDelivery delivery, AttemptFault fault, Exception? cause)
    {
        Spoil(delivery);
        delivery.Refuse(fault, cause);
        return false;
    }

    // Those before it have all been said and wait for their replies only.
    private void Spoil(SmtpDelivery delivery)
    {
        _isSpoilt = true;
        if (delivery.IsCounted)
            channel.AbandonChunk();
        Remove(delivery);
    }

    private static bool ShowsLostStep(SmtpDelivery delivery, int step, SmtpReply reply)
    {
        if (reply.IsPositive || reply.IsIntermediate)
            return false;
        if (reply.Code == 503 && delivery.IsOpen && delivery.StageOf(step) is MailStage.Recipient)
            return true;
        // Where the message before was begun with it, MAIL is no bad sequence.
        if (reply.Code == 503 && delivery.Follows && delivery.StageOf(step) is MailStage.Sender)
            return true;
        if (reply.Code == 503 && delivery.Accepted > 0 && delivery.StageOf(step) is MailStage.Data)
            return true;
        // The reply to a message speaks of the message.
        return delivery.StageOf(step) != MailStage.EndOfData && (Complains(delivery, reply, "pipelin") || Complains(delivery, reply, "synchroni"));
    }

    // "550 <pipeline@example.com> user unknown" is no complaint.
    private static bool Complains(SmtpDelivery delivery, SmtpReply reply, string of) =>
        reply.Text.Contains(of, StringComparison.OrdinalIgnoreCase)
        && !EnvelopeCommands.Path(delivery.Envelope.Sender).Contains(of, StringComparison.OrdinalIgnoreCase)
        && !delivery.Envelope.Recipients.Any(recipient => EnvelopeCommands.Path(recipient).Contains(of, StringComparison.OrdinalIgnoreCase));

    private SmtpSessionException LostStep(SmtpDelivery delivery, int step, SmtpReply reply)
    {
        if (_isGrouped)
            Doubt = PipeliningDoubt.Certain;
        return new SmtpSessionException(new AttemptFault
        {
            Stage = delivery.StageOf(step),
            Kind = FaultKind.ProtocolViolation,
            Reply = reply,
            Command = Shown(delivery, step),
            UnexpectedText = reply.ToString(),
            Message = $"The reply to {Shown(delivery, step)} does not fit it: \"{reply}\".",
        });
    }

    private string Shown(SmtpDelivery delivery, int step) => delivery.StageOf(step) switch
    {
        MailStage.EndOfData => SmtpCommand.ContentShown,
        MailStage.Data => SmtpCommand.Data.Shown,
        _ => CommandAt(delivery, step).Shown,
    };

    // The refusal that leaves nobody to send to; null where there is none, or recipients are still without a reply.
    private static AttemptFault? EnvelopeRefusal(SmtpDelivery delivery)
    {
        if (delivery.SenderReply is { IsPositive: false } refusal)
        {
            var sender = EnvelopeCommands.Path(delivery.Envelope.Sender);
            return Refusal(MailStage.Sender, $"MAIL FROM:<{sender}>", $"the sender <{sender}>", refusal);
        }

        if (!delivery.IsHopeless)
            return null;
        var outcomes = delivery.Outcomes();
        var first = Array.Find(outcomes, outcome => !outcome.Accepted)!;
        var path = EnvelopeCommands.Path(first.Address);
        var who = delivery.Accepted > 0 ? $"the recipient <{path}>, and the message is for all of its recipients or none"
            : outcomes.Length == 1 ? $"the recipient <{path}>"
            : string.Create(CultureInfo.InvariantCulture, $"all {outcomes.Length} recipients, <{path}> first");
        return Refusal(MailStage.Recipient, $"RCPT TO:<{path}>", who, first.Reply!);
    }

    // "421 <domain> Service not available, closing transmission channel" (RFC 5321, 4.2.3), said to a recipient but meant for the session.
    private static AttemptFault? Farewell(SmtpDelivery delivery) =>
        Array.Find(delivery.Outcomes(), outcome => outcome.Reply is { Code: 421 }) is { } last
            ? Refusal(MailStage.Recipient, $"RCPT TO:<{EnvelopeCommands.Path(last.Address)}>", $"to go on at the recipient <{EnvelopeCommands.Path(last.Address)}>", last.Reply!)
            : null;

    private static AttemptFault Refusal(MailStage stage, string command, string what, SmtpReply reply) => new()
    {
        Stage = stage,
        Kind = FaultKind.Refused,
        Reply = reply,
        Command = command,
        Message = $"The server refused {what}: {reply}",
    };
}
