using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>Where in a session a Python library was when it raised.</summary>
/// <param name="Stage">The stage; null where the frames do not tell.</param>
/// <param name="Security">How TLS was to start; null where the frames do not tell.</param>
/// <param name="AfterContent">Whether the message had been sent and its reply was waited for.</param>
internal readonly record struct PythonWhere(MailStage? Stage, ConnectionSecurity? Security, bool AfterContent);

/// <summary>
/// The frames of a text's tracebacks. smtplib and aiosmtplib have a function per command, so the frame that raised names the stage, which the exceptions themselves often do not.
/// </summary>
internal sealed class PythonTraceback
{
    private readonly List<Block> _blocks = [];

    private PythonTraceback()
    {
    }

    public static PythonTraceback Of(PastedText text)
    {
        var traceback = new PythonTraceback();
        Block? block = null;
        var raised = false;
        foreach (var line in text.Lines)
        {
            // An exception group draws a tree in front of its lines, rich a box around them.
            var words = line.Text.AsSpan().TrimStart(" |+│").TrimEnd(" │");
            if (TryReadFrame(words, out var file, out var function))
            {
                if (block is null || raised)
                    traceback._blocks.Add(block = new Block(line.Start));
                raised = false;
                block.Frames.Add(new Frame(file, function));
            }
            else if (words.StartsWith("Traceback (most recent call last)"))
            {
                block = null;
            }
            else if (block is not null && words.IsEmpty)
            {
                block = raised ? null : block;
            }
            else if (block is not null)
            {
                block.End = line.Start + line.Text.Length;
                // Python indents the source line below its frame; what stands at the margin is the exception.
                if (line.Text.StartsWith("    ", StringComparison.Ordinal) || line.Text.StartsWith('│'))
                    block.Frames[^1].Source ??= words.ToString();
                else
                    raised = true;
            }
        }

        return traceback;
    }

    /// <summary>Where the exception at this place was raised.</summary>
    public PythonWhere At(int place)
    {
        var block = _blocks.FindLast(block => block.Start <= place);
        if (block is null || place > block.End)
            return default;
        var (stage, afterContent) = StageOf(block.Frames);
        return new PythonWhere(stage, SecurityOf(block.Frames), afterContent);
    }

    // From the innermost frame outwards; the first that names a part of the session decides.
    private static (MailStage? Stage, bool AfterContent) StageOf(List<Frame> frames)
    {
        var waitsForReply = false;
        for (var i = frames.Count - 1; i >= 0; i--)
        {
            var frame = frames[i];
            switch (frame.Function)
            {
                case "getaddrinfo" or "_ensure_resolved":
                    return (MailStage.Dns, false);
                case "do_handshake" or "wrap_socket" or "_on_handshake_complete" or "_do_handshake":
                    return (MailStage.Tls, false);
                case "create_connection" when !frame.IsMailLibrary:
                    return (MailStage.Connect, false);
                case "sock_connect" or "_sock_connect_cb" or "_connect_sock":
                    return (MailStage.Connect, false);
            }

            if (!frame.IsMailLibrary)
                continue;
            switch (frame.Function)
            {
                case "getreply" or "read_response":
                    waitsForReply = true;
                    break;
                case "_get_socket":
                    return (MailStage.Connect, false);
                case "connect" or "_create_connection":
                    return (waitsForReply ? MailStage.Greeting : MailStage.Connect, false);
                case "ehlo" or "helo" or "ehlo_or_helo_if_needed" or "_ehlo_or_helo_if_needed":
                    return (MailStage.Hello, false);
                case "starttls" or "start_tls" or "_maybe_start_tls_on_connect":
                    return (MailStage.Tls, false);
                case "login" or "auth" or "_maybe_login_on_connect":
                case var function when function.StartsWith("auth_", StringComparison.Ordinal):
                    return (MailStage.Auth, false);
                case "mail":
                    return (MailStage.Sender, false);
                case "rcpt":
                    return (MailStage.Recipient, false);
                case "data":
                    // smtplib names the two replies differently: (code, repl) is DATA's, (code, msg) the message's.
                    return frame.Source?.Contains("repl)", StringComparison.Ordinal) == true ? (MailStage.Data, false)
                        : (MailStage.EndOfData, frame.Source?.Contains("(code, msg) = self.getreply", StringComparison.Ordinal) == true);
            }
        }

        return (null, false);
    }

    private static ConnectionSecurity? SecurityOf(List<Frame> frames)
    {
        foreach (var frame in frames)
        {
            if (frame.Function is "starttls" or "start_tls" or "_maybe_start_tls_on_connect" || frame.Source?.Contains(".starttls(", StringComparison.Ordinal) == true)
                return ConnectionSecurity.StartTls;
            if (frame.Source?.Contains("SMTP_SSL(", StringComparison.Ordinal) == true)
                return ConnectionSecurity.Implicit;
            // Only SMTP_SSL wraps the socket while opening it.
            if (frame is { IsMailLibrary: true, Function: "_get_socket" } && frame.Source?.Contains("wrap_socket", StringComparison.Ordinal) == true)
                return ConnectionSecurity.Implicit;
        }

        return null;
    }

    private static bool TryReadFrame(ReadOnlySpan<char> words, out string file, out string function)
    {
        (file, function) = ("", "");
        // "in" stands behind the line number: File "/usr/lib/smtplib.py", line 398, in getreply, or /usr/lib/smtplib.py:398 in getreply.
        var at = words.LastIndexOf(" in ", StringComparison.Ordinal);
        if (at <= 0)
            return false;
        var name = words[(at + 4)..].Trim().TrimEnd(":");
        var before = words[..at].TrimEnd(" ,");
        var digits = before.Length - before.TrimEnd("0123456789").Length;
        if (digits == 0 || name.IsEmpty || name.Contains(' '))
            return false;
        before = before[..^digits];
        if (before.StartsWith("File \"", StringComparison.Ordinal) && before.EndsWith("\", line ", StringComparison.Ordinal))
            file = before["File \"".Length..^"\", line ".Length].ToString();
        else if (before.EndsWith(".py:", StringComparison.Ordinal) && !before.Contains(' '))
            file = before[..^1].ToString();
        else
            return false;
        function = name.ToString();
        return true;
    }

    private sealed class Block(int start)
    {
        public int Start { get; } = start;

        public int End { get; set; } = start;

        public List<Frame> Frames { get; } = [];
    }

    private sealed record Frame(string File, string Function)
    {
        public string? Source { get; set; }

        public bool IsMailLibrary => File.EndsWith("smtplib.py", StringComparison.Ordinal) || File.Contains("aiosmtplib", StringComparison.Ordinal);
    }
}
