using System.Net;
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

    /// <summary>Whether the provider documents XOAUTH2 and not OAUTHBEARER, whatever else its servers offer.</summary>
    public bool PrefersXOAuth2 { get; init; }

    /// <summary>Makes the nonces of SCRAM.</summary>
    public Func<string> NewNonce { get; init; } = ScramMechanism.NewNonce;

    public required TlsParameters Tls { get; init; }

    /// <summary>Whether <see cref="Tls"/> shows a certificate to a server that asks: then SASL EXTERNAL can log in with it.</summary>
    public bool HasClientCertificate { get; init; }

    /// <summary>The proxy to go through; null to connect directly.</summary>
    public ProxyServer? Proxy { get; init; }

    /// <summary>This machine's address to connect from; null for the system's choice.</summary>
    public IPAddress? BindAddress { get; init; }

    /// <summary>The name for EHLO; null for this machine's own.</summary>
    public string? LocalName { get; init; }

    public required HostLookup Lookup { get; init; }

    /// <summary>Where to connect, and on which way.</summary>
    internal ConnectionTarget Target => new() { Host = Host, Port = Port, Lookup = Lookup, Proxy = Proxy, BindAddress = BindAddress };
}
