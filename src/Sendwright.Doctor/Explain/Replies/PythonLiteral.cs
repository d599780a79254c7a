using System.Globalization;
using System.Text;

namespace Sendwright.Doctor.Explain.Replies;

/// <summary>Reads the <c>repr()</c> of a Python string or bytes, as tracebacks and smtplib's debug output print a reply.</summary>
internal static class PythonLiteral
{
    // A reply is at most a few lines of 512 octets (RFC 5321, 4.5.3.1.5); what runs on for longer lost its closing quote.
    private const int MaxLength = 8 * 1024;

    /// <summary>
    /// Reads a literal that begins at an index; a text that was cut off ends it too. <paramref name="end"/> is the index behind it. False where none begins there.
    /// </summary>
    public static bool TryRead(string text, int start, out string value, out int end)
    {
        value = "";
        end = start;
        var i = start;
        if (i < text.Length && text[i] is 'b' or 'u' or 'B' or 'U')
            i++;
        if (i >= text.Length || text[i] is not ('\'' or '"'))
            return false;
        var quote = text[i++];
        var result = new StringBuilder();
        var bytes = new List<byte>();
        var limit = Math.Min(text.Length, i + MaxLength);
        for (; i < limit && text[i] != quote; i++)
        {
            if (text[i] != '\\' || i + 1 >= limit)
            {
                Flush(bytes, result);
                result.Append(text[i]);
                continue;
            }

            var escaped = text[++i];
            if (escaped == 'x' && i + 2 < limit && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                bytes.Add(octet);
                i += 2;
                continue;
            }

            Flush(bytes, result);
            _ = escaped switch
            {
                'n' => result.Append('\n'),
                'r' => result,
                't' => result.Append(' '),
                // Escaped once more by whoever logged the repr: \\n still means a line end.
                '\\' when i + 1 < limit && text[i + 1] is 'n' or 'r' => text[++i] == 'n' ? result.Append('\n') : result,
                '\\' or '\'' or '"' => result.Append(escaped),
                _ => result.Append('\\').Append(escaped),
            };
        }

        Flush(bytes, result);
        var isClosed = i < limit;
        value = result.ToString();
        // Without a closing quote only the first line is sure to belong to it.
        if (!isClosed && value.IndexOf('\n', StringComparison.Ordinal) is > 0 and var line && text.IndexOf('\n', start) is >= 0 and var real && real < i)
            (value, i) = (value[..line], real);
        end = isClosed ? i + 1 : i;
        return true;
    }

    private static void Flush(List<byte> bytes, StringBuilder result)
    {
        if (bytes.Count == 0)
            return;
        foreach (var c in Encoding.UTF8.GetString([.. bytes]))
            result.Append(char.IsControl(c) ? ' ' : c);
        bytes.Clear();
    }
}
