namespace Sendwright.Evidence;

/// <summary>What was seen of a login. The secret itself is never part of any evidence.</summary>
public sealed record AuthEvidence
{
    /// <summary>The mechanism used, such as <c>PLAIN</c>; null where none was.</summary>
    public string? Mechanism { get; init; }

    /// <summary>Whether the server accepted it; null where it did not say.</summary>
    public bool? Accepted { get; init; }

    /// <summary>Why no login was tried, where none was.</summary>
    public string? SkippedBecause { get; init; }
}
