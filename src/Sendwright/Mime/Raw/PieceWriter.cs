using System.Buffers;

namespace Sendwright.Mime.Raw;

/// <summary>Turns the octets of a source, as they come, into those of its pieces.</summary>
internal sealed class PieceWriter(IReadOnlyList<ContentPiece> pieces)
{
    private int _next;
    private long _offset;
    private LeafEncoder? _encoder;

    /// <summary>Takes the next octets of the source.</summary>
    public void Write(ReadOnlySpan<byte> octets, IBufferWriter<byte> output)
    {
        var end = _offset + octets.Length;
        while (_next < pieces.Count && pieces[_next].Start < end)
        {
            var piece = pieces[_next];
            if (piece.Kind == PieceKind.Replace)
            {
                output.Write(piece.Replacement.Span);
                _next++;
                continue;
            }

            var from = Math.Max(piece.Start, _offset);
            var to = Math.Min(piece.End, end);
            WritePart(piece, octets[(int)(from - _offset)..(int)(to - _offset)], output);
            if (to < piece.End)
                break;
            EndPart(output);
            _next++;
        }

        _offset = end;
    }

    /// <summary>Says that the source has ended: what is to be put in there follows.</summary>
    public void Complete(IBufferWriter<byte> output)
    {
        for (; _next < pieces.Count; _next++)
            output.Write(pieces[_next].Replacement.Span);
    }

    private void WritePart(ContentPiece piece, ReadOnlySpan<byte> octets, IBufferWriter<byte> output)
    {
        if (piece.Kind == PieceKind.Copy)
        {
            output.Write(octets);
            return;
        }

        _encoder ??= LeafEncoder.For(piece.Kind);
        _encoder.Encode(octets, output);
    }

    private void EndPart(IBufferWriter<byte> output)
    {
        _encoder?.Complete(output);
        _encoder = null;
    }
}
