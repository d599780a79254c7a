using Sendwright.Doctor.Explain.Replies;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>A line of a transcript: who said it and what, its marker and log prefix left out.</summary>
/// <param name="Place">Where its words begin in the text.</param>
/// <param name="FromServer">Whether the server said it.</param>
/// <param name="Words">What was said.</param>
/// <param name="IsMarked">Whether a marker tells who; without one the words themselves do.</param>
internal readonly record struct TranscriptLine(int Place, bool FromServer, string Words, bool IsMarked)
{
    // A log prefix in front of a marker is a time, a level, a session id: never long.
    private const int MaxPrefix = 160;

    // Longer ones first: "SERVER -> CLIENT:" holds "->", and means the other side.
    private static readonly (string Marker, bool FromServer)[] Markers =
    [
        ("SERVER -> CLIENT:", true), ("CLIENT -> SERVER:", false), ("SMTP -> FROM SERVER:", true), ("FROM SERVER:", true), ("reply:", true), ("send:", false),
        ("Received:", true), ("Sent:", false), ("Got:", true), ("recv:", true), ("SMTP<<", true), ("SMTP>>", false), ("<<<", true), (">>>", false), ("<<", true), (">>", false),
        ("<-", true), ("->", false), ("<~", true), ("~>", false), ("<=", true), ("=>", false), ("S:", true), ("C:", false),
    ];

    // These mean something else anywhere but in front of a line.
    private static readonly (string Marker, bool FromServer)[] LeadingMarkers = [("S ", true), ("C ", false), ("< ", true), ("> ", false)];

    private static readonly string[] Verbs =
        ["EHLO", "HELO", "LHLO", "STARTTLS", "AUTH", "MAIL FROM", "RCPT TO", "DATA", "BDAT", "RSET", "NOOP", "QUIT", "VRFY", "XCLIENT"];

    /// <summary>The transcript lines in one line of text: usually none or one; several where a log has put a whole session on one.</summary>
    public static IEnumerable<TranscriptLine> In(TextLine line)
    {
        var start = 0;
        // "<< 250 ok >> RSET << 250 ok", as Symfony's debug log joins them.
        if (line.Text.Contains(" << ", StringComparison.Ordinal) && line.Text.Contains(">> ", StringComparison.Ordinal))
        {
            for (var i = 1; i + 3 < line.Text.Length; i++)
            {
                if (line.Text[i] == line.Text[i + 1] && line.Text[i] is '<' or '>' && line.Text[i - 1] == ' ' && line.Text[i + 2] == ' ')
                {
                    if (TryRead(line.Start + start, line.Text[start..i], out var piece))
                        yield return piece;
                    start = i;
                }
            }
        }

        if (TryRead(line.Start + start, line.Text[start..], out var last))
            yield return last;
    }

    /// <summary>Whether words are a command of a client.</summary>
    public static bool IsCommand(string words) => Array.Exists(Verbs, verb =>
        words.StartsWith(verb, StringComparison.OrdinalIgnoreCase) && (words.Length == verb.Length || words[verb.Length] is ' ' or ':'));

    private static bool TryRead(int start, string text, out TranscriptLine line)
    {
        line = default;
        var words = text.TrimStart(' ', '|');
        if (words.Length == 0)
            return false;
        foreach (var (marker, fromServer) in LeadingMarkers)
        {
            if (words.StartsWith(marker, StringComparison.Ordinal) && Fits(start, text, text.Length - words.Length + marker.Length, fromServer, out line))
                return true;
        }

        var prefix = Math.Min(text.Length, MaxPrefix);
        foreach (var (marker, fromServer) in Markers)
        {
            var at = text.AsSpan(0, prefix).IndexOf(marker, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && Fits(start, text, at + marker.Length, fromServer, out line))
                return true;
        }

        // No marker: what only one side can say.
        words = words.TrimEnd();
        var place = start + text.Length - text.TrimStart(' ', '|').Length;
        var isReply = ReplyText.TryReadStart(words, out var code, out _, out var said) && !ReplyText.IsHttp(code, said);
        if (!isReply && (!IsCommand(words) || !words.StartsWith(words[..4].ToUpperInvariant(), StringComparison.Ordinal)))
            return false;
        line = new TranscriptLine(place, isReply, words, IsMarked: false);
        return true;
    }

    private static bool Fits(int start, string text, int from, bool fromServer, out TranscriptLine line)
    {
        line = default;
        while (from < text.Length && text[from] == ' ')
            from++;
        var words = PythonLiteral.TryRead(text, from, out var literal, out _) ? literal.TrimEnd('\n') : Unescaped(text[from..]);
        var fits = fromServer ? ReplyText.TryReadStart(words, out _, out _, out _) : words.Length > 0;
        if (fits)
            line = new TranscriptLine(start + from, fromServer, words, IsMarked: true);
        return fits;
    }

    private static string Unescaped(string words)
    {
        words = words.TrimEnd();
        while (words.EndsWith("\\n", StringComparison.Ordinal) || words.EndsWith("\\r", StringComparison.Ordinal))
            words = words[..^2];
        return words;
    }
}
