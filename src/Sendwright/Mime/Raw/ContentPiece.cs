namespace Sendwright.Mime.Raw;

/// <summary>What becomes of some octets of a message on their way out.</summary>
internal enum PieceKind
{
    /// <summary>They stay as they are.</summary>
    Copy,

    /// <summary>Others stand in their place.</summary>
    Replace,

    /// <summary>They are written as quoted-printable.</summary>
    QuotedPrintable,

    /// <summary>They are written as base64.</summary>
    Base64,

    /// <summary>Those over 127 become question marks: text that no reader shows (RFC 2046, 5.1.1, of what stands before and behind the parts).</summary>
    Mask,
}

/// <summary>A stretch of a message and what becomes of it. Pieces follow each other in the order of the source; what none covers is left out.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Start">Where it starts in the source.</param>
/// <param name="Length">Its octets in the source; 0 where something is only put in.</param>
/// <param name="Replacement">What <see cref="PieceKind.Replace"/> puts in its place.</param>
internal readonly record struct ContentPiece(PieceKind Kind, long Start, long Length, ReadOnlyMemory<byte> Replacement = default)
{
    public long End => Start + Length;

    /// <summary>The octets it becomes, where they are not encoded.</summary>
    public long PlainLength => Kind == PieceKind.Replace ? Replacement.Length : Length;

    public static ContentPiece Insert(long at, ReadOnlyMemory<byte> octets) => new(PieceKind.Replace, at, 0, octets);
}
