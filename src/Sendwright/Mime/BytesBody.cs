using System.Buffers;

namespace Sendwright.Mime;

/// <summary>A file in memory. It is always base64: what was given is what arrives, line ends included.</summary>
internal sealed class BytesBody(ReadOnlyMemory<byte> content) : InMemoryBody
{
    /// <inheritdoc />
    public override TransferEncoding Encoding => TransferEncoding.Base64;

    /// <inheritdoc />
    public override long Size => Base64Lines.EncodedLength(content.Length);

    /// <inheritdoc />
    public override bool ClosesLastLine => content.Length > 0;

    /// <inheritdoc />
    public override bool EndsAtLineStart => true;

    /// <inheritdoc />
    public override bool Encode(ref BodyCursor cursor, Span<byte> destination, out int written)
    {
        var status = Base64Lines.Encode(content.Span[cursor.Position..], destination, out var consumed, out written, isFinalBlock: true);
        cursor.Position += consumed;
        return status == OperationStatus.Done;
    }
}
