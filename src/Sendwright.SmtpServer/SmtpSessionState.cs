namespace Sendwright.SmtpServer;

/// <summary>How far a session has come (RFC 5321, 4.1.4). TLS and login are facts beside it, not states.</summary>
internal enum SmtpSessionState
{
    /// <summary>Greeted, or just gone over to TLS: no HELO or EHLO yet.</summary>
    Greeted,

    /// <summary>Between two messages.</summary>
    Ready,

    /// <summary>MAIL was accepted, no RCPT yet.</summary>
    MailGiven,

    /// <summary>At least one RCPT was accepted.</summary>
    RecipientGiven,

    /// <summary>A chunk was taken and it was not the last (RFC 3030).</summary>
    Chunking,
}
