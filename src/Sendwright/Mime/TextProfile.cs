using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Sendwright.Mime;

/// <summary>What a text is made of, as far as its transfer encoding depends on it; counted in one pass.</summary>
/// <param name="Octets">The octets in UTF-8.</param>
/// <param name="Escaped">Those of them that quoted-printable writes as three characters, wherever they stand.</param>
internal readonly record struct TextProfile(int Octets, int Escaped)
{
    /// <summary>Looks at a text.</summary>
    public static TextProfile Of(ReadOnlySpan<char> text)
    {
        var (international, escaped) = Count(text);
        // All octets of what is not ASCII are escaped; its characters are known, its octets are not.
        var octets = international == 0 ? text.Length : Encoding.UTF8.GetByteCount(text);
        return new TextProfile(octets, escaped + octets - (text.Length - international));
    }

    // The UTF-16 units that are not ASCII, and the ASCII characters that quoted-printable escapes: controls but TAB, CR and LF, "=" and DEL.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int International, int Escaped) Count(ReadOnlySpan<char> text)
    {
        var (international, escaped, done) = (0, 0, 0);
        if (Vector128.IsHardwareAccelerated)
        {
            ref var characters = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
            for (; text.Length - done >= Vector128<byte>.Count; done += Vector128<byte>.Count)
            {
                // What is beyond an octet becomes 255.
                var block = Vector128.NarrowWithSaturation(
                    Vector128.LoadUnsafe(ref characters, (nuint)done), Vector128.LoadUnsafe(ref characters, (nuint)done + (nuint)Vector128<ushort>.Count));
                var beyond = block.ExtractMostSignificantBits();
                var control = Vector128.LessThan(block, Vector128.Create((byte)' ')) | Vector128.Equals(block, Vector128.Create((byte)'\x7F'));
                var layout = Vector128.Equals(block, Vector128.Create((byte)'\t')) | Vector128.Equals(block, Vector128.Create((byte)'\r')) | Vector128.Equals(block, Vector128.Create((byte)'\n'));
                var escape = Vector128.AndNot(control, layout) | Vector128.Equals(block, Vector128.Create((byte)'='));
                international += BitOperations.PopCount(beyond);
                escaped += BitOperations.PopCount(escape.ExtractMostSignificantBits());
            }
        }

        foreach (var character in text[done..])
        {
            if (character >= '\x80')
                international++;
            else if (character is '=' or '\x7F' or (< ' ' and not ('\t' or '\r' or '\n')))
                escaped++;
        }

        return (international, escaped);
    }
}
