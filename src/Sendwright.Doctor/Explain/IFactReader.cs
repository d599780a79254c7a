namespace Sendwright.Doctor.Explain;

/// <summary>Knows what one library, platform or protocol prints, and takes the facts out of it. Readers do not know one another; none decides what the cause is.</summary>
internal interface IFactReader
{
    void Read(PastedText text, ReportedFacts facts);
}
