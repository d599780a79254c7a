namespace Sendwright.Evidence;

/// <summary>Everything a diagnosis rests on: settings, name lookups, and attempts. Immutable; rules read it and do no I/O.</summary>
public sealed record DiagnosisEvidence
{
    /// <summary>The settings, where they are known.</summary>
    public SettingsEvidence? Settings { get; init; }

    /// <summary>The name lookups made.</summary>
    public IReadOnlyList<Resolution> Resolutions { get; init; } = [];

    /// <summary>The connections made or reported; the configured one first, experiments behind it.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    /// <summary>Statements of a pasted text that name a cause without a connection to hang it on.</summary>
    public IReadOnlyList<ReportedStatement> Statements { get; init; } = [];

    /// <summary>When the evidence was collected.</summary>
    public DateTimeOffset? CollectedAt { get; init; }

    /// <summary>The attempt that is to be explained: the first that is no experiment.</summary>
    public Attempt? Subject => Attempts.FirstOrDefault(attempt => !attempt.IsExperiment);

    /// <summary>The attempts made to settle open questions.</summary>
    public IEnumerable<Attempt> Experiments => Attempts.Where(attempt => attempt.IsExperiment);
}

/// <summary>A sentence of a pasted text whose meaning is known to the reader that found it, such as "Connection already using TLS".</summary>
/// <param name="Code">The fault code the sentence stands for.</param>
/// <param name="Text">The sentence, masked.</param>
public sealed record ReportedStatement(string Code, string Text);
