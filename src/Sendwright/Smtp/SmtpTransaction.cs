using System.Globalization;
using System.Text;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;
using Sendwright.Transport;

namespace Sendwright.Smtp;

/// <summary>
/// One message on a session: MAIL, RCPT for each recipient, DATA, content (RFC 5321, 3.3). The commands go out in groups; what each reply means is decided when it
/// comes, so that a group of one and a group of all take the same way.
/// </summary>
internal sealed class SmtpTransaction(SmtpChannel channel, SessionTime time, AttemptRecorder recorder, SmtpCapabilities capabilities, int groupSize)
{
    private SmtpReply? _senderRefusal;
    private SmtpReply? _dataReply;
    private RecipientOutcome[] _recipients = [];

    /// <summary>Offers the envelope, with DATA behind it where there is content to come.</summary>
    /// <exception cref="SmtpTransactionException">The sender, or every recipient, was refused.</exception>
    public async Task<IReadOnlyList<RecipientOutcome>> OfferAsync(Envelope envelope, IMessageContent? content)
    {
        RequireCapabilities(envelope, content);
        _recipients = [.. envelope.Recipients.Select(address => new RecipientOutcome(address, false, null))];
        var commands = Commands(envelope, content);
        recorder.Begin(MailStage.Sender);
        try
        {
            for (var start = 0; start < commands.Count && !IsOver; start += groupSize)
            {
                var end = groupSize >= commands.Count - start ? commands.Count : start + groupSize;
                for (var i = start; i < end; i++)
                    channel.Queue(commands[i]);
                for (var i = start; i < end; i++)
                    await ReadAsync(commands[i], i).ConfigureAwait(false);
            }
        }
        catch (SmtpSessionException e) when (e.Fault.Kind is FaultKind.Disconnected or FaultKind.ConnectionReset && (EnvelopeRefusal(envelope) ?? Farewell()) is { } reason)
        {
            // The server gave its reason and hung up with commands of the group unanswered: the reason is the result, not the hanging up.
            throw new SmtpTransactionException(reason, _recipients);
        }

        if (EnvelopeRefusal(envelope) is { } refusal)
        {
            await EndEmptyAsync().ConfigureAwait(false);
            throw new SmtpTransactionException(refusal, _recipients);
        }

        if (recorder.CurrentStage == MailStage.Recipient)
            EndStage();
        return _recipients;
    }

    /// <summary>Sends the message.</summary>
    /// <exception cref="SmtpTransactionException">The server said no.</exception>
    /// <exception cref="SmtpSessionException">The connection ended; the fault says whether the message may have been taken.</exception>
    public async Task<SentMessage> SendAsync(Envelope envelope, IMessageContent content)
    {
        var sendable = FormFor(envelope, content);
        await OfferAsync(envelope, sendable).ConfigureAwait(false);
        recorder.Begin(MailStage.Data);
        if (_dataReply is not { Code: 354 })
            throw new SmtpTransactionException(Refusal(MailStage.Data, "DATA", "the content", _dataReply!), _recipients);
        var writer = channel.OpenContent(time, sendable.Size);
        await WriteAsync(sendable, writer).ConfigureAwait(false);
        channel.CompleteContent(writer);
        // Until the final dot is out the server cannot have the message: whatever goes wrong here leaves no doubt that it was not sent.
        await writer.FlushRestAsync().ConfigureAwait(false);
        if (channel.WriteFailure is { } failure)
            throw await EarlyEndAsync(failure).ConfigureAwait(false);
        var form = ReferenceEquals(sendable, content) ? "" : ", re-encoded as 7-bit";
        recorder.End(StageOutcome.Ok, string.Create(CultureInfo.InvariantCulture, $"{writer.Written} octets{form}"));

        recorder.Begin(MailStage.EndOfData);
        var reply = await ReadFinalReplyAsync().ConfigureAwait(false);
        if (!reply.IsPositive)
            throw new SmtpTransactionException(Refusal(MailStage.EndOfData, SmtpCommand.ContentShown, "the message", reply), _recipients);
        recorder.End(StageOutcome.Ok, reply.ToString());
        return new SentMessage(reply, _recipients);
    }

