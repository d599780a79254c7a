using Sendwright.Settings;
using Sendwright.Smtp.Auth;
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

    /// <summary>Whether TLS shows a client certificate, so that EXTERNAL can log in where the settings give no password.</summary>
    public bool HasClientCertificate { get; init; }

    /// <summary>Whether the provider documents XOAUTH2 and not OAUTHBEARER, whatever else its servers offer.</summary>
    public bool PrefersXOAuth2 { get; init; }

    /// <summary>Makes the nonces of SCRAM.</summary>
    public Func<string> NewNonce { get; init; } = ScramMechanism.NewNonce;

    public required TlsParameters Tls { get; init; }

    /// <summary>The name for EHLO; null for this machine's own.</summary>
    public string? LocalName { get; init; }

    public required HostLookup Lookup { get; init; }

    /// <summary>How many commands may go out before their replies are read, where the server offers PIPELINING; 1 to walk step by step.</summary>
    /// <remarks>Not without end: a client that only writes while the server's replies fill the connection the other way waits for ever (RFC 2920, 3.1).</remarks>
    public int LargestGroup { get; init; } = 100;
}
