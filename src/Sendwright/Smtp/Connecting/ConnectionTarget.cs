using System.Net;
using Sendwright.Settings;

namespace Sendwright.Smtp.Connecting;

/// <summary>Where to connect, and on which way.</summary>
internal sealed record ConnectionTarget
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Looks up the host, or the proxy's where there is one: the host's name is then the proxy's to look up.</summary>
    public required HostLookup Lookup { get; init; }

    /// <summary>The proxy to go through; null to connect directly.</summary>
    public ProxyServer? Proxy { get; init; }

    /// <summary>This machine's address to connect from; null for the system's choice.</summary>
    public IPAddress? BindAddress { get; init; }
}
