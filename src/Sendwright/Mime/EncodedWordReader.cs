using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sendwright.Mime;

/// <summary>
/// Reads encoded-words (RFC 2047) of any length, in UTF-8 and in every charset the runtime knows. What cannot be decoded stays as it is. The text that comes out may hold
/// any character, line ends included: whoever puts it into a header again has it checked like any other text.
/// </summary>
internal static class EncodedWordReader
{
    private const string Opening = "=?";

    /// <summary><c>token</c> of RFC 2047, 2, and with it the asterisk before a language (RFC 2231, 5).</summary>
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-^_`{|}~");

    /// <summary>RFC 2047, 2: "any printable ASCII character other than "?" or SPACE". Phrases allow less (5 (3)), but what is in the wild does not keep to that.</summary>
    private static readonly SearchValues<char> EncodedText =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"#$%&'()*+,-./:;<=>@[\\]^_`{|}~");

    private static readonly SearchValues<char> LinearWhiteSpace = SearchValues.Create(" \t\r\n");

    /// <summary>Unstructured text with its encoded-words decoded; the blanks between two that are neighbours are not part of it (RFC 2047, 6.2).</summary>
    public static string Decode(ReadOnlySpan<char> text)
    {
        if (!text.Contains(Opening, StringComparison.Ordinal))
            return text.ToString();
        var decoded = new DecodedText(text.Length);
        var done = 0;
        var searched = 0;
        while (text[searched..].IndexOf(Opening) is var found and >= 0)
        {
            var start = searched + found;
            searched = start + Opening.Length;
            if (start > 0 && !LinearWhiteSpace.Contains(text[start - 1]))
                continue;
            var length = LengthAt(text[start..]);
            var end = start + length;
            if (length == 0 || (end < text.Length && !LinearWhiteSpace.Contains(text[end])) || !TryRead(text[start..end], out var charset, out var octets))
                continue;
            var between = text[done..start];
            if (done == 0 || between.ContainsAnyExcept(LinearWhiteSpace))
                decoded.Append(between);
            decoded.Append(octets, charset);
            done = searched = end;
        }

        decoded.Append(text[done..]);
        return decoded.ToString();
    }

    /// <summary>How long the encoded-word is that a text starts with; 0 where it starts with none.</summary>
    public static int LengthAt(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Opening, StringComparison.Ordinal))
            return 0;
        var charset = text[Opening.Length..].IndexOfAnyExcept(TokenCharacters);
        var encoding = Opening.Length + charset; // where "?Q?" starts
        if (charset < 1 || text.Length < encoding + 3 || text[encoding] != '?' || text[encoding + 1] is not ('Q' or 'q' or 'B' or 'b') || text[encoding + 2] != '?')
            return 0;
        var start = encoding + 3;
        var length = text[start..].IndexOfAnyExcept(EncodedText);
        var end = length < 0 ? text.Length : start + length;
        return text[end..].StartsWith("?=", StringComparison.Ordinal) ? end + 2 : 0;
    }

    /// <summary>Whether an encoded-word stands anywhere in a text, blanks around it or not.</summary>
    public static bool IsIn(ReadOnlySpan<char> text)
    {
        while (text.IndexOf(Opening) is var found and >= 0)
        {
            text = text[found..];
            if (LengthAt(text) > 0)
                return true;
            text = text[Opening.Length..];
        }

        return false;
    }

    private static bool TryRead(ReadOnlySpan<char> word, out Encoding charset, out byte[] octets)
    {
        octets = [];
        var inside = word[Opening.Length..^2];
        var mark = inside.IndexOf('?');
        charset = CharsetOf(inside[..mark])!;
        if (charset is null)
            return false;
        var text = inside[(mark + 3)..];
        return inside[mark + 1] is 'B' or 'b' ? TryReadB(text, out octets) : ReadQ(text, out octets);
    }

    private static Encoding? CharsetOf(ReadOnlySpan<char> name)
    {
        var language = name.IndexOf('*');
        return Charsets.Named((language < 0 ? name : name[..language]).ToString());
    }

    private static bool TryReadB(ReadOnlySpan<char> text, out byte[] octets)
    {
        // Some writers leave the padding out.
        var unpadded = text.TrimEnd('=');
        var padded = string.Concat(unpadded, "===".AsSpan(0, (4 - (unpadded.Length % 4)) % 4));
        octets = new byte[padded.Length / 4 * 3];
        if (!Convert.TryFromBase64String(padded, octets, out var count))
            return false;
        Array.Resize(ref octets, count);
        return true;
    }

    private static bool ReadQ(ReadOnlySpan<char> text, out byte[] octets)
    {
        octets = new byte[text.Length];
        var count = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var isEscape = text[index] == '=' && index + 2 < text.Length && char.IsAsciiHexDigit(text[index + 1]) && char.IsAsciiHexDigit(text[index + 2]);
            octets[count++] = isEscape
                ? byte.Parse(text.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : (byte)(text[index] == '_' ? ' ' : text[index]);
            index += isEscape ? 2 : 0;
        }

        Array.Resize(ref octets, count);
        return true;
    }

    /// <summary>Collects text, and octets until their charset ends: some writers divide a character between two words, against RFC 2047, 5.</summary>
    private sealed class DecodedText(int capacity)
    {
        private readonly StringBuilder _text = new(capacity);
        private readonly ArrayBufferWriter<byte> _octets = new();
        private Encoding? _charset;

        public void Append(ReadOnlySpan<char> text)
        {
            if (text.IsEmpty)
                return;
            Flush();
            _text.Append(text);
        }

        public void Append(ReadOnlySpan<byte> octets, Encoding charset)
        {
            if (_charset != charset)
                Flush();
            _charset = charset;
            _octets.Write(octets);
        }

        public override string ToString()
        {
            Flush();
            return _text.ToString();
        }

        private void Flush()
        {
            if (_octets.WrittenCount > 0)
                _text.Append(_charset!.GetString(_octets.WrittenSpan));
            _octets.ResetWrittenCount();
            _charset = null;
        }
    }
}
