using System.Globalization;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;

namespace Sendwright.Smtp;

/// <summary>Walks MAIL and each RCPT (RFC 5321, 3.3), one at a time and without content: what a diagnosis asks of a server.</summary>
internal sealed class EnvelopeTrial(SmtpChannel channel, SessionTime time, AttemptRecorder recorder, SmtpCapabilities capabilities)
{
    /// <summary>Offers the envelope.</summary>
    /// <exception cref="SmtpTransactionException">The sender, or every recipient, was refused.</exception>
    public async Task<IReadOnlyList<RecipientOutcome>> OfferAsync(Envelope envelope)
    {
        recorder.Begin(MailStage.Sender);
        if (EnvelopeCommands.Unsuited(envelope, content: null, capabilities) is { } unsuited)
            throw new SmtpTransactionException(unsuited, []);
        RecipientOutcome[] outcomes = [.. envelope.Recipients.Select(address => new RecipientOutcome(address, false, null))];
        var mail = EnvelopeCommands.Mail(envelope, content: null, capabilities);
        var sender = await AskAsync(mail).ConfigureAwait(false);
        if (!sender.IsPositive)
            throw Refused(MailStage.Sender, mail, $"the sender <{EnvelopeCommands.Path(envelope.Sender)}>", sender, outcomes);
        recorder.End(StageOutcome.Ok, null);
        recorder.Begin(MailStage.Recipient);
        for (var i = 0; i < outcomes.Length; i++)
        {
            var rcpt = EnvelopeCommands.Rcpt(envelope, outcomes[i].Address, capabilities);
            try
            {
                var reply = await AskAsync(rcpt).ConfigureAwait(false);
                outcomes[i] = outcomes[i] with { Accepted = reply.IsPositive, Reply = reply };
            }
            catch (SmtpSessionException e) when (i > 0 && outcomes[i - 1].Reply is { Code: 421 } farewell && e.Fault.Kind is FaultKind.Disconnected or FaultKind.ConnectionReset)
            {
                // The server gave its reason and hung up: the reason is the result, not the hanging up.
                var last = EnvelopeCommands.Path(outcomes[i - 1].Address);
                throw Refused(MailStage.Recipient, EnvelopeCommands.Rcpt(envelope, outcomes[i - 1].Address, capabilities), $"to go on at the recipient <{last}>", farewell, outcomes);
            }
        }

        var refused = outcomes.Where(outcome => !outcome.Accepted).ToList();
        if (refused.Count == outcomes.Length)
        {
            var path = EnvelopeCommands.Path(outcomes[0].Address);
            var who = outcomes.Length == 1 ? $"the recipient <{path}>" : string.Create(CultureInfo.InvariantCulture, $"all {outcomes.Length} recipients, <{path}> first");
            throw Refused(MailStage.Recipient, EnvelopeCommands.Rcpt(envelope, outcomes[0].Address, capabilities), who, outcomes[0].Reply!, outcomes);
        }

        if (refused.Count == 0)
            recorder.End(StageOutcome.Ok, string.Create(CultureInfo.InvariantCulture, $"{outcomes.Length} accepted"));
        else
            recorder.End(StageOutcome.Warning, $"refused: {string.Join("; ", refused.Select(outcome => $"<{outcome.Address.Address}> {outcome.Reply}"))}");
        return outcomes;
    }

    private async Task<SmtpReply> AskAsync(SmtpCommand command)
    {
        channel.Queue(command);
        return recorder.Mask(await time.LimitAsync(time.Timeouts.Command, command.Stage, $"reply to {command.Shown}", channel.ReadReplyAsync).ConfigureAwait(false));
    }

    private static SmtpTransactionException Refused(MailStage stage, SmtpCommand command, string what, SmtpReply reply, RecipientOutcome[] outcomes) => new(
        new AttemptFault { Stage = stage, Kind = FaultKind.Refused, Reply = reply, Command = command.Shown, Message = $"The server refused {what}: {reply}" },
        outcomes);
}
