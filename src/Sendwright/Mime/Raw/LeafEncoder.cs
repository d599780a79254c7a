using System.Buffers;

namespace Sendwright.Mime.Raw;

/// <summary>Encodes the octets of one part as they come.</summary>
internal abstract class LeafEncoder
{
    public static LeafEncoder For(PieceKind kind) => kind switch
    {
        PieceKind.QuotedPrintable => new QuotedPrintableLeaf(),
        PieceKind.Base64 => new Base64Leaf(),
        PieceKind.Mask => new MaskedLeaf(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "These octets are not encoded."),
    };

    /// <summary>Takes the next octets.</summary>
    public abstract void Encode(ReadOnlySpan<byte> octets, IBufferWriter<byte> output);

    /// <summary>Writes what was held back.</summary>
    public virtual void Complete(IBufferWriter<byte> output)
    {
    }
}