    /// <summary>Has the message written, and returns where all of it may be sent or the connection takes no more.</summary>
    private async Task WriteAsync(IMessageContent content, SmtpContentWriter writer)
    {
        try
        {
            // Each flush has a limit of its own. What the content reads in between, such as a stream over a network, has the one for everything together.
            await time.LimitAsync(Timeout.InfiniteTimeSpan, MailStage.Data, "end of the content", limit => WriteAsync(content, writer, limit)).ConfigureAwait(false);
            writer.CheckWhole();
        }
        catch (MessageChangedException e)
        {
            throw Unsendable(new AttemptFault { Stage = MailStage.Data, Kind = FaultKind.ContentChanged, Message = $"{e.Message} It was not sent." }, e);
        }
        catch (Exception e) when (!writer.HasStopped && e is IOException or UnauthorizedAccessException)
        {
            throw Unsendable(new AttemptFault { Stage = MailStage.Data, Kind = FaultKind.ContentUnreadable, Message = $"{e.Message} It was not sent." }, e);
        }
        catch (Exception e) when (writer.HasStopped && e is not (SmtpSessionException or OperationCanceledException))
        {
            // The writer had stopped, and this is how the content says so: the reason is known better here.
        }

        // The connection ends without the final dot: then "the server MUST cancel any pending transaction" (RFC 5321, 4.1.1.10).
        if (writer.Fault is { } fault)
            throw Unsendable(fault, null);
    }

    private static async ValueTask<bool> WriteAsync(IMessageContent content, SmtpContentWriter writer, CancellationToken limit)
    {
        try
        {
            await content.WriteToAsync(writer, limit).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException e) when (!limit.IsCancellationRequested)
        {
            // Such as the time-out of a download. Let through, it would tell the caller that the caller had cancelled.
            throw new IOException("The message could not be read to its end: what it is read from cancelled the reading.", e);
        }
    }

    private SmtpSessionException Unsendable(AttemptFault fault, Exception? cause) => new(fault, cause) { Recipients = _recipients };

    // RFC 6152, 3: to a server without 8BITMIME a client either converts "the message into valid 7bit MIME" or treats it as a permanent error. A header in UTF-8 (RFC 6531)
    // can sometimes be had in ASCII as well. A line of more than 998 octets makes it binary data, which takes another extension still (RFC 3030).
    private IMessageContent FormFor(Envelope envelope, IMessageContent content)
    {
        var isTaken = IsEightBitTaken(content) && (!content.NeedsSmtpUtf8 || capabilities.SmtpUtf8) && !content.HasOverlongLine;
        // An address of the envelope that cannot be carried is refused whatever the content.
        return isTaken || (International(envelope) is not null && !capabilities.SmtpUtf8) ? content : content.ToSevenBit() ?? content;
    }

    // "servers offering this extension MUST provide support for, and announce, the 8BITMIME extension" (RFC 6531, 3.1): one that forgot to announce it takes UTF-8 all the same.
    private bool IsEightBitTaken(IMessageContent content) =>
        !content.IsEightBit || capabilities.EightBitMime || (content.NeedsSmtpUtf8 && capabilities.SmtpUtf8);

    private bool AnyAccepted => _recipients.Any(recipient => recipient.Accepted);

    // Without pipelining there is no sense in going on; with it, everything is already out.
    private bool IsOver => _senderRefusal is not null || (groupSize == 1 && _recipients.All(recipient => recipient.Reply is not null) && !AnyAccepted);

    private List<SmtpCommand> Commands(Envelope envelope, IMessageContent? content)
    {
        var commands = new List<SmtpCommand>(envelope.Recipients.Count + 2) { SmtpCommand.Mail(Path(envelope.Sender), Parameters(envelope, content)) };
        foreach (var recipient in envelope.Recipients)
            commands.Add(SmtpCommand.Rcpt(Path(recipient), DsnParameters.ForRcpt(envelope, recipient, capabilities)));
        if (content is not null)
            commands.Add(SmtpCommand.Data);
        return commands;
    }

