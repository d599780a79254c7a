using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Sendwright.Mime;

/// <summary>Chooses the transfer encoding of a text by what is in it.</summary>
internal static class TextEncodingChoice
{
    /// <summary>Longer lines are the business of quoted-printable, which puts them together again.</summary>
    private const int MaxLine = 76;

    private static readonly SearchValues<char> SevenBitCharacters = SearchValues.Create(
        "\t\r\n !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private static readonly SearchValues<char> NotEscaped = SearchValues.Create(
        "\t\r\n !\"#$%&'()*+,-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>7bit where nothing on the way could change the text, else the shorter of quoted-printable and base64.</summary>
    public static TransferEncoding For(ReadOnlySpan<char> text)
    {
        if (IsPlain(text))
            return TransferEncoding.SevenBit;
        var octets = Encoding.UTF8.GetByteCount(text);
        var literal = 0;
        for (var rest = text; !rest.IsEmpty;)
        {
            var run = rest.IndexOfAnyExcept(NotEscaped);
            if (run < 0)
            {
                literal += rest.Length;
                break;
            }

            literal += run;
            rest = rest[(run + 1)..];
        }

        var quotedPrintable = literal + (HexEscape.Length * (long)(octets - literal));
        return quotedPrintable <= Base64.GetMaxEncodedToUtf8Length(octets) ? TransferEncoding.QuotedPrintable : TransferEncoding.Base64;
    }

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExcept(SevenBitCharacters))
            return false;
        while (!text.IsEmpty)
        {
            var length = text.IndexOfAny('\r', '\n');
            var line = length < 0 ? text : text[..length];
            if (line.Length > MaxLine || (!line.IsEmpty && IsFragile(line)))
                return false;
            text = length < 0 ? [] : text[(length + 1)..];
        }

        return true;
    }

    /// <summary>
    /// Lines that are right by the standard and still come to harm: a dot that a careless relay doubles or drops, "From " that a mailbox file escapes,
    /// blanks at the end that get lost, and what could be one of our boundaries.
    /// </summary>
    private static bool IsFragile(ReadOnlySpan<char> line) =>
        line[0] == '.' || line[^1] is ' ' or '\t' || line.StartsWith("From ", StringComparison.Ordinal) || line.StartsWith("--=_", StringComparison.Ordinal);
}
