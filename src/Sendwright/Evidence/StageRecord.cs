namespace Sendwright.Evidence;

/// <summary>How a stage went.</summary>
public enum StageOutcome
{
    /// <summary>The stage did what it should.</summary>
    Ok,

    /// <summary>The stage worked, with something worth knowing.</summary>
    Warning,

    /// <summary>The stage failed.</summary>
    Failed,

    /// <summary>The stage was left out on purpose; the detail says why.</summary>
    Skipped,

    /// <summary>The stage was not reached, or the text does not tell.</summary>
    NotObserved,
}

/// <summary>One stage of an attempt: how it went, how long it took, and a line about it.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Elapsed">How long it took; null where it was not measured.</param>
/// <param name="Detail">One line for a person, secrets masked.</param>
public sealed record StageRecord(MailStage Stage, StageOutcome Outcome, TimeSpan? Elapsed, string? Detail);
