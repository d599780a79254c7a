using System.Net;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;

namespace Sendwright.Evidence;

/// <summary>
/// One connection and what was seen of it: a send, a probe, or what a pasted text tells of one. Everything that is null or empty was not observed.
/// </summary>
public sealed record Attempt
{
    /// <summary>Whether this program saw it or a text reports it.</summary>
    public FactSource Source { get; init; } = FactSource.Observed;

    /// <summary>
    /// Whether it was made only to settle what is still open (another port, the other TLS mode). It never carries a secret, and its own failure is no finding.
    /// </summary>
    public bool IsExperiment { get; init; }

    /// <summary>The host's name or address.</summary>
    public string? Host { get; init; }

    /// <summary>The TCP port.</summary>
    public int? Port { get; init; }

    /// <summary>How TLS was to start.</summary>
    public ConnectionSecurity? Security { get; init; }

    /// <summary>What was seen of the proxy on the way; null where there is none.</summary>
    public ProxyEvidence? Proxy { get; init; }

    /// <summary>The addresses tried, in order: of the host, or of the proxy where there is one.</summary>
    public IReadOnlyList<AddressTry> Addresses { get; init; } = [];

    /// <summary>The host's address that answered; null behind a proxy, which alone knows it.</summary>
    public IPEndPoint? ConnectedTo { get; init; }

    /// <summary>The stages walked, in order.</summary>
    public IReadOnlyList<StageRecord> Stages { get; init; } = [];

    /// <summary>The server's first reply.</summary>
    public SmtpReply? Greeting { get; init; }

    /// <summary>What the server offered in clear text.</summary>
    public SmtpCapabilities? CapabilitiesBeforeTls { get; init; }

    /// <summary>What the server offered inside TLS.</summary>
    public SmtpCapabilities? CapabilitiesAfterTls { get; init; }

    /// <summary>What was seen of TLS.</summary>
    public TlsEvidence? Tls { get; init; }

    /// <summary>What was seen of the login.</summary>
    public AuthEvidence? Auth { get; init; }

    /// <summary>The last commands and replies, oldest first, bounded, masked.</summary>
    public IReadOnlyList<Exchange> Exchanges { get; init; } = [];

    /// <summary>What ended it; null where it did what it was made for.</summary>
    public AttemptFault? Fault { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>The offer in force: inside TLS where there is one, else in clear.</summary>
    public SmtpCapabilities? Capabilities => CapabilitiesAfterTls ?? CapabilitiesBeforeTls;
}
