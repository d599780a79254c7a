namespace Sendwright.Diagnosis;

/// <summary>One thing to do about a finding.</summary>
public sealed record Fix
{
    /// <summary>What to do, in one sentence.</summary>
    public required string Text { get; init; }

    /// <summary>The setting to change, in its owner's name for it.</summary>
    public string? Setting { get; init; }

    /// <summary>The value to give it; null where only its owner can know it.</summary>
    public string? Value { get; init; }

    /// <summary>A command that does it or checks it.</summary>
    public string? Command { get; init; }
}
