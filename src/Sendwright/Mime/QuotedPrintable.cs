using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Sendwright.Mime;

/// <summary>
/// Quoted-printable of a text (RFC 2045, 6.7), in UTF-8. Beyond the standard, whatever a relay might change is encoded too: a dot and "From " at the start of a line.
/// No line can be one of our boundaries: they hold <c>=_</c>, which is never in it.
/// </summary>
internal static class QuotedPrintable
{
    /// <summary>"Encoded lines must not be longer than 76 characters" (5); the last is kept for the <c>=</c> of a soft line break.</summary>
    private const int MaxColumn = 75;

    /// <summary>A soft line break and a character of four octets: there is room for them behind every run of characters that stand for themselves.</summary>
    private const int Reserve = 3 + (4 * HexEscape.Length);

    /// <summary>A vector of characters and the reserve behind it: the least that the destination must hold to get on.</summary>
    public const int LeastDestination = 16 + Reserve;

    private static readonly SearchValues<char> Literal = SearchValues.Create(
        "\t !\"#$%&'()*+,-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Encodes as much as the destination holds. The source is all that is left of the text; half of a surrogate pair in it becomes U+FFFD.</summary>
    /// <param name="source">What is left of the text.</param>
    /// <param name="destination">Where the encoded lines go.</param>
    /// <param name="column">The characters on the line so far: 0 at first, then as left by the last call.</param>
    /// <param name="consumed">The characters taken from the source.</param>
    /// <param name="written">The octets put into the destination.</param>
    // Compiled once, and well: by way of the compiler's first tier a process spends its first hundred thousand messages here.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static OperationStatus Encode(ReadOnlySpan<char> source, Span<byte> destination, ref int column, out int consumed, out int written)
    {
        (consumed, written) = (0, 0);
        while (consumed < source.Length)
        {
            if (destination.Length - written < LeastDestination)
                return OperationStatus.DestinationTooSmall;
            var rest = source[consumed..];
            var free = destination[written..];
            if (column == 0 && MustNotStartLine(rest))
            {
                written += EscapeAscii(rest[0], free, ref column);
                consumed++;
                continue;
            }

            var run = CopyLiterals(rest, free[..^Reserve], MaxColumn - column);
            if (run > 0 && rest[run - 1] is ' ' or '\t' && (run == rest.Length || rest[run] is '\r' or '\n'))
            {
                // (3) a blank must not be the last of a line; before a soft line break it is not the last.
                run--;
                column += run;
                consumed += run;
                written += run;
                written += EscapeAscii(rest[run], free[run..], ref column);
                consumed++;
                continue;
            }

            column += run;
            consumed += run;
            written += run;
            if (run < rest.Length)
            {
                consumed += EncodeNext(rest[run..], free[run..], ref column, out var length);
                written += length;
            }
        }

        return OperationStatus.Done;
    }

    /// <summary>The octets that <see cref="Encode"/> writes for a whole text.</summary>
    public static long EncodedLength(ReadOnlySpan<char> text)
    {
        Span<byte> scratch = stackalloc byte[1024];
        var (column, length) = (0, 0L);
        OperationStatus status;
        do
        {
            status = Encode(text, scratch, ref column, out var consumed, out var written);
            text = text[consumed..];
            length += written;
        }
        while (status != OperationStatus.Done);
        return length;
    }

    /// <summary>What ended a run of characters that stand for themselves: the end of the line here or in the text, or a character that must be encoded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int EncodeNext(ReadOnlySpan<char> rest, Span<byte> destination, ref int column, out int written)
    {
        var character = rest[0];
        if (character is '\r' or '\n')
        {
            destination[1] = (byte)'\n';
            destination[0] = (byte)'\r';
            (column, written) = (0, 2);
            return LineBreaks.LengthAtStart(rest);
        }

        if (Literal.Contains(character))
        {
            // Copying stopped for want of space, here or on the line.
            written = column == MaxColumn ? SoftLineBreak(destination, ref column) : 0;
            return 0;
        }

        if (character < '\x80')
        {
            written = EscapeAscii(character, destination, ref column);
            return 1;
        }

        if (character < '\x800')
        {
            written = EscapeTwoOctets(character, destination, ref column);
            return 1;
        }

        _ = Rune.DecodeFromUtf16(rest, out var rune, out var units);
        written = Escape(rune, destination, ref column);
        return units;
    }

    private static bool MustNotStartLine(ReadOnlySpan<char> rest) => rest[0] == '.' || (rest[0] == 'F' && rest.StartsWith("From ", StringComparison.Ordinal));

    /// <summary>Copies characters that stand for themselves, up to one that does not, and at most so many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CopyLiterals(ReadOnlySpan<char> source, Span<byte> destination, int limit)
    {
        limit = Math.Min(limit, Math.Min(source.Length, destination.Length));
        var copied = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref var characters = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(source));
            ref var octets = ref MemoryMarshal.GetReference(destination);
            while (copied < limit && source.Length - copied >= Vector128<byte>.Count && destination.Length - copied >= Vector128<byte>.Count)
            {
                // What is beyond an octet becomes 255, which is no literal. All 16 are written, and those behind the first that is none are written over.
                var block = Vector128.NarrowWithSaturation(
                    Vector128.LoadUnsafe(ref characters, (nuint)copied), Vector128.LoadUnsafe(ref characters, (nuint)copied + (nuint)Vector128<ushort>.Count));
                block.StoreUnsafe(ref octets, (nuint)copied);
                var run = BitOperations.TrailingZeroCount(NotLiteral(block) | (1u << Vector128<byte>.Count));
                copied += run;
                if (run < Vector128<byte>.Count)
                    return Math.Min(copied, limit);
            }
        }

