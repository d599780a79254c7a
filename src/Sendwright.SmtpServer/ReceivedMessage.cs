using Sendwright.Smtp.Wire;

namespace Sendwright.SmtpServer;

/// <summary>A message as a client handed it over: its envelope, and its content octet for octet.</summary>
public sealed record ReceivedMessage
{
    /// <summary>Who gets the reports of failure; null for <c>MAIL FROM:&lt;&gt;</c>.</summary>
    public required SmtpPath? Sender { get; init; }

    /// <summary>The accepted recipients, in the client's order.</summary>
    public required IReadOnlyList<SmtpPath> Recipients { get; init; }

    /// <summary>Header and body with CRLF line ends, without dot-stuffing; nothing added, nothing changed.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>When the last octet was there.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The session it came in: TLS, login, the client's name and address.</summary>
    public required SmtpSessionInfo Session { get; init; }

    /// <summary>Whether the client declared BODY=8BITMIME (RFC 6152).</summary>
    public bool IsEightBit { get; init; }

    /// <summary>Whether the client asked for SMTPUTF8: addresses and headers may be beyond ASCII (RFC 6531).</summary>
    public bool SmtpUtf8 { get; init; }
}
