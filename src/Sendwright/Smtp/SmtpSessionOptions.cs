using Sendwright.Settings;
using Sendwright.Smtp.Connecting;

namespace Sendwright.Smtp;

/// <summary>Everything a session needs to know before it starts.</summary>
internal sealed record SmtpSessionOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required ConnectionSecurity Security { get; init; }

    /// <summary>The login; null to send without one. An experiment never has one.</summary>
    public MailCredentials? Credentials { get; init; }

    public required TlsParameters Tls { get; init; }

    /// <summary>The name for EHLO; null for this machine's own.</summary>
    public string? LocalName { get; init; }

    public required HostLookup Lookup { get; init; }
}
