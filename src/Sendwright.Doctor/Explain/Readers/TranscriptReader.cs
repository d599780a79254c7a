using System.Globalization;
using Sendwright.Doctor.Explain.Replies;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>
/// Reads a session as a log or debug output shows it (smtplib's <c>send:</c> and <c>reply:</c>, <c>C:</c> and <c>S:</c>, <c>&gt;&gt;</c> and <c>&lt;&lt;</c>, telnet's bare
/// lines), and replies that stand alone on a line.
/// </summary>
internal sealed class TranscriptReader : IFactReader
{
    // A bare reply that belongs to a session stands within a few lines of its neighbour.
    private const int Near = 3;

    private const int MaxExchanges = 60;

    // A log longer than this repeats itself.
    private const int MaxAnswers = 1000;

    public void Read(PastedText text, ReportedFacts facts)
    {
        var walk = new SessionWalk(text, facts);
        var lastLine = -Near - 1;
        TranscriptLine[][] lines = [.. text.Lines.Select(line => line.IsCode ? [] : TranscriptLine.In(line).ToArray())];
        for (var i = 0; i < text.Lines.Count && !walk.IsFull; i++)
        {
            if (TryReadSummary(text.Lines[i], out var code, out var summary))
            {
                // Behind the lines it sums up it says nothing new.
                facts.Claim(text.Lines[i].Start);
                if (i - lastLine > Near)
                    walk.Summary(text.Lines[i].Start, code, summary);
                lastLine = i;
                continue;
            }

            foreach (var said in lines[i])
            {
                if (!said.IsMarked && i - lastLine > Near && !IsSureAlone(said, lines, i))
                    continue;
                lastLine = i;
                facts.Claim(text.Lines[i].Start);
                if (said.FromServer)
                    walk.Reply(said, NextSameCode(lines, i, said));
                else
                    walk.Command(said);
            }
        }

        walk.End();
    }

    // A line with nothing around it is a reply only where it could hardly be anything else: an enhanced code, a continued reply, or a refusal in words.
    private static bool IsSureAlone(TranscriptLine said, TranscriptLine[][] lines, int index)
    {
        if (!said.FromServer)
            return index + 1 < lines.Length && Array.Exists(lines[index + 1], next => next.FromServer);
        ReplyText.TryReadStart(said.Words, out var code, out var continues, out var text);
        if (ReplyText.HasEnhancedCode(code, text))
            return true;
        if (continues)
            return NextSameCode(lines, index, said);
        var trimmed = text.Trim();
        return code >= 400 ? trimmed.Length > 3 && char.IsAsciiLetter(trimmed[0]) || trimmed is ['#' or '<' or '[', ..] : code == 220 && trimmed.Contains("SMTP", StringComparison.OrdinalIgnoreCase);
    }

    // smtplib sums each reply up: reply: retcode (535); Msg: b'5.7.8 ...'
    private static bool TryReadSummary(TextLine line, out int code, out string words)
    {
        const string Retcode = "reply: retcode (";
        (code, words) = (0, "");
        var at = line.Text.IndexOf(Retcode, StringComparison.Ordinal);
        var message = line.Text.IndexOf("); Msg: ", StringComparison.Ordinal);
        return at >= 0 && message > at && int.TryParse(line.Text.AsSpan(at + Retcode.Length, message - at - Retcode.Length), NumberStyles.None, CultureInfo.InvariantCulture, out code)
            && PythonLiteral.TryRead(line.Text, message + "); Msg: ".Length, out words, out _);
    }

    private static bool NextSameCode(TranscriptLine[][] lines, int index, TranscriptLine said)
    {
        for (var i = index + 1; i < Math.Min(lines.Length, index + 1 + Near); i++)
        {
            if (lines[i] is [{ FromServer: true } next, ..])
                return next.Words.AsSpan(0, 3).SequenceEqual(said.Words.AsSpan(0, 3));
        }

        return false;
    }

    /// <summary>Walks the session as it is read: which command each reply answers, and what came of it.</summary>
    private sealed class SessionWalk(PastedText text, ReportedFacts facts)
    {
        private readonly Queue<(MailStage? Stage, string Command)> _pending = new();
        private readonly List<(MailStage Stage, string? Command, SmtpReply Reply, int Place)> _answers = [];
        private readonly List<string> _lines = [];
        private string? _login;
        private int _code;
        private int _place;
        private bool _inContent;
        private bool _loginGoesOn;
        private bool _inTls;
        private bool _sawClient;

        public bool IsFull => _answers.Count >= MaxAnswers;

        public void Command(TranscriptLine said)
        {
            _sawClient = true;
            if (_inContent)
                return;
            Flush();
            if (!TranscriptLine.IsCommand(said.Words))
            {
                // The answer to a 334; anything else that a client seems to say is no command and no evidence.
                if (_loginGoesOn)
                    _pending.Enqueue((MailStage.Auth, Secret.Mask));
                _loginGoesOn = false;
                return;
            }

            var stage = StageOf(said.Words);
            _pending.Enqueue((stage, PastedText.Bounded(said.Words)));
            if (stage == MailStage.Auth)
                _login = PastedText.Bounded(said.Words);
            if (stage == MailStage.Auth && said.Words.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var mechanism, ..])
                facts.Session.Auth = new AuthEvidence { Mechanism = mechanism.ToUpperInvariant() };
        }

        public void Reply(TranscriptLine said, bool sameCodeFollows)
        {
            if (!ReplyText.TryReadStart(said.Words, out var code, out var continues, out var words))
                return;
            if (_lines.Count > 0 && code != _code)
                Flush();
            if (_lines.Count == 0)
                (_code, _place) = (code, said.Place);
            _lines.Add(words.ToString());
            if (!continues || !sameCodeFollows)
                Flush();
        }

