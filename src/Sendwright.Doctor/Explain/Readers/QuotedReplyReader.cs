using Sendwright.Doctor.Explain.Replies;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>
/// Reads replies that stand inside a sentence: "Invalid login: 535-5.7.8 ...", "host ... said: 554 5.7.1 ... (in reply to RCPT TO command)", "got response [530 5.7.0 ...]".
/// </summary>
internal sealed class QuotedReplyReader : IFactReader
{
    private const int ContextLength = 160;
    private const int MaxReply = 2000;
    private const int MaxContinuations = 4;

    // Without an enhanced code behind it a number is a reply only where words in front of it say so.
    private static readonly string[] Announcements =
        ["response", "said", "smtp", "login", "mail", "rejected", "got", "reply", "server", "error", "failed", "failure", "refused", "recipient", "auth", "data", "status", "message"];

    public void Read(PastedText text, ReportedFacts facts)
    {
        for (var i = 0; i < text.Lines.Count && !facts.IsFull; i++)
        {
            if (!text.Lines[i].IsCode && !facts.IsClaimed(text.Lines[i].Start))
                ReadLine(text, facts, i);
        }

        if (!facts.Faults.Any(fault => fault.Precision == Precision.Cause && fault.Fault.Reply is not null))
            ReadEnhancedCodes(text, facts);
    }

    private static void ReadLine(PastedText text, ReportedFacts facts, int index)
    {
        var line = text.Lines[index];
        for (var i = 0; i + 3 < line.Text.Length && !facts.IsFull; i++)
        {
            if (line.Text[i] is not ('4' or '5') || (i > 0 && (char.IsAsciiLetterOrDigit(line.Text[i - 1]) || line.Text[i - 1] is '.' or '-' or '_' or '/')))
                continue;
            var rest = line.Text.AsSpan(i);
            if (!ReplyText.TryReadStart(rest, out var code, out var continues, out var words) || words.Trim().IsEmpty || ReplyText.IsHttp(code, words))
                continue;
            var before = line.Text.AsSpan(Math.Max(0, i - ContextLength), Math.Min(i, ContextLength));
            // A web server's access log: "POST /send HTTP/1.1" 503 Service Unavailable.
            if (before[Math.Max(0, before.Length - 12)..].Contains("HTTP/", StringComparison.Ordinal))
                continue;
            if (!ReplyText.HasEnhancedCode(code, words) && !IsAnnounced(before, words))
                continue;
            var (said, after, length) = Extent(text, index, i, code, continues);
            var reply = ReplyText.MakeFromRun(code, said);
            var stage = ReplyStage.FromContext(before, after);
            facts.Add(new FaultReport(line.Start + i, Precision.Cause, new AttemptFault
            {
                Stage = stage ?? ReplyStage.Usual(reply),
                Kind = FaultKind.Refused,
                Message = PastedText.Bounded($"The server said {reply}"),
                Reply = reply,
            })
            { TellsStage = stage is not null });
            i += Math.Max(3, length);
        }
    }

