using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Diagnosis;

/// <summary>The verdict of a diagnosis.</summary>
public enum Verdict
{
    /// <summary>Nothing is wrong as far as it was looked.</summary>
    Healthy,

    /// <summary>A fault was found; the first finding is its cause.</summary>
    Fault,

    /// <summary>The evidence decides nothing; the report says what would.</summary>
    Undecided,
}

/// <summary>The result of a diagnosis: the same record for a failed send, a probe, and a pasted text.</summary>
public sealed record DiagnosisReport
{
    /// <summary>The name of the JSON form, raised when it changes in a way that breaks readers.</summary>
    public const string Schema = "sendwright.diagnosis/1";

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What was looked at.</summary>
    public DiagnosisTarget Target { get; init; } = new();

    /// <summary>The stages of the attempt that is explained.</summary>
    public IReadOnlyList<StageRecord> Stages { get; init; } = [];

    /// <summary>The causes, ranked; the first is the cause.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What works and could be better.</summary>
    public IReadOnlyList<Finding> Advice { get; init; } = [];

    /// <summary>What the evidence cannot tell apart, and what would.</summary>
    public IReadOnlyList<OpenQuestion> UndecidedBetween { get; init; } = [];

    /// <summary>Settings that would mend it, in their owner's names.</summary>
    public IReadOnlyList<SettingChange> SuggestedSettings { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The evidence the report rests on.</summary>
    public DiagnosisEvidence Evidence { get; init; } = new();

    /// <summary>The first finding: the cause; null where there is none.</summary>
    public Finding? Cause => Findings.Count > 0 ? Findings[0] : null;
}

/// <summary>What a diagnosis looked at.</summary>
public sealed record DiagnosisTarget
{
    /// <summary>The host.</summary>
    public string? Host { get; init; }

    /// <summary>The port.</summary>
    public int? Port { get; init; }

    /// <summary>How TLS starts.</summary>
    public ConnectionSecurity? Security { get; init; }

    /// <summary>The provider, where the host is a known one's.</summary>
    public string? Provider { get; init; }

    /// <summary>Where the settings were read.</summary>
    public string? SettingsFrom { get; init; }
}

/// <summary>A cause that the evidence allows and does not decide.</summary>
/// <param name="Code">The fault code.</param>
/// <param name="DecidedBy">What would decide it: a sentence, with a command where there is one.</param>
public sealed record OpenQuestion(string Code, string DecidedBy);
