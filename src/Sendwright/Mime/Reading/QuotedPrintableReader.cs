using System.Globalization;

namespace Sendwright.Mime.Reading;

/// <summary>Quoted-printable of RFC 2045, 6.7, as generously as its notes for readers say.</summary>
internal static class QuotedPrintableReader
{
    /// <summary>Decodes it. An escape in lower case is one, an equals sign that escapes nothing stays, and blanks at the end of a line were added on the way.</summary>
    public static ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> encoded)
    {
        var decoded = new byte[encoded.Length];
        var written = 0;
        while (!encoded.IsEmpty)
        {
            var feed = encoded.IndexOf((byte)'\n');
            var line = feed < 0 ? encoded : encoded[..(feed + 1)];
            encoded = encoded[line.Length..];
            var lineEnd = line.EndsWith("\r\n"u8) ? line[^2..] : line.EndsWith("\n"u8) ? line[^1..] : [];
            var text = line[..^lineEnd.Length].TrimEnd(" \t"u8);
            if (text.EndsWith("="u8))
            {
                written += DecodeLine(text[..^1], decoded.AsSpan(written));
                continue;
            }

            written += DecodeLine(text, decoded.AsSpan(written));
            lineEnd.CopyTo(decoded.AsSpan(written));
            written += lineEnd.Length;
        }

        return decoded.AsMemory(0, written);
    }

    private static int DecodeLine(ReadOnlySpan<byte> text, Span<byte> decoded)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            if (text.Length >= HexEscape.Length && text[0] == '=' && byte.TryParse(text[1..HexEscape.Length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                decoded[written++] = octet;
                text = text[HexEscape.Length..];
                continue;
            }

            var run = text[1..].IndexOf((byte)'=') is >= 0 and var found ? found + 1 : text.Length;
            text[..run].CopyTo(decoded[written..]);
            written += run;
            text = text[run..];
        }

        return written;
    }
}
