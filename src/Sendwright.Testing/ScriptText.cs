using System.Globalization;
using System.Text;

namespace Sendwright.Testing;

/// <summary>The patterns and escapes of a script.</summary>
internal static class ScriptText
{
    /// <summary>Whether the whole line fits the pattern. Greedy with one point of return, so a hostile line cannot make it slow.</summary>
    public static bool Fits(string line, string pattern)
    {
        int at = 0, inPattern = 0, star = -1, back = 0;
        while (at < line.Length)
        {
            if (inPattern < pattern.Length && pattern[inPattern] == '*')
            {
                star = ++inPattern;
                back = at;
                continue;
            }

            var escaped = inPattern + 1 < pattern.Length && pattern[inPattern] == '\\' && pattern[inPattern + 1] == '*';
            if (inPattern < pattern.Length && line[at] == (escaped ? '*' : pattern[inPattern]))
            {
                at++;
                inPattern += escaped ? 2 : 1;
            }
            else if (star >= 0)
            {
                inPattern = star;
                at = ++back;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(inPattern).TrimStart('*').IsEmpty;
    }

    /// <summary>The bytes that the text stands for; false where it has an escape that is none.</summary>
    public static bool TryUnescape(string text, out byte[] bytes)
    {
        var result = new List<byte>();
        var rest = text.AsSpan();
        bytes = [];
        while (!rest.IsEmpty)
        {
            var plain = rest.IndexOf('\\') is >= 0 and var end ? end : rest.Length;
            result.AddRange(Encoding.UTF8.GetBytes(rest[..plain].ToString()));
            rest = rest[plain..];
            if (rest.IsEmpty)
                break;
            var (value, length) = rest.Length > 1 ? ReadEscape(rest[1..]) : default;
            if (length == 0)
                return false;
            result.Add(value);
            rest = rest[(1 + length)..];
        }

        bytes = [.. result];
        return true;
    }

    private static (byte Value, int Length) ReadEscape(ReadOnlySpan<char> text) => text[0] switch
    {
        'r' => ((byte)'\r', 1),
        'n' => ((byte)'\n', 1),
        't' => ((byte)'\t', 1),
        '0' => ((byte)0, 1),
        '\\' => ((byte)'\\', 1),
        'x' when text.Length > 2 && byte.TryParse(text[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) => (value, 3),
        _ => default,
    };

    /// <summary>Bytes for a reader's eye: printable ASCII stays, everything else becomes an escape.</summary>
    public static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var one in bytes)
        {
            _ = one switch
            {
                (byte)'\r' => text.Append("\\r"),
                (byte)'\n' => text.Append("\\n"),
                (byte)'\\' => text.Append("\\\\"),
                >= 0x20 and < 0x7F => text.Append((char)one),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\x{one:X2}"),
            };
        }

        return text.ToString();
    }
}
