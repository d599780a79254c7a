namespace Sendwright.Testing;

internal enum ScriptAction
{
    /// <summary>Send the text as a line.</summary>
    Say,

    /// <summary>Expect a line that fits the pattern.</summary>
    Expect,

    /// <summary>Send bytes as they are.</summary>
    Raw,

    /// <summary>Expect a message up to CRLF.CRLF and keep it.</summary>
    Data,

    /// <summary>Expect a BDAT command and the bytes it announces.</summary>
    Bdat,

    /// <summary>Expect any bytes at all.</summary>
    Bytes,

    /// <summary>Shake hands for TLS.</summary>
    Tls,

    /// <summary>Expect the client to break the handshake off, or the connection right after it.</summary>
    TlsRefused,

    /// <summary>Expect the client to close its side.</summary>
    Eof,

    /// <summary>Say nothing until the test releases the name.</summary>
    Wait,

    /// <summary>Say nothing more and keep the connection open.</summary>
    Silence,

    /// <summary>Close in order (FIN).</summary>
    Close,

    /// <summary>Close at once (RST).</summary>
    Reset,
}

/// <summary>One line of a script; <c>Line</c> is where it stands, for failures.</summary>
internal sealed record ScriptStep(ScriptAction Action, string Text, int Line)
{
    public bool NeedsCertificate => Action is ScriptAction.Tls or ScriptAction.TlsRefused;

    public bool EndsTheScript => Action is ScriptAction.Silence or ScriptAction.Close or ScriptAction.Reset;

    public override string ToString() => Action switch
    {
        ScriptAction.Say => $"S: {Text}",
        ScriptAction.Expect => $"C: {Text}",
        ScriptAction.TlsRefused => $"TLS REFUSED {Text}".TrimEnd(),
        _ => $"{Action.ToString().ToUpperInvariant()} {Text}".TrimEnd(),
    };
}
