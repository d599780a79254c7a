using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;

namespace Sendwright;

/// <summary>
/// Why a message was not sent, as plain data: the same record in the exception, in an outbox row and on a page. It can be serialised, and holds no secret.
/// </summary>
public sealed record DeliveryFailure
{
    /// <summary>The stage that failed.</summary>
    public required MailStage Stage { get; init; }

    /// <summary>What happened there.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>One sentence that names the thing and the value.</summary>
    public required string Message { get; init; }

    /// <summary>The server, as <c>host:port</c>; null where the settings did not get that far.</summary>
    public string? Server { get; init; }

    /// <summary>The route it was on, of several; null where there is one only.</summary>
    public string? Route { get; init; }

    /// <summary>The reply that refused; null where none did.</summary>
    public SmtpReply? Reply { get; init; }

    /// <summary>Each recipient's own outcome, as far as it was asked for.</summary>
    public IReadOnlyList<RecipientOutcome> Recipients { get; init; } = [];

    /// <summary>The cause, a code of <see cref="FaultCodes"/>; null where the evidence decides none.</summary>
    public string? FaultCode { get; init; }

    /// <summary>Whether and when trying again makes sense.</summary>
    public RetryAdvice Retry { get; init; } = RetryAdvice.WhenFixed;

    /// <summary>Whether the same message may go through later without anybody changing anything.</summary>
    public bool IsTransient => Retry.Kind is RetryKind.Now or RetryKind.After or RetryKind.AfterReset;

    /// <summary>The conversation of this message, <c>C:</c> and <c>S:</c>, secrets masked.</summary>
    public IReadOnlyList<string> Transcript { get; init; } = [];

    /// <summary>What went wrong on the other routes that were tried, in the order in which they were; each with its <see cref="Route"/>.</summary>
    public IReadOnlyList<DeliveryFailure> OtherRoutes { get; init; } = [];
}
