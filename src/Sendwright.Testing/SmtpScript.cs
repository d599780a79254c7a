namespace Sendwright.Testing;

/// <summary>One connection's conversation as text, played by <see cref="ScriptedSmtpServer"/>.</summary>
/// <remarks>
/// A line is one step; blank lines and lines that start with <c>#</c> are left out.
/// <list type="table">
/// <item><term><c>S: text</c></term><description>The server says the line. Lines that follow each other leave in one write, or as <see cref="ByteDelivery"/> says.</description></item>
/// <item><term><c>C: pattern</c></term><description>The client must say this line; <c>*</c> stands for anything, <c>\*</c> for an asterisk.</description></item>
/// <item><term><c>DATA</c></term><description>The client sends a message up to CRLF.CRLF; it is kept without its dot-stuffing.</description></item>
/// <item><term><c>BDAT</c></term><description>The client sends one BDAT command and its chunk; the chunk with LAST completes the message.</description></item>
/// <item><term><c>BYTES</c></term><description>The client sends something, whatever it is.</description></item>
/// <item><term><c>RAW bytes</c></term><description>The server sends bytes; <c>\r \n \t \0 \\ \xNN</c> are escapes.</description></item>
/// <item><term><c>TLS [1.2|1.3] [client-certificate]</c></term><description>The handshake happens here; as the first step, the server speaks TLS from the first byte.</description></item>
/// <item><term><c>TLS REFUSED [1.2|1.3] [client-certificate]</c></term><description>The same, and no session must come of it: one of the two does not like what the other has.</description></item>
/// <item><term><c>EOF</c></term><description>The client must close its side.</description></item>
/// <item><term><c>WAIT name</c></term><description>The server waits until the test calls <see cref="ScriptedSmtpServer.Release"/> with the name.</description></item>
/// <item><term><c>SILENCE</c></term><description>The server says nothing more and keeps the connection open.</description></item>
/// <item><term><c>CLOSE</c>, <c>RESET</c></term><description>The server closes with FIN, or with RST. A script that just ends closes with FIN.</description></item>
/// </list>
/// </remarks>
public sealed class SmtpScript
{
    private SmtpScript(string name, IReadOnlyList<ScriptStep> steps)
    {
        Name = name;
        Steps = steps;
    }

    /// <summary>What failures call the script: the file's name, or <c>script</c>.</summary>
    public string Name { get; }

    internal IReadOnlyList<ScriptStep> Steps { get; }

    /// <summary>Reads a script from its text.</summary>
    /// <exception cref="FormatException">A line is no step, or stands behind the last one.</exception>
    public static SmtpScript Parse(string text, string name = "script")
    {
        ArgumentNullException.ThrowIfNull(text);
        var steps = new List<ScriptStep>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var step = line.TrimStart().TrimEnd('\r');
            if (string.IsNullOrWhiteSpace(step) || step[0] == '#')
                continue;
            if (steps.Count > 0 && steps[^1].EndsTheScript)
                throw new FormatException($"{name}, line {number}: \"{step}\" stands behind {steps[^1]}, which ends the script.");
            steps.Add(ReadStep(step, number)
                ?? throw new FormatException($"{name}, line {number}: \"{step}\" is no step. A step starts with S:, C:, DATA, BDAT, BYTES, RAW, TLS, EOF, WAIT, SILENCE, CLOSE or RESET; RAW knows the escapes \\r \\n \\t \\0 \\\\ \\xNN."));
        }

        return new SmtpScript(name, steps);
    }

    /// <summary>Reads a script from a file.</summary>
    /// <exception cref="FormatException">A line is no step, or stands behind the last one.</exception>
    public static SmtpScript Load(string path) => Parse(File.ReadAllText(path), Path.GetFileName(path));

    private static ScriptStep? ReadStep(string step, int line)
    {
        // The text behind "S:" is taken as it is, but for the one blank: trailing blanks may be what a test is about.
        if (step.StartsWith("S:", StringComparison.Ordinal))
            return new ScriptStep(ScriptAction.Say, AfterBlank(step[2..]), line);
        if (step.StartsWith("C:", StringComparison.Ordinal))
            return new ScriptStep(ScriptAction.Expect, AfterBlank(step[2..]), line);

        var blank = step.IndexOf(' ', StringComparison.Ordinal);
        var (word, rest) = blank < 0 ? (step, "") : (step[..blank], step[(blank + 1)..]);
        var trimmed = rest.Trim();
        return (word, trimmed) switch
        {
            ("RAW", not "") when ScriptText.TryUnescape(rest, out _) => new ScriptStep(ScriptAction.Raw, rest, line),
            ("TLS", _) when trimmed.StartsWith("REFUSED", StringComparison.Ordinal) && TlsWords.TryRead(trimmed["REFUSED".Length..], out _) =>
                new ScriptStep(ScriptAction.TlsRefused, trimmed["REFUSED".Length..].Trim(), line),
            ("TLS", _) when TlsWords.TryRead(trimmed, out _) => new ScriptStep(ScriptAction.Tls, trimmed, line),
            ("WAIT", not "") => new ScriptStep(ScriptAction.Wait, trimmed, line),
            ("DATA", "") => new ScriptStep(ScriptAction.Data, "", line),
            ("BDAT", "") => new ScriptStep(ScriptAction.Bdat, "", line),
            ("BYTES", "") => new ScriptStep(ScriptAction.Bytes, "", line),
            ("EOF", "") => new ScriptStep(ScriptAction.Eof, "", line),
            ("SILENCE", "") => new ScriptStep(ScriptAction.Silence, "", line),
            ("CLOSE", "") => new ScriptStep(ScriptAction.Close, "", line),
            ("RESET", "") => new ScriptStep(ScriptAction.Reset, "", line),
            _ => null,
        };
    }

    private static string AfterBlank(string text) => text.StartsWith(' ') ? text[1..] : text;
}