        public void Summary(int place, int code, string words)
        {
            Flush();
            if (!ReplyText.IsCode(code))
                return;
            (_code, _place) = (code, place);
            _lines.AddRange(words.Split('\n'));
            Flush();
        }

        public void End()
        {
            Flush();
            var session = facts.Session;
            if (_sawClient)
                session.Reached = _pending.Count > 0 ? _pending.Peek().Stage : _answers.Count > 0 ? _answers[^1].Stage : null;
            session.AwaitsEndOfData = _inContent;
            if (_inContent)
                session.Reached = MailStage.EndOfData;
            foreach (var (stage, command, reply, place) in Refusals())
            {
                var words = PastedText.Bounded(reply.ToString());
                var message = command is null ? $"The server said {words}" : $"The server answered {command} with {words}";
                facts.Add(new FaultReport(place, Precision.Cause, new AttemptFault { Stage = stage, Kind = FaultKind.Refused, Message = message, Reply = reply, Command = command }));
            }
        }

        private void Flush()
        {
            if (_lines.Count == 0)
                return;
            // Replies that somebody joined into one line: "550-5.7.26 ... 550-5.7.26 ... 550 5.7.26 ...".
            var reply = _lines.Count == 1 ? ReplyText.MakeFromRun(_code, _lines[0]) : ReplyText.Make(_code, _lines);
            _lines.Clear();
            var isContentReply = _inContent;
            _inContent = false;
            (MailStage? Stage, string? Command) asked = isContentReply ? (MailStage.EndOfData, null) : _pending.Count > 0 ? _pending.Dequeue() : (Unasked(reply), null);
            if (_loginGoesOn && asked.Command is null)
                asked = (MailStage.Auth, null);
            _loginGoesOn = reply.Code == 334;
            if (asked.Stage is not { } stage || IsFull)
                return;
            Note(stage, asked.Command, reply);
            // The answer to a challenge is masked; what it belongs to is not.
            _answers.Add((stage, asked.Command == Secret.Mask ? _login : asked.Command, reply, _place));
            if (facts.Session.Exchanges.Count < MaxExchanges)
                facts.Session.Exchanges.Add(new Exchange(stage, asked.Command, reply, null));
        }

        // Nobody was seen asking: the greeting, a transcript of the server's side only, or a reply pasted alone.
        private MailStage? Unasked(SmtpReply reply)
        {
            if (ReplyText.IsHttp(reply.Code, reply.Text))
                return null;
            if (reply.Code == 220)
                return _answers.Count == 0 ? MailStage.Greeting : MailStage.Tls;
            if (reply.Code == 250)
                return reply.Lines.Count > 1 ? MailStage.Hello : null;
            var context = ReplyStage.FromContext(default, text.Excerpt(_place));
            return context ?? (_sawClient && _answers.Count > 0 && reply.Code == 421 ? _answers[^1].Stage : ReplyStage.Usual(reply));
        }

        private void Note(MailStage stage, string? command, SmtpReply reply)
        {
            var session = facts.Session;
            switch (stage)
            {
                case MailStage.Greeting when reply.IsPositive:
                    session.Greeting ??= reply;
                    break;
                case MailStage.Hello when reply.IsPositive && _inTls:
                    session.CapabilitiesAfterTls = SmtpCapabilities.Parse(reply);
                    break;
                case MailStage.Hello when reply.IsPositive:
                    session.CapabilitiesBeforeTls = SmtpCapabilities.Parse(reply);
                    break;
                case MailStage.Tls when reply.Code == 220:
                    _inTls = true;
                    facts.Mode(ConnectionSecurity.StartTls);
                    break;
                case MailStage.Auth when reply.Code == 235 || reply.Code >= 400:
                    session.Auth = (session.Auth ?? new AuthEvidence()) with { Accepted = reply.IsPositive };
                    break;
                case MailStage.Data when reply.Code == 354:
                    _inContent = true;
                    break;
            }
        }

        // What was refused and then worked is no failure: EHLO and then HELO, one mechanism and then the next, MAIL before and after the login.
        private IEnumerable<(MailStage Stage, string? Command, SmtpReply Reply, int Place)> Refusals()
        {
            for (var i = 0; i < _answers.Count; i++)
            {
                var answer = _answers[i];
                if (answer.Reply.Code < 400)
                    continue;
                var later = _answers.Skip(i + 1);
                var isOvercome = answer.Stage is MailStage.Hello or MailStage.Auth or MailStage.Sender
                    ? later.Any(next => next.Stage == answer.Stage && next.Reply.IsPositive)
                    : answer.Command is not null && later.Any(next => next.Command == answer.Command && next.Reply.Code < 400);
                // Of several mechanisms refused the last one counts: it is the server's word on the login, the others may be its word on the mechanism.
                var isRetried = answer.Stage == MailStage.Auth && later.Any(next => next is { Stage: MailStage.Auth, Reply.Code: >= 400 });
                if (!isOvercome && !isRetried)
                    yield return answer;
            }
        }

        private static MailStage? StageOf(string command) => command.Split([' ', ':'], 2)[0].ToUpperInvariant() switch
        {
            "EHLO" or "HELO" or "LHLO" => MailStage.Hello,
            "STARTTLS" => MailStage.Tls,
            "AUTH" => MailStage.Auth,
            "MAIL" => MailStage.Sender,
            "RCPT" => MailStage.Recipient,
            "DATA" => MailStage.Data,
            "BDAT" => MailStage.EndOfData,
            _ => null,
        };
    }
}