    private static bool IsAnnounced(ReadOnlySpan<char> before, ReadOnlySpan<char> words)
    {
        var trimmed = before.TrimEnd();
        if (trimmed.IsEmpty || trimmed[^1] is not (':' or '[' or '"' or '\'' or '(' or '=' or '>' or '`' or '|') || !(char.IsAsciiLetter(words.Trim()[0]) || words.Trim()[0] is '<' or '[' or '#'))
            return false;
        foreach (var announcement in Announcements)
        {
            if (before.Contains(announcement, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // What of the text the reply is: to the quote or bracket that closes what opened in front of it, or to the end of the line and of those that continue it.
    private static (string Said, string After, int Length) Extent(PastedText text, int index, int start, int code, bool continues)
    {
        var line = text.Lines[index].Text;
        var opener = start > 0 ? line[start - 1] : ' ';
        var end = opener switch
        {
            '"' or '\'' or '`' => line.IndexOf(opener, start),
            '[' => Closing(line, start, '[', ']'),
            '(' => Closing(line, start, '(', ')'),
            _ => -1,
        };
        if (end >= 0)
            return (Bounded(line, start, end), line[end..Math.Min(line.Length, end + ContextLength)], end - start);
        var said = Bounded(line, start, line.Length);
        for (var next = index + 1; next < text.Lines.Count && next - index <= MaxContinuations && said.Length < MaxReply; next++)
        {
            var more = text.Lines[next].Text;
            var isNextLine = continues && ReplyText.TryReadStart(more.TrimStart(), out var again, out continues, out _) && again == code;
            // A bounce folds its lines; a stack trace indents its frames.
            var isFolded = more.StartsWith("    ", StringComparison.Ordinal) && !more.TrimStart().StartsWith("at ", StringComparison.Ordinal) && !more.TrimStart().StartsWith("File ", StringComparison.Ordinal);
            if (!isNextLine && !isFolded)
                break;
            said += (isNextLine ? "\n" : " ") + Bounded(more.TrimStart(), 0, more.TrimStart().Length);
        }

        var tail = said.LastIndexOf("(in reply to", StringComparison.OrdinalIgnoreCase);
        var advice = said.IndexOf(", check your credentials or email service configuration", StringComparison.OrdinalIgnoreCase);
        var cut = tail >= 0 ? tail : advice >= 0 ? advice : said.Length;
        return (said[..cut].TrimEnd(), said[cut..], line.Length - start);
    }

    private static int Closing(string line, int start, char open, char close)
    {
        var depth = 1;
        for (var i = start; i < line.Length; i++)
        {
            depth += line[i] == open ? 1 : line[i] == close ? -1 : 0;
            if (depth == 0)
                return i;
        }

        return -1;
    }

    private static string Bounded(string text, int from, int to) => text[from..Math.Min(to, from + MaxReply)];

    // "5.7.57 Client not authenticated ...": some libraries drop the code and keep the rest.
    private static void ReadEnhancedCodes(PastedText text, ReportedFacts facts)
    {
        foreach (var line in text.Lines)
        {
            if (line.IsCode || facts.IsClaimed(line.Start))
                continue;
            for (var i = 0; i + 5 < line.Text.Length; i++)
            {
                if (line.Text[i] is not ('4' or '5') || !MayBegin(line.Text, i) || !EnhancedStatusCode.TryParse(line.Text.AsSpan(i), out var code, out var length))
                    continue;
                var words = line.Text.AsSpan(i + length).TrimStart(" :,;");
                if (code.Subject > 7 || words.IsEmpty || !char.IsAsciiLetter(words[0]) && words[0] is not ('<' or '['))
                    continue;
                var reply = ReplyText.Make(CodeOf(code, words), line.Text[i..Math.Min(line.Text.Length, i + MaxReply)]);
                var stage = ReplyStage.FromContext(line.Text.AsSpan(0, i), default);
                facts.Add(new FaultReport(line.Start + i, Precision.Cause, new AttemptFault
                {
                    Stage = stage ?? ReplyStage.Usual(reply),
                    Kind = FaultKind.Refused,
                    Message = PastedText.Bounded($"The server said {reply.Text} (the text does not show the reply's code)"),
                    Reply = reply,
                })
                { TellsStage = stage is not null });
                break;
            }
        }
    }

    private static bool MayBegin(string line, int at)
    {
        var before = line.AsSpan(0, at).TrimEnd();
        return before.IsEmpty || (line[at - 1] is ' ' or '\'' or '"' or '(' or '[' or '=' && before[^1] is ':' or '"' or '\'' or '(' or '[' or '=' or '.' or '-');
    }

    // The basic codes that IANA's registry of enhanced codes gives for each, where a login is meant; else the usual one of the class (RFC 5321, 4.2.2).
    private static int CodeOf(EnhancedStatusCode code, ReadOnlySpan<char> words) => (code.Class, code.Subject, code.Detail) switch
    {
        (5, 7, 9) => 534,
        (5, 7, 8) => 535,
        (5, 7, _) when words.Contains("authentication unsuccessful", StringComparison.OrdinalIgnoreCase) || words.Contains("authentication failed", StringComparison.OrdinalIgnoreCase) => 535,
        (5, 2 or 3, 2 or 3 or 4) => 552,
        (5, _, _) => 550,
        (_, 7, 0 or 8) when words.Contains("auth", StringComparison.OrdinalIgnoreCase) => 454,
        _ => 450,
    };
}
