using System.Buffers;

namespace Sendwright.Mime.Raw;

/// <summary>Base64 in lines (RFC 2045, 6.8).</summary>
internal sealed class Base64Leaf : LeafEncoder
{
    private const int LinesAtATime = 64;

    private readonly byte[] _held = new byte[Base64Lines.OctetsPerLine];
    private int _heldLength;

    public override void Encode(ReadOnlySpan<byte> octets, IBufferWriter<byte> output)
    {
        if (_heldLength > 0)
        {
            var missing = Math.Min(_held.Length - _heldLength, octets.Length);
            octets[..missing].CopyTo(_held.AsSpan(_heldLength));
            _heldLength += missing;
            octets = octets[missing..];
            if (_heldLength < _held.Length)
                return;
            Write(_held, output, isFinal: false);
            _heldLength = 0;
        }

        octets = octets[Write(octets, output, isFinal: false)..];
        octets.CopyTo(_held);
        _heldLength = octets.Length;
    }

    public override void Complete(IBufferWriter<byte> output) => Write(_held.AsSpan(0, _heldLength), output, isFinal: true);

    private static int Write(ReadOnlySpan<byte> octets, IBufferWriter<byte> output, bool isFinal)
    {
        var taken = 0;
        OperationStatus status;
        do
        {
            status = Base64Lines.Encode(octets[taken..], output.GetSpan(LinesAtATime * Base64Lines.LineLength), out var consumed, out var written, isFinal);
            output.Advance(written);
            taken += consumed;
        }
        while (status == OperationStatus.DestinationTooSmall);
        return taken;
    }
}
