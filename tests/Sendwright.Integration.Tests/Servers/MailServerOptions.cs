using System.Net;
using Sendwright.Integration.Tests.Network;
using Sendwright.Testing;

namespace Sendwright.Integration.Tests.Servers;

/// <summary>What is asked of a real mail server; the defaults make one in which nothing is wrong.</summary>
internal sealed record MailServerOptions
{
    public IReadOnlyList<MailAccount> Accounts { get; init; } = [MailAccount.Ann];

    /// <summary>Makes the server's certificate; it gets the names that a good one covers.</summary>
    public Func<TestCertificates, string[], TestCertificate> Certificate { get; init; } = (made, names) => made.Server(names);

    /// <summary>The mechanisms for logins (Postfix with Dovecot only).</summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = ["PLAIN", "LOGIN"];

    /// <summary>What Dovecot puts a token behind, to ask whose it is; null where there are no tokens.</summary>
    public string? TokenIntrospection { get; init; }

    /// <summary>Whether the submission port refuses mail in clear text (530 5.7.0), as it should.</summary>
    public bool RequireStartTls { get; init; } = true;

    /// <summary>What the server announces as SIZE (RFC 1870).</summary>
    public int MessageSizeLimit { get; init; } = 10 * 1024 * 1024;

    /// <summary>Further settings in the server's own language (main.cf, exim.conf); they win over the fixture's.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>The network the server stands in; the machine's loopback where there is none.</summary>
    public NetworkNamespace? Network { get; init; }

    /// <summary>The address for a server with these options.</summary>
    public IPAddress NewAddress() => Network?.Host ?? LoopbackAddress.Next();
}
