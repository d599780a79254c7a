using System.Net;

namespace Sendwright.Doctor.Dns;

/// <summary>What the DNS says about a name and a type.</summary>
internal enum DnsOutcome
{
    /// <summary>There are records.</summary>
    Found,

    /// <summary>The name does not exist (RFC 2308, 2.1).</summary>
    NameDoesNotExist,

    /// <summary>The name exists without a record of the type (RFC 2308, 2.2).</summary>
    NoData,

    /// <summary>A server answered and would not, or could not, say.</summary>
    ServerFailed,

    /// <summary>No server answered.</summary>
    NoAnswer,
}

/// <summary>The answer to one question, aliases followed.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Records">The records of the type asked for, at the end of the chain of aliases.</param>
/// <param name="Server">Who gave the answer this rests on; null where nobody was asked.</param>
/// <param name="Detail">The server's words, such as <c>SERVFAIL from 127.0.0.53</c>; null where there is nothing to add.</param>
internal sealed record DnsAnswer(DnsOutcome Outcome, IReadOnlyList<DnsRecord> Records, IPEndPoint? Server, string? Detail);
