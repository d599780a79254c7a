namespace Sendwright.Evidence;

/// <summary>
/// Where the facts of an attempt come from. A fact that is in neither state is simply absent (null): not observed, and never evidence of absence.
/// </summary>
public enum FactSource
{
    /// <summary>Seen on the wire by this program.</summary>
    Observed,

    /// <summary>Read from a text that somebody pasted.</summary>
    Reported,
}
