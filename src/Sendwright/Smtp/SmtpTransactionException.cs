using Sendwright.Evidence;

namespace Sendwright.Smtp;

/// <summary>Ends a message but not its session: the server said no to the message, and is ready for the next.</summary>
internal sealed class SmtpTransactionException(AttemptFault fault, IReadOnlyList<RecipientOutcome> recipients) : Exception(fault.Message)
{
    public AttemptFault Fault { get; } = fault;

    public IReadOnlyList<RecipientOutcome> Recipients { get; } = recipients;
}
