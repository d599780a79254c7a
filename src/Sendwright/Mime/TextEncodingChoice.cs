using System.Buffers.Text;

namespace Sendwright.Mime;

/// <summary>Chooses the transfer encoding of a text by what is in it.</summary>
internal static class TextEncodingChoice
{
    /// <summary>Longer lines are the business of quoted-printable, which puts them together again.</summary>
    private const int MaxLine = 76;

    /// <summary>7bit where nothing on the way could change the text, else the shorter of quoted-printable and base64.</summary>
    public static TransferEncoding For(ReadOnlySpan<char> text)
    {
        var profile = TextProfile.Of(text);
        if (!HasControls(text, profile) && IsPlain(text))
            return TransferEncoding.SevenBit;
        var quotedPrintable = profile.Octets + ((HexEscape.Length - 1L) * profile.Escaped);
        return quotedPrintable <= Base64.GetMaxEncodedToUtf8Length(profile.Octets) ? TransferEncoding.QuotedPrintable : TransferEncoding.Base64;
    }

    // "=" is escaped in quoted-printable and harmless in a plain text.
    private static bool HasControls(ReadOnlySpan<char> text, TextProfile profile) => profile.Escaped > 0 && profile.Escaped > text.Count('=');

    /// <summary>Whether each line of a text without control characters can go as it is.</summary>
    private static bool IsPlain(ReadOnlySpan<char> text)
    {
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
