using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Doctor.Explain;

/// <summary>How much a reported failure says about what happened. One failure is usually told several times, by each layer in its own words.</summary>
internal enum Precision
{
    /// <summary>A layer says that something inside it failed: "could not connect", with the reason elsewhere.</summary>
    Wrapper,

    /// <summary>What was seen last, and may follow from something told more precisely: a closed connection, a time-out.</summary>
    Symptom,

    /// <summary>What happened: a reply, an error of the operating system, a word of the TLS library.</summary>
    Cause,
}

/// <summary>A failure that a text reports, at the place where it reports it.</summary>
/// <param name="Place">Where in the text.</param>
/// <param name="Precision">How much it says.</param>
/// <param name="Fault">What failed.</param>
internal sealed record FaultReport(int Place, Precision Precision, AttemptFault Fault)
{
    /// <summary>Whether the text tells the stage; where it does not, the fault's own is only the usual one, and a transcript knows better.</summary>
    public bool TellsStage { get; init; } = true;

    /// <summary>What the text tells of TLS.</summary>
    public TlsEvidence? Tls { get; init; }

    /// <summary>How TLS was to start, where the words could be said in one mode only.</summary>
    public ConnectionSecurity? Security { get; init; }
}