        for (; copied < limit && Literal.Contains(source[copied]); copied++)
            destination[copied] = (byte)source[copied];
        return Math.Min(copied, limit);
    }

    // A bit for each octet that is not TAB or 0x20 to 0x7E, or is "=".
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NotLiteral(Vector128<byte> block)
    {
        var outside = Vector128.GreaterThan(block - Vector128.Create((byte)' '), Vector128.Create((byte)('~' - ' ')));
        var tab = Vector128.Equals(block, Vector128.Create((byte)'\t'));
        var equals = Vector128.Equals(block, Vector128.Create((byte)'='));
        return (Vector128.AndNot(outside, tab) | equals).ExtractMostSignificantBits();
    }

    private static int EscapeAscii(char character, Span<byte> destination, ref int column)
    {
        var written = column + HexEscape.Length > MaxColumn ? SoftLineBreak(destination, ref column) : 0;
        column += HexEscape.Length;
        return written + HexEscape.Write((byte)character, destination[written..]);
    }

    // By itself because most of what is not ASCII in European texts is one of these.
    private static int EscapeTwoOctets(char character, Span<byte> destination, ref int column)
    {
        const int Length = 2 * HexEscape.Length;
        var written = column + Length > MaxColumn ? SoftLineBreak(destination, ref column) : 0;
        column += Length;
        HexEscape.Write((byte)(0xC0 | (character >> 6)), destination[written..]);
        HexEscape.Write((byte)(0x80 | (character & 0x3F)), destination[(written + HexEscape.Length)..]);
        return written + Length;
    }

    private static int Escape(Rune rune, Span<byte> destination, ref int column)
    {
        Span<byte> octets = stackalloc byte[4];
        octets = octets[..rune.EncodeToUtf8(octets)];
        var written = column + (HexEscape.Length * octets.Length) > MaxColumn ? SoftLineBreak(destination, ref column) : 0;
        foreach (var octet in octets)
            written += HexEscape.Write(octet, destination[written..]);
        column += HexEscape.Length * octets.Length;
        return written;
    }

    private static int SoftLineBreak(Span<byte> destination, ref int column)
    {
        destination[2] = (byte)'\n';
        destination[1] = (byte)'\r';
        destination[0] = (byte)'=';
        column = 0;
        return 3;
    }
}
