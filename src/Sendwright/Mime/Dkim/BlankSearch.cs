using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sendwright.Mime.Dkim;

/// <summary>
/// Finds the blanks that the relaxed form of a body changes. Nearly every line has single spaces only, between words, so a search for any blank would stop at every
/// word; this one stops where something is to be done.
/// </summary>
internal static class BlankSearch
{
    /// <summary>The first tab, or space before another blank, before a line end, or at the very end, where what follows is not known; -1 where there is none.</summary>
    public static int IndexOfChange(ReadOnlySpan<byte> octets)
    {
        var index = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref var start = ref MemoryMarshal.GetReference(octets);
            // Each octet is looked at together with the next one.
            for (; index <= octets.Length - Vector256<byte>.Count - 1; index += Vector256<byte>.Count)
            {
                var here = Vector256.LoadUnsafe(ref start, (nuint)index);
                var next = Vector256.LoadUnsafe(ref start, (nuint)index + 1);
                var space = Vector256.Create((byte)' ');
                var change = Vector256.Equals(here, Vector256.Create((byte)'\t'))
                    | (Vector256.Equals(here, space) & (Vector256.Equals(next, space) | Vector256.Equals(next, Vector256.Create((byte)'\r')) | Vector256.Equals(next, Vector256.Create((byte)'\t'))));
                if (change != Vector256<byte>.Zero)
                    return index + BitOperations.TrailingZeroCount(change.ExtractMostSignificantBits());
            }
        }

        for (; index < octets.Length; index++)
        {
            if (octets[index] == '\t' || (octets[index] == ' ' && (index + 1 == octets.Length || octets[index + 1] is (byte)' ' or (byte)'\t' or (byte)'\r')))
                return index;
        }

        return -1;
    }
}
