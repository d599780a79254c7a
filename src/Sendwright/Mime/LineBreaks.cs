using System.Text;

namespace Sendwright.Mime;

/// <summary>CR, LF and CRLF each end a line in a text that people or programs made; on the wire only CRLF does (RFC 5321, 2.3.8).</summary>
internal static class LineBreaks
{
    /// <summary>The characters of the line break that a text starts with.</summary>
    public static int LengthAtStart(ReadOnlySpan<char> text) => text is ['\r', '\n', ..] ? 2 : 1;

    /// <summary>The octets of a text in UTF-8 with CRLF for each of its line breaks.</summary>
    public static long CanonicalLength(ReadOnlySpan<char> text)
    {
        long octets = Encoding.UTF8.GetByteCount(text);
        while (true)
        {
            var index = text.IndexOfAny('\r', '\n');
            if (index < 0)
                return octets;
            var length = LengthAtStart(text[index..]);
            octets += 2 - length;
            text = text[(index + length)..];
        }
    }
}
