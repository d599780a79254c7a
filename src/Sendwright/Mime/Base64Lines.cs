using System.Buffers;
using System.Buffers.Text;

namespace Sendwright.Mime;

/// <summary>Base64 in lines of 76 characters (RFC 2045, 6.8), each ended by CRLF, the last too. No line can be one of our boundaries: they hold <c>_</c>, which is never in it.</summary>
internal static class Base64Lines
{
    /// <summary>The octets that one full line holds.</summary>
    public const int OctetsPerLine = 57;

    /// <summary>A full line with its CRLF: the least that the destination must hold to get on.</summary>
    public const int LineLength = 78;

    /// <summary>The octets that so many octets become.</summary>
    public static long EncodedLength(long octets) => ((octets + 2) / 3 * 4) + ((octets + OctetsPerLine - 1) / OctetsPerLine * 2);

    /// <summary>Encodes as many whole lines as the destination holds. A line that is not full is written only where the source is the last block.</summary>
    public static OperationStatus Encode(ReadOnlySpan<byte> source, Span<byte> destination, out int consumed, out int written, bool isFinalBlock)
    {
        (consumed, written) = (0, 0);
        while (consumed < source.Length)
        {
            var line = source[consumed..];
            if (line.Length >= OctetsPerLine)
                line = line[..OctetsPerLine];
            else if (!isFinalBlock)
                return OperationStatus.NeedMoreData;
            if (destination.Length - written < LineLength)
                return OperationStatus.DestinationTooSmall;
            _ = Base64.EncodeToUtf8(line, destination[written..], out _, out var length);
            written += length;
            destination[written++] = (byte)'\r';
            destination[written++] = (byte)'\n';
            consumed += line.Length;
        }

        return OperationStatus.Done;
    }
}
