using Sendwright.Smtp.Wire;

namespace Sendwright.Evidence;

/// <summary>The fact that ended an attempt.</summary>
public sealed record AttemptFault
{
    /// <summary>The stage it happened in.</summary>
    public required MailStage Stage { get; init; }

    /// <summary>What happened.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>One sentence that names the thing and the value, secrets masked.</summary>
    public required string Message { get; init; }

    /// <summary>The reply that refused, where one did.</summary>
    public SmtpReply? Reply { get; init; }

    /// <summary>The command that was under way, masked.</summary>
    public string? Command { get; init; }

    /// <summary>What came instead of SMTP, printable and shortened.</summary>
    public string? UnexpectedText { get; init; }

    /// <summary>The TLS alert that ended the connection, where one did (RFC 8446, 6): in TLS 1.3 a server judges our certificate when our handshake is over.</summary>
    public int? TlsAlert { get; init; }

    /// <summary>The type name of the exception behind it, where there is one.</summary>
    public string? ExceptionType { get; init; }
}
