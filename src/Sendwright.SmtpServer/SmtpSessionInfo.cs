using System.Net;
using System.Net.Security;
using System.Security.Authentication;

namespace Sendwright.SmtpServer;

/// <summary>What is known of the client at the other end.</summary>
public sealed record SmtpSessionInfo
{
    /// <summary>Where it comes from; null where the transport has no such thing.</summary>
    public EndPoint? RemoteEndPoint { get; init; }

    /// <summary>The name it gave itself with EHLO or HELO, unchecked; null before that.</summary>
    public string? ClientName { get; init; }

    /// <summary>Whether it said EHLO (and HELO otherwise).</summary>
    public bool IsExtended { get; init; }

    /// <summary>The TLS version; null in clear text.</summary>
    public SslProtocols? TlsProtocol { get; init; }

    /// <summary>The cipher suite; null in clear text.</summary>
    public TlsCipherSuite? TlsCipherSuite { get; init; }

    /// <summary>The user it logged in as; null without a login.</summary>
    public string? AuthenticatedUser { get; init; }

    /// <summary>Whether the session is encrypted.</summary>
    public bool IsEncrypted => TlsProtocol is not null;
}
