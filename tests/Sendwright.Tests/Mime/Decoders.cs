using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sendwright.Tests.Mime;

/// <summary>Naive readers of what the composer writes, by the letter of the RFCs. The readers of the world are asked in the integration tests.</summary>
internal static partial class Decoders
{
    /// <summary>RFC 2045, 6.7.</summary>
    public static byte[] QuotedPrintable(string encoded)
    {
        var octets = new List<byte>();
        for (var index = 0; index < encoded.Length; index++)
        {
            if (encoded[index] != '=')
            {
                octets.Add((byte)encoded[index]);
                continue;
            }

            if (encoded.AsSpan(index + 1, 2) is not "\r\n")
                octets.Add(byte.Parse(encoded.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            index += 2;
        }

        return [.. octets];
    }

    /// <summary>RFC 5322, 2.2.3 and RFC 2047, 6: unfolds, drops blanks between neighbouring encoded-words, decodes each by itself.</summary>
    public static string Unstructured(string field)
    {
        var value = field[(field.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace("\r\n", "", StringComparison.Ordinal);
        value = value.StartsWith(' ') ? value[1..] : value;
        value = BetweenEncodedWords().Replace(value, "$1");
        return EncodedWord().Replace(value, match => Decode(match.Groups["encoding"].Value, match.Groups["text"].Value));
    }

    /// <summary>The encoded-words of a field.</summary>
    public static IEnumerable<string> EncodedWords(string field) => EncodedWord().Matches(field).Select(match => match.Value);

    private static string Decode(string encoding, string text)
    {
        var octets = encoding == "B" ? Convert.FromBase64String(text) : QuotedPrintable(text.Replace('_', ' '));
        // Throws where a character is divided between two encoded-words.
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(octets);
    }

    [GeneratedRegex(@"=\?utf-8\?(?<encoding>[QB])\?(?<text>[^? ]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"(=\?utf-8\?[QB]\?[^? ]*\?=) +(?==\?utf-8\?[QB]\?)")]
    private static partial Regex BetweenEncodedWords();
}
