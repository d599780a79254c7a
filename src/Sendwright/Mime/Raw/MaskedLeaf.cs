using System.Buffers;

namespace Sendwright.Mime.Raw;

/// <summary>A question mark for each octet over 127.</summary>
internal sealed class MaskedLeaf : LeafEncoder
{
    public override void Encode(ReadOnlySpan<byte> octets, IBufferWriter<byte> output)
    {
        var free = output.GetSpan(octets.Length)[..octets.Length];
        octets.CopyTo(free);
        for (int hit; (hit = free.IndexOfAnyInRange((byte)128, (byte)255)) >= 0; free = free[(hit + 1)..])
            free[hit] = (byte)'?';
        output.Advance(octets.Length);
    }
}
