using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    /// its lines are moved to their places, which then costs less than the encoding.
    /// </summary>
    public const int LinesPerBlock = 64;

    private const int CharactersPerLine = 76;

    /// <summary>The octets that so many octets become.</summary>
    public static long EncodedLength(long octets) => ((octets + 2) / 3 * 4) + ((octets + OctetsPerLine - 1) / OctetsPerLine * 2);

    /// <summary>Encodes as many whole lines as the destination holds. A line that is not full is written only where the source is the last block.</summary>
    public static OperationStatus Encode(ReadOnlySpan<byte> source, Span<byte> destination, out int consumed, out int written, bool isFinalBlock)
    {
        (consumed, written) = (0, 0);
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

            EncodeLines(source.Slice(consumed, lines * OctetsPerLine), destination.Slice(written, lines * LineLength), lines);
            consumed += lines * OctetsPerLine;
            written += lines * LineLength;
        }

        return OperationStatus.Done;
    }

    // The characters go to the end of the space, and from there line by line to its start: the first line moves furthest, the last by its own line end.
    // Compiled at its best at once: the first tier of the compiler is ten times slower here, and a large file can be gone before the second is ready.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EncodeLines(ReadOnlySpan<byte> source, Span<byte> destination, int lines)
    {
        var characters = destination.Slice(lines * (LineLength - CharactersPerLine), lines * CharactersPerLine);
        _ = Base64.EncodeToUtf8(source, characters, out _, out _);
        ref var from = ref MemoryMarshal.GetReference(characters);
        ref var to = ref MemoryMarshal.GetReference(destination[..(lines * LineLength)]);
        for (var line = 0; line < lines; line++)
        {
            // All 76 are read before the first is written, because a line and its place overlap. The last 16 repeat four of those before.
            var first = Vector256.LoadUnsafe(ref from);
            var second = Vector256.LoadUnsafe(ref from, 32);
            var last = Vector128.LoadUnsafe(ref from, CharactersPerLine - 16);
            first.StoreUnsafe(ref to);
            second.StoreUnsafe(ref to, 32);
            last.StoreUnsafe(ref to, CharactersPerLine - 16);
            Unsafe.Add(ref to, CharactersPerLine) = (byte)'\r';
            Unsafe.Add(ref to, CharactersPerLine + 1) = (byte)'\n';
            from = ref Unsafe.Add(ref from, CharactersPerLine);
            to = ref Unsafe.Add(ref to, LineLength);
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
