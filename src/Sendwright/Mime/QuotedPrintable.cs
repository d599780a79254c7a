using System.Buffers;
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

    /// <summary>A soft line break and a character of four octets: the least that the destination must hold to get on.</summary>
    public const int LeastDestination = 3 + (4 * HexEscape.Length);

    private static readonly SearchValues<char> Literal = SearchValues.Create(
        "\t !\"#$%&'()*+,-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Encodes as much as the destination holds. The source is all that is left of the text; half of a surrogate pair in it becomes U+FFFD.</summary>
    /// <param name="source">What is left of the text.</param>
    /// <param name="destination">Where the encoded lines go.</param>
    /// <param name="column">The characters on the line so far: 0 at first, then as left by the last call.</param>
    /// <param name="consumed">The characters taken from the source.</param>
    /// <param name="written">The octets put into the destination.</param>
    public static OperationStatus Encode(ReadOnlySpan<char> source, Span<byte> destination, ref int column, out int consumed, out int written)
    {
        (consumed, written) = (0, 0);
        while (consumed < source.Length)
        {
            if (destination.Length - written < LeastDestination)
                return OperationStatus.DestinationTooSmall;
            var rest = source[consumed..];
            var free = destination[written..];
            if (rest[0] is '\r' or '\n')
            {
                "\r\n"u8.CopyTo(free);
                written += 2;
                column = 0;
                consumed += LineBreaks.LengthAtStart(rest);
                continue;
            }

            var run = LiteralRun(rest, column);
            if (run == 0)
            {
                _ = Rune.DecodeFromUtf16(rest, out var rune, out var units);
                written += Escape(rune, free, ref column);
                consumed += units;
            }
            else if (column == MaxColumn)
            {
                written += SoftLineBreak(free, ref column);
            }
            else
            {
                run = Math.Min(run, Math.Min(MaxColumn - column, free.Length));
                _ = Ascii.FromUtf16(rest[..run], free, out _);
                column += run;
                consumed += run;
                written += run;
            }
        }

        return OperationStatus.Done;
    }

    /// <summary>The characters, up to the end of a full line, that stand for themselves.</summary>
    private static int LiteralRun(ReadOnlySpan<char> rest, int column)
    {
        if (column == 0 && (rest[0] == '.' || rest.StartsWith("From ", StringComparison.Ordinal)))
            return 0;
        // No further than a line, or a text without line breaks would be searched to its end for each of its lines.
        var line = rest[..Math.Min(rest.Length, MaxColumn)];
        var run = line.IndexOfAnyExcept(Literal);
        if (run < 0)
            run = line.Length;
        // (3) a blank must not be the last of a line; before a soft line break it is not the last.
        var endsLine = run == rest.Length || rest[run] is '\r' or '\n';
        return run > 0 && endsLine && rest[run - 1] is ' ' or '\t' ? run - 1 : run;
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
        "=\r\n"u8.CopyTo(destination);
        column = 0;
        return 3;
    }
}
