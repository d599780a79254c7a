using System.Net;

namespace Sendwright.Evidence;

/// <summary>What a resolver said about a name.</summary>
public enum ResolutionOutcome
{
    /// <summary>There are addresses.</summary>
    Found,

    /// <summary>NXDOMAIN: the name does not exist (RFC 2308, 2.1).</summary>
    NameDoesNotExist,

    /// <summary>The name exists and has no address (RFC 2308, 2.2).</summary>
    NoAddress,

    /// <summary>The platform cannot tell "does not exist" from "no address".</summary>
    NotFound,

    /// <summary>SERVFAIL, REFUSED, or a broken answer.</summary>
    ServerFailed,

    /// <summary>No answer in time, or no resolver to ask.</summary>
    NoAnswer,
}

/// <summary>One name lookup.</summary>
/// <param name="Name">The name asked for.</param>
/// <param name="Resolver">Who was asked: <c>system</c>, or an address and port.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Addresses">The addresses found, in the resolver's order.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Detail">The resolver's or system's words.</param>
public sealed record Resolution(
    string Name, string Resolver, ResolutionOutcome Outcome, IReadOnlyList<IPAddress> Addresses, TimeSpan Elapsed, string? Detail = null)
{
    /// <summary>Who answered, for lookups made by the operating system.</summary>
    public const string SystemResolver = "system";
}
