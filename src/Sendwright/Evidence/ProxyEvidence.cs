using System.Net;

namespace Sendwright.Evidence;

/// <summary>What was seen of the proxy on the way.</summary>
public sealed record ProxyEvidence
{
    /// <summary>The proxy, such as <c>http://proxy.example.com:3128</c>; never with its login.</summary>
    public required string Proxy { get; init; }

    /// <summary>The address of the proxy that answered.</summary>
    public IPEndPoint? ConnectedTo { get; init; }

    /// <summary>The status with which it answered CONNECT (RFC 9110, 15).</summary>
    public int? Status { get; init; }

    /// <summary>Status and words of its answer, printable and shortened, secrets masked.</summary>
    public string? Answer { get; init; }
}
