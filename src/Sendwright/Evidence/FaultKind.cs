namespace Sendwright.Evidence;

/// <summary>How an attempt ended, as seen on the wire: a fact, not yet a cause. Rules turn facts into causes.</summary>
public enum FaultKind
{
    /// <summary>The resolver says that the name does not exist, or has no address.</summary>
    NameNotFound,

    /// <summary>The resolver failed, refused or did not answer: the name may be right.</summary>
    NameLookupFailed,

    /// <summary>Every address answered the connection with a reset: nothing listens there.</summary>
    ConnectionRefused,

    /// <summary>No address answered the connection in time.</summary>
    ConnectionTimedOut,

    /// <summary>There is no route to any address.</summary>
    NetworkUnreachable,

    /// <summary>The connection could not be opened for another reason.</summary>
    ConnectionFailed,

    /// <summary>The proxy could not be reached, refused, or failed: nothing was seen of the mail server.</summary>
    ProxyFailed,

    /// <summary>The address was left out: another one answered first, the time was up, or it cannot be reached from the address to connect from.</summary>
    NotTried,

    /// <summary>The peer closed the connection in order (FIN).</summary>
    Disconnected,

    /// <summary>The peer or something between reset the connection (RST).</summary>
    ConnectionReset,

    /// <summary>No complete reply came before the stage's deadline.</summary>
    ReplyTimedOut,

    /// <summary>The deadline of the whole operation passed.</summary>
    TotalTimedOut,

    /// <summary>The server answered with 4yz or 5yz, or with a code that does not fit.</summary>
    Refused,

    /// <summary>What came is not an SMTP reply.</summary>
    NotSmtp,

    /// <summary>The peer spoke SMTP and broke its rules (RFC 5321, 4.2).</summary>
    ProtocolViolation,

    /// <summary>Bytes waited in clear text behind the STARTTLS reply: possibly injected (RFC 3207, 5).</summary>
    InjectedBeforeTls,

    /// <summary>The TLS handshake failed before a certificate could be judged, or for another reason than the certificate.</summary>
    TlsHandshakeFailed,

    /// <summary>The handshake worked and the server's certificate did not pass.</summary>
    CertificateRejected,

    /// <summary>TLS is required and the EHLO reply has no STARTTLS.</summary>
    StartTlsNotOffered,

    /// <summary>A login is configured and the EHLO reply has no AUTH.</summary>
    AuthNotOffered,

    /// <summary>The server offers AUTH, but no mechanism this client has.</summary>
    NoSharedMechanism,

    /// <summary>This client refuses to send a secret beyond loopback over clear text, or to a server whose certificate proves nothing.</summary>
    UnsafeLoginRefused,

    /// <summary>The application's token source gave no token that could be used.</summary>
    TokenUnavailable,

    /// <summary>The server did not prove that it knows the login, as SCRAM wants it to (RFC 5802, 5): nothing more was said to it.</summary>
    ServerNotProven,

    /// <summary>An address needs SMTPUTF8 (RFC 6531) and the server does not offer it.</summary>
    SmtpUtf8NotOffered,

    /// <summary>The message is 8-bit, the server does not offer 8BITMIME (RFC 6152), and the message cannot be re-encoded.</summary>
    EightBitMimeNotOffered,

    /// <summary>The message holds a bare CR, a bare LF or a NUL: this client stopped before the final dot, so it was not sent.</summary>
    ContentNotCanonical,

    /// <summary>The message wrote other octets than it had announced, or its source changed: this client stopped before the final dot, so it was not sent.</summary>
    ContentChanged,

    /// <summary>What the message is read from, such as a file that is attached, could not be read: this client stopped before the final dot, so it was not sent.</summary>
    ContentUnreadable,

    /// <summary>The message is larger than the SIZE the server announced (RFC 1870).</summary>
    LargerThanAnnouncedSize,

    /// <summary>The connection ended after the final dot and before its reply: the message was sent or not, nobody here knows.</summary>
    OutcomeUnknown,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>The settings could not be used, so nothing was tried.</summary>
    SettingsUnusable,

    /// <summary>Something else; the message says what.</summary>
    Other,
}
