namespace Sendwright.Testing;

/// <summary>In what pieces a scripted server's bytes leave it: a client must not care.</summary>
public enum ByteDelivery
{
    /// <summary>All <c>S:</c> lines that follow each other in one write.</summary>
    Whole,

    /// <summary>One write a line.</summary>
    ByLine,

    /// <summary>One write a byte.</summary>
    ByByte,
}
