using System.Globalization;
using Sendwright.Doctor.Explain.Replies;
using Sendwright.Evidence;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>
/// Reads replies as Python prints an exception's arguments: <c>(535, b'5.7.8 ...')</c> from smtplib, <c>(535, '5.7.8 ...')</c> from aiosmtplib, and in the dictionary or list of
/// SMTPRecipientsRefused. The name in front of it is the stage.
/// </summary>
internal sealed class PythonReplyReader : IFactReader
{
    private const int ContextLength = 240;

    public void Read(PastedText text, ReportedFacts facts)
    {
        var traceback = PythonTraceback.Of(text);
        var all = text.Text;
        var line = 0;
        for (var i = 0; i < all.Length && !facts.IsFull; i++)
        {
            while (line + 1 < text.Lines.Count && text.Lines[line + 1].Start <= i)
                line++;
            if (text.Lines[line].IsCode)
            {
                i = text.Lines[line].Start + text.Lines[line].Text.Length;
                continue;
            }

            if (!char.IsAsciiDigit(all[i]) || (i > 0 && (char.IsAsciiLetterOrDigit(all[i - 1]) || all[i - 1] is '.' or '_')) || !TryReadPair(all, i, out var code, out var words, out var end))
                continue;
            Report(text, facts, traceback, i, code, words);
            i = end - 1;
        }
    }

    private static bool TryReadPair(string text, int start, out int code, out string words, out int end)
    {
        (code, words, end) = (0, "", start);
        var i = start;
        while (i < text.Length && i - start < 4 && char.IsAsciiDigit(text[i]))
            i++;
        var digits = text.AsSpan(start, i - start);
        // smtplib and aiosmtplib both give -1 where a reply has no code.
        var isMinusOne = digits is "1" && start > 0 && text[start - 1] == '-';
        if (!isMinusOne && (digits.Length != 3 || digits[0] is < '4' or > '5'))
            return false;
        if (i >= text.Length || text[i] != ',')
            return false;
        i++;
        while (i < text.Length && i - start < 40 && text[i] is ' ' or '\n')
            i++;
        if (!PythonLiteral.TryRead(text, i, out words, out end))
            return false;
        code = isMinusOne ? -1 : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return true;
    }

    private static void Report(PastedText text, ReportedFacts facts, PythonTraceback traceback, int place, int code, string words)
    {
        var before = text.Text.AsSpan(Math.Max(0, place - ContextLength), Math.Min(place, ContextLength));
        var exception = PythonExceptionName.LastIn(before);
        var where = traceback.At(place);
        if (code < 0)
        {
            facts.Add(NoReply(text, place, words, exception, where));
            return;
        }

        // smtplib makes up a 500 of its own for a line that never ends.
        if (code == 500 && words == "Line too long.")
        {
            facts.Add(new FaultReport(place, Precision.Cause, new AttemptFault
            {
                Stage = where.Stage ?? MailStage.Hello,
                Kind = FaultKind.ProtocolViolation,
                Message = text.Excerpt(place),
                ExceptionType = exception,
            })
            { TellsStage = where.Stage is not null });
            return;
        }

        var reply = ReplyText.Make(code, words);
        // {'ann@example.com': (550, b'...')}: the keys of that dictionary are recipients, whoever printed it.
        var isEntry = before.TrimEnd('(').TrimEnd().EndsWith("':") || before.TrimEnd('(').TrimEnd().EndsWith("\":");
        var stage = exception switch
        {
            "SMTPDataError" => where.Stage ?? MailStage.EndOfData,
            "SMTPResponseException" => where.Stage,
            not null when PythonExceptionName.StageOf(exception) is { } named => named,
            _ => isEntry ? MailStage.Recipient : where.Stage ?? ReplyStage.FromContext(before, default),
        };
        var message = exception is null ? $"The server said {reply}" : $"{exception}: {reply}";
        facts.Add(new FaultReport(place, Precision.Cause, new AttemptFault
        {
            Stage = stage ?? ReplyStage.Usual(reply),
            Kind = FaultKind.Refused,
            Message = PastedText.Bounded(message),
            Reply = reply,
            ExceptionType = exception,
        })
        {
            TellsStage = stage is not null,
            Security = where.Security,
        });
    }

    private static FaultReport NoReply(PastedText text, int place, string words, string? exception, PythonWhere where)
    {
        const string Malformed = "Malformed SMTP response line: ";
        const string MalformedOld = "Malformed SMTP response: ";
        var came = words.StartsWith(Malformed, StringComparison.Ordinal) ? words[Malformed.Length..]
            : words.StartsWith(MalformedOld, StringComparison.Ordinal) ? words[MalformedOld.Length..]
            : WithLostStart(words);
        if (PythonLiteral.TryRead(came, 0, out var unquoted, out _))
            came = unquoted;
        var stage = exception is null ? where.Stage : PythonExceptionName.StageOf(exception) ?? where.Stage;
        var isFirst = stage is null or MailStage.Greeting or MailStage.Connect;
        return new FaultReport(place, Precision.Cause, new AttemptFault
        {
            Stage = stage is null or MailStage.Connect ? MailStage.Greeting : stage.Value,
            Kind = isFirst ? FaultKind.NotSmtp : FaultKind.ProtocolViolation,
            Message = text.Excerpt(place),
            UnexpectedText = came.Length == 0 ? null : PastedText.Bounded(came.Replace('\n', ' ')),
            ExceptionType = exception,
        })
        {
            TellsStage = stage is not null,
            Security = where.Security,
        };
    }

    // smtplib cuts four characters off each line, taking them for a code. These rests have one beginning only.
    private static string WithLostStart(string words) => words switch
    {
        ['/', '1' or '2', '.', ..] => "HTTP" + words,
        ['2' or '1', '.', '0' or '9', ..] when words.Contains('-', StringComparison.Ordinal) => "SSH-" + words,
        _ when words.StartsWith("[CAPABILITY", StringComparison.OrdinalIgnoreCase) => "* OK " + words,
        _ when words.StartsWith("OCTYPE", StringComparison.OrdinalIgnoreCase) => "<!D" + words,
        _ => words,
    };
}
