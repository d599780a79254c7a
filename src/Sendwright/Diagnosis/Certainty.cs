namespace Sendwright.Diagnosis;

/// <summary>How firmly the evidence decides a finding.</summary>
public enum Certainty
{
    /// <summary>The evidence allows nothing else.</summary>
    Certain,

    /// <summary>The evidence speaks for it; another cause is thinkable.</summary>
    Likely,

    /// <summary>It would explain the evidence; something else would too.</summary>
    Possible,
}
