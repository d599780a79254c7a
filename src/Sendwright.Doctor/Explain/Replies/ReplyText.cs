using System.Globalization;
using Sendwright.Smtp.Wire;

namespace Sendwright.Doctor.Explain.Replies;

/// <summary>Recognises SMTP replies in words of a text (RFC 5321, 4.2).</summary>
internal static class ReplyText
{
    // Bounds of what evidence repeats; RFC 5321, 4.5.3.1.5 allows 512 octets a line.
    private const int MaxLines = 40;
    private const int MaxLineLength = 512;

    // What web servers say behind the same numbers.
    private static readonly string[] HttpPhrases =
        ["internal server error", "bad gateway", "service unavailable", "gateway timeout", "not implemented", "ok", "forbidden", "not found", "bad request", "unauthorized", "too many requests", "http version"];

    /// <summary>Whether a number can be a reply's code (RFC 5321, 4.2.1).</summary>
    public static bool IsCode(int code) => code is >= 200 and <= 599;

    /// <summary>Whether a text begins with a reply code; <paramref name="text"/> is what stands behind it.</summary>
    public static bool TryReadStart(ReadOnlySpan<char> line, out int code, out bool continues, out ReadOnlySpan<char> text)
    {
        code = 0;
        continues = false;
        text = default;
        // RFC 5321, 4.2: the second digit is 0, 2, 3 or 5; 1 and 4 are reserved, and some servers made up 57x.
        if (line.Length < 3 || line[0] is < '2' or > '5' || line[1] is not ((>= '0' and <= '5') or '7') || !char.IsAsciiDigit(line[2]))
            return false;
        if (line.Length > 3 && line[3] is not (' ' or '-'))
            return false;
        code = int.Parse(line[..3], NumberStyles.None, CultureInfo.InvariantCulture);
        continues = line.Length > 3 && line[3] == '-';
        text = line.Length > 4 ? line[4..] : default;
        return true;
    }

    /// <summary>Whether the text behind a code begins with an enhanced code of the same class, as nothing but a mail server writes it.</summary>
    public static bool HasEnhancedCode(int code, ReadOnlySpan<char> text) =>
        EnhancedStatusCode.TryParse(text.TrimStart(), out var enhanced, out _) && enhanced.Class == code / 100;

    /// <summary>Whether the words are those of a web server's status line.</summary>
    public static bool IsHttp(int code, ReadOnlySpan<char> text)
    {
        if (code is not (200 or 400 or 401 or 403 or 404 or 429 or 500 or 501 or 502 or 503 or 504 or 505))
            return false;
        foreach (var phrase in HttpPhrases)
        {
            if (text.Trim().TrimEnd('.').Equals(phrase, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return code is 400 or 401 or 403 or 404 or 429;
    }

    /// <summary>A reply of lines without their codes, as Python's libraries keep one; bounded.</summary>
    public static SmtpReply Make(int code, string text) => Make(code, text.Split('\n'));

    /// <summary>A reply of lines without their codes; bounded.</summary>
    public static SmtpReply Make(int code, IEnumerable<string> lines) =>
        new(code, [.. lines.Take(MaxLines).Select(line => Shorten(WithoutOwnCode(code, line.Trim()))).Where((line, index) => index == 0 || line.Length > 0)]);

    /// <summary>A reply whose lines stand in one another's wake, such as <c>550-5.7.26 Not accepted 550-5.7.26 today 550 5.7.26 (in short)</c>.</summary>
    public static SmtpReply MakeFromRun(int code, string text)
    {
        List<string> lines = [];
        var word = code.ToString(CultureInfo.InvariantCulture);
        var start = 0;
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
        {
            var behind = text.AsSpan(at + word.Length);
            var isBoundary = (at == 0 || text[at - 1] is ' ' or '\n') && behind.Length > 1 && behind[0] is ' ' or '-' && (behind[0] == '-' || HasEnhancedCode(code, behind[1..]));
            if (!isBoundary)
                continue;
            if (at > 0)
                lines.Add(text[start..at]);
            start = at + word.Length + 1;
        }

        lines.Add(text[start..]);
        return Make(code, lines.SelectMany(line => line.Replace("\\r", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Split('\n')));
    }

    // Multi-line replies whose code was cut off the first line only.
    private static string WithoutOwnCode(int code, string line) =>
        TryReadStart(line, out var again, out _, out var text) && again == code ? text.ToString() : line;

    private static string Shorten(string line) => line.Length <= MaxLineLength ? line : string.Concat(line.AsSpan(0, MaxLineLength - 1), "…");
}