    private async Task ReadAsync(SmtpCommand command, int index)
    {
        var limit = command.Stage == MailStage.Data ? time.Timeouts.Data : time.Timeouts.Command;
        if (command.Stage != recorder.CurrentStage)
        {
            EndStage();
            recorder.Begin(command.Stage);
        }

        var reply = recorder.Mask(await time.LimitAsync(limit, command.Stage, $"reply to {command.Shown}", channel.ReadReplyAsync).ConfigureAwait(false));
        switch (command.Stage)
        {
            case MailStage.Sender:
                _senderRefusal = reply.IsPositive ? null : reply;
                break;
            case MailStage.Recipient:
                _recipients[index - 1] = _recipients[index - 1] with { Accepted = reply.IsPositive, Reply = reply };
                break;
            default:
                _dataReply = reply;
                break;
        }
    }

    // The refusal that leaves nobody to send to; null where there is none, or recipients are still without a reply.
    private AttemptFault? EnvelopeRefusal(Envelope envelope)
    {
        if (_senderRefusal is { } refusal)
            return Refusal(MailStage.Sender, $"MAIL FROM:<{Path(envelope.Sender)}>", $"the sender <{Path(envelope.Sender)}>", refusal);
        if (AnyAccepted || _recipients.Any(recipient => recipient.Reply is null))
            return null;
        var first = Path(_recipients[0].Address);
        var who = _recipients.Length == 1 ? $"the recipient <{first}>" : $"all {_recipients.Length} recipients, <{first}> first";
        return Refusal(MailStage.Recipient, $"RCPT TO:<{first}>", who, _recipients[0].Reply!);
    }

    // "421 <domain> Service not available, closing transmission channel" (RFC 5321, 4.2.3), said to a recipient but meant for the session.
    private AttemptFault? Farewell() => _recipients.FirstOrDefault(recipient => recipient.Reply is { Code: 421 }) is { } last
        ? Refusal(MailStage.Recipient, $"RCPT TO:<{Path(last.Address)}>", $"to go on at the recipient <{Path(last.Address)}>", last.Reply!)
        : null;

    // RFC 2920, 3.1: DATA went out with the group, and a server may say 354 though it took no recipient. Then the lone dot must follow, and whatever the server answers
    // to it, or whether it does, the message counts as not sent.
    private async Task EndEmptyAsync()
    {
        if (_dataReply is not { Code: 354 })
            return;
        try
        {
            channel.CompleteContent(channel.OpenContent(time, size: null));
            await time.LimitAsync(time.Timeouts.Command, MailStage.EndOfData, "reply to the lone dot", channel.ReadReplyAsync).ConfigureAwait(false);
        }
        catch (SmtpSessionException e) when (e.Fault.Kind != FaultKind.Cancelled)
        {
            // The refusal is known, and stands.
        }
    }

    private async Task<SmtpReply> ReadFinalReplyAsync()
    {
        try
        {
            return recorder.Mask(await time.LimitAsync(time.Timeouts.EndOfData, MailStage.EndOfData, "reply to the message", channel.ReadReplyAsync).ConfigureAwait(false));
        }
        catch (SmtpSessionException e)
        {
            throw new SmtpSessionException(
                e.Fault with
                {
                    Stage = MailStage.EndOfData,
                    Kind = FaultKind.OutcomeUnknown,
                    Message = $"The whole message was sent, and no reply says whether the server took it. {e.Fault.Message}",
                },
                e.InnerException)
            {
                Recipients = _recipients,
            };
        }
    }

    // The server stopped taking the content before its end: it cannot have accepted the message. What it said before hanging up is the reason.
    private async Task<Exception> EarlyEndAsync(SmtpSessionException failure)
    {
        var reply = recorder.Mask(await time.LimitAsync(time.Timeouts.Command, MailStage.Data, "reason for the end", channel.ReadReplyAsync).ConfigureAwait(false));
        // A yes to a message that never was complete is a yes to something else.
        return reply.IsPositive ? failure : new SmtpTransactionException(Refusal(MailStage.Data, SmtpCommand.ContentShown, "the content", reply), _recipients);
    }

