using Sendwright.Settings;

namespace Sendwright.SmtpServer;

/// <summary>A user name and password that a client gave.</summary>
public sealed record SmtpLoginAttempt
{
    /// <summary>Whom the client claims to be.</summary>
    public required string UserName { get; init; }

    /// <summary>What it says to prove that.</summary>
    public required Secret Password { get; init; }

    /// <summary>PLAIN or LOGIN.</summary>
    public required string Mechanism { get; init; }

    /// <summary>The session it happens in.</summary>
    public required SmtpSessionInfo Session { get; init; }
}
