using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sendwright.Mime.Reading;

/// <summary>The parameters of a MIME field as they are meant: sections joined and charsets decoded (RFC 2231), and encoded-words, which RFC 2047, 5 forbids there and many write.</summary>
internal static class ParameterReader
{
    /// <summary>Reads them, the first of each name. The form of RFC 2231 counts before the plain one, which is there for old readers.</summary>
    public static Dictionary<string, string> Read(MimeValue value)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var sections = new Dictionary<string, List<Section>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in value.Parameters)
        {
            if (Section.TryRead(name, text) is not var (baseName, section))
                read.TryAdd(name, ParsedHeader.OneLine(EncodedWordReader.Decode(text)));
            else if (sections.TryGetValue(baseName, out var others))
                others.Add(section);
            else
                sections.Add(baseName, [section]);
        }

        foreach (var (name, all) in sections)
            read[name] = ParsedHeader.OneLine(Join(all));
        return read;
    }

    private static string Join(List<Section> sections)
    {
        // They may come in any order (RFC 2231, 3). Sorting is stable, so of two with the same number the first counts.
        var ordered = sections.OrderBy(section => section.Number).ToList();
        var next = ordered[0].Number;
        var octets = new ArrayBufferWriter<byte>();
        string? charset = null;
        foreach (var section in ordered)
        {
            if (section.Number > next)
                break;
            if (section.Number < next)
                continue;
            var text = section.Text.AsSpan();
            if (section.IsExtended && next == ordered[0].Number)
                charset = TakeCharset(ref text);
            if (section.IsExtended)
                WriteUnescaped(octets, text);
            else
                (Charsets.Named(charset ?? "utf-8") ?? Encoding.UTF8).GetBytes(text, octets);
            next++;
        }

        var joined = Charsets.Decode(octets.WrittenSpan, charset);
        return sections.Exists(section => section.IsExtended) ? joined : EncodedWordReader.Decode(joined);
    }

    // charset'language'text
    private static string? TakeCharset(ref ReadOnlySpan<char> text)
    {
        var first = text.IndexOf('\'');
        var second = first < 0 ? -1 : text[(first + 1)..].IndexOf('\'');
        if (second < 0)
            return null;
        var charset = text[..first].ToString();
        text = text[(first + second + 2)..];
        return charset.Length == 0 ? null : charset;
    }

    private static void WriteUnescaped(ArrayBufferWriter<byte> octets, ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (text.Length >= 3 && text[0] == '%' && byte.TryParse(text[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                octets.Write([octet]);
                text = text[3..];
                continue;
            }

            // A percent sign that escapes nothing is one.
            var length = text[1..].IndexOf('%') is >= 0 and var found ? found + 1 : text.Length;
            Encoding.UTF8.GetBytes(text[..length], octets);
            text = text[length..];
        }
    }

    private readonly record struct Section(int Number, bool IsExtended, string Text)
    {
        /// <summary>Reads <c>name*</c>, <c>name*1</c> and <c>name*1*</c>; null for a plain name.</summary>
        public static (string Name, Section Section)? TryRead(string name, string text)
        {
            var star = name.IndexOf('*', StringComparison.Ordinal);
            if (star <= 0)
                return null;
            var isExtended = name[^1] == '*';
            var number = name.AsSpan(star).Trim('*');
            if (number.IsEmpty)
                return (name[..star], new Section(0, isExtended, text));
            return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var counted) ? (name[..star], new Section(counted, isExtended, text)) : null;
        }
    }
}
