using Sendwright.Evidence;

namespace Sendwright.Diagnosis.Rules;

/// <summary>A cause that a rule proposes, before the catalogue puts it into words and the ranking puts it in its place.</summary>
internal sealed record Candidate(string Code, Certainty Certainty, MailStage Stage)
{
    /// <summary>The lines it rests on.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>The codes whose facts this one accounts for: they are its consequence, and rank behind it.</summary>
    public IReadOnlyList<string> Explains { get; init; } = [];

    /// <summary>What the catalogue would say is replaced by this, where the rule knows better.</summary>
    public string? Title { get; init; }

    /// <summary>Said in place of the catalogue's explanation.</summary>
    public string? Explanation { get; init; }

    /// <summary>Fixes that follow from this very evidence; they stand before the catalogue's.</summary>
    public IReadOnlyList<Fix> Fixes { get; init; } = [];

    /// <summary>Advice that follows from the reply itself; null for the catalogue's.</summary>
    public RetryAdvice? Retry { get; init; }

    /// <summary>Whether it is worth saying though everything works.</summary>
    public bool IsAdvice { get; init; }
}
