using System.Buffers;

namespace Sendwright.Mime.Raw;

/// <summary>Keeps the octets of a message up to its blank line, as they come, up to a limit.</summary>
internal sealed class HeaderGathering
{
    /// <summary>The header is the one thing of a message that is kept in memory. Real ones have a few KB; servers stop at 100 KB (Postfix, header_size_limit) to 1 MB.</summary>
    public const int MaxOctets = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _octets = new(4 * 1024);
    private int _searched;

    /// <summary>Where the body starts: behind the blank line, or at the end where there is none.</summary>
    public long BodyStart { get; private set; }

    /// <summary>Whether the blank line was met.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether it is longer than any header may be.</summary>
    public bool IsTooLong => BodyStart > MaxOctets;

    /// <summary>The fields with their line ends, without the blank line.</summary>
    public ReadOnlyMemory<byte> Octets { get; private set; }

    /// <summary>The header of a message that is in memory already.</summary>
    public static HeaderGathering Of(ReadOnlyMemory<byte> message)
    {
        var gathering = new HeaderGathering();
        gathering.Find(message);
        return gathering;
    }

    public void Take(ReadOnlySpan<byte> piece)
    {
        if (IsComplete || IsTooLong)
            return;
        _octets.Write(piece);
        Find(_octets.WrittenMemory);
    }

    private void Find(ReadOnlyMemory<byte> all)
    {
        // A header without any field: the blank line comes first.
        var found = all.Span.StartsWith("\r\n"u8) ? -2 : all.Span[_searched..].IndexOf("\r\n\r\n"u8);
        IsComplete = found != -1;
        BodyStart = IsComplete ? _searched + found + 4 : all.Length;
        Octets = all[..(IsComplete ? (int)BodyStart - 2 : all.Length)];
        _searched = Math.Max(0, all.Length - 3);
    }
}
