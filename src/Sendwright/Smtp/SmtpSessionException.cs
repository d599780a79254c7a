using Sendwright.Evidence;

namespace Sendwright.Smtp;

/// <summary>Ends a session: carries the fact, not yet the cause. The transport turns it into the exception its caller sees, the doctor into evidence.</summary>
internal sealed class SmtpSessionException(AttemptFault fault, Exception? innerException = null) : Exception(fault.Message, innerException)
{
    public AttemptFault Fault { get; } = fault;

    /// <summary>What had been said about each recipient by then.</summary>
    public IReadOnlyList<RecipientOutcome> Recipients { get; init; } = [];
}
