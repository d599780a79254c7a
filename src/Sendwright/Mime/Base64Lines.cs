using System.Buffers;
using System.Buffers.Text;

namespace Sendwright.Mime;

/// <summary>Base64 in lines of 76 characters (RFC 2045, 6.8), each ended by CRLF, the last too. No line can be one of our boundaries: they hold <c>_</c>, which is never in it.</summary>
internal static class Base64Lines
{
    /// <summary>The octets that one full line holds.</summary>
    public const int OctetsPerLine = 57;

    /// <summary>A full line with its CRLF: the least that the destination must hold to get on.</summary>
    public const int LineLength = CharactersPerLine + 2;

    /// <summary>
    /// The lines that are encoded at once. Base64 without line breaks is many times faster than line by line; the block is small enough to be in the first cache when
    /// its lines are spread out, which then costs less than the encoding.
    /// </summary>
    public const int LinesPerBlock = 32;

    private const int CharactersPerLine = 76;

    /// <summary>The octets that so many octets become.</summary>
    public static long EncodedLength(long octets) => ((octets + 2) / 3 * 4) + ((octets + OctetsPerLine - 1) / OctetsPerLine * 2);

    /// <summary>Encodes as many whole lines as the destination holds. A line that is not full is written only where the source is the last block.</summary>
    public static OperationStatus Encode(ReadOnlySpan<byte> source, Span<byte> destination, out int consumed, out int written, bool isFinalBlock)
    {
        (consumed, written) = (0, 0);
        Span<byte> block = stackalloc byte[LinesPerBlock * CharactersPerLine];
        while (source.Length - consumed is var left and > 0)
        {
            var lines = Math.Min(Math.Min((destination.Length - written) / LineLength, LinesPerBlock), left / OctetsPerLine);
            if (lines == 0)
            {
                if (left < OctetsPerLine && !isFinalBlock)
                    return OperationStatus.NeedMoreData;
                if (destination.Length - written < EncodedLength(left))
                    return OperationStatus.DestinationTooSmall;
                written += EncodeLine(source[consumed..], destination[written..]);
                consumed = source.Length;
                continue;
            }

            _ = Base64.EncodeToUtf8(source.Slice(consumed, lines * OctetsPerLine), block, out _, out _);
            Spread(block, destination[written..], lines);
            consumed += lines * OctetsPerLine;
            written += lines * LineLength;
        }

        return OperationStatus.Done;
    }

    private static void Spread(ReadOnlySpan<byte> block, Span<byte> destination, int lines)
    {
        for (var line = 0; line < lines; line++)
        {
            // Both lengths are constants, so this is a handful of vector moves.
            var free = destination.Slice(line * LineLength, LineLength);
            block.Slice(line * CharactersPerLine, CharactersPerLine).CopyTo(free);
            free[CharactersPerLine] = (byte)'\r';
            free[CharactersPerLine + 1] = (byte)'\n';
        }
    }

    private static int EncodeLine(ReadOnlySpan<byte> line, Span<byte> destination)
    {
        _ = Base64.EncodeToUtf8(line, destination, out _, out var written);
        destination[written++] = (byte)'\r';
        destination[written++] = (byte)'\n';
        return written;
    }
}