    private void RequireCapabilities(Envelope envelope, IMessageContent? content)
    {
        if (!capabilities.SmtpUtf8 && NeedsSmtpUtf8(envelope, content))
        {
            var international = International(envelope);
            recorder.Begin(MailStage.Sender);
            throw new SmtpTransactionException(
                new AttemptFault
                {
                    Stage = MailStage.Sender,
                    Kind = FaultKind.SmtpUtf8NotOffered,
                    Message = $"{(international is null ? "The message's header holds UTF-8, which" : $"The address <{international.Address}>")} needs SMTPUTF8, which the server does not offer.",
                },
                []);
        }

        if (content is not null && !IsEightBitTaken(content))
        {
            recorder.Begin(MailStage.Sender);
            throw new SmtpTransactionException(
                new AttemptFault
                {
                    Stage = MailStage.Sender,
                    Kind = FaultKind.EightBitMimeNotOffered,
                    Message = "The message holds 8-bit octets, the server does not offer 8BITMIME, and the message cannot be re-encoded, as one that is signed cannot (5.6.3).",
                },
                []);
        }

        if (content?.Size > capabilities.MaxSize)
        {
            recorder.Begin(MailStage.Sender);
            throw new SmtpTransactionException(
                new AttemptFault
                {
                    Stage = MailStage.Sender,
                    Kind = FaultKind.LargerThanAnnouncedSize,
                    Message = string.Create(CultureInfo.InvariantCulture, $"The message has {content.Size} octets; the server takes {capabilities.MaxSize} (SIZE)."),
                },
                []);
        }
    }

    private string Parameters(Envelope envelope, IMessageContent? content)
    {
        var parameters = new StringBuilder();
        if (capabilities.Size && content?.Size is { } size)
            parameters.Append(CultureInfo.InvariantCulture, $" SIZE={size}");
        if (content is { IsEightBit: true } && capabilities.EightBitMime)
            parameters.Append(" BODY=8BITMIME");
        if (NeedsSmtpUtf8(envelope, content))
            parameters.Append(" SMTPUTF8");
        parameters.Append(DsnParameters.ForMail(envelope, capabilities));
        return parameters.ToString();
    }

    private static string Path(EmailAddress? address) => address?.WireAddress ?? "";

    // RFC 6531, 3.4: the parameter is needed for an address of the envelope as for one in the header alone, such as a Reply-To.
    private static bool NeedsSmtpUtf8(Envelope envelope, IMessageContent? content) => content is { NeedsSmtpUtf8: true } || International(envelope) is not null;

    private static EmailAddress? International(Envelope envelope) =>
        envelope.Recipients.Prepend(envelope.Sender).FirstOrDefault(address => address?.NeedsSmtpUtf8 == true);

    // A refused sender or a lack of any recipient is recorded as the failure it is, when the replies of the group have been read.
    private void EndStage()
    {
        var refused = _recipients.Where(recipient => !recipient.Accepted).ToList();
        if (recorder.CurrentStage == MailStage.Sender && _senderRefusal is null)
            recorder.End(StageOutcome.Ok, null);
        else if (recorder.CurrentStage == MailStage.Recipient && refused.Count == 0)
            recorder.End(StageOutcome.Ok, string.Create(CultureInfo.InvariantCulture, $"{_recipients.Length} accepted"));
        else if (recorder.CurrentStage == MailStage.Recipient && AnyAccepted)
            recorder.End(StageOutcome.Warning, $"refused: {string.Join("; ", refused.Select(recipient => $"<{recipient.Address.Address}> {recipient.Reply}"))}");
    }

    private static AttemptFault Refusal(MailStage stage, string command, string what, SmtpReply reply) => new()
    {
        Stage = stage,
        Kind = FaultKind.Refused,
        Reply = reply,
        Command = command,
        Message = $"The server refused {what}: {reply}",
    };
}
