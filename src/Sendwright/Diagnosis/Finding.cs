using Sendwright.Evidence;

namespace Sendwright.Diagnosis;

/// <summary>A cause, or a piece of advice, with the evidence it rests on.</summary>
public sealed record Finding
{
    /// <summary>The stable code, from <see cref="FaultCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>How firmly the evidence decides it.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>The stage it belongs to.</summary>
    public required MailStage Stage { get; init; }

    /// <summary>The cause in one short sentence, with the values at hand.</summary>
    public required string Title { get; init; }

    /// <summary>Why this is the cause and what it means.</summary>
    public required string Explanation { get; init; }

    /// <summary>The lines of evidence it cites, masked.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>What to do, the best first.</summary>
    public IReadOnlyList<Fix> Fixes { get; init; } = [];

    /// <summary>Whether trying again makes sense.</summary>
    public RetryAdvice Retry { get; init; } = RetryAdvice.WhenFixed;

    /// <summary>Where to read on.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
}
