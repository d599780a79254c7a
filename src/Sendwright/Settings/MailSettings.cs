using System.Net;
using Sendwright.Evidence;
using Sendwright.Mime;

namespace Sendwright.Settings;

/// <summary>Usable settings for one upstream: checked, decided, immutable.</summary>
public sealed record MailSettings
{
    /// <summary>The server's name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The TCP port, 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>How TLS starts.</summary>
    public required ConnectionSecurity Security { get; init; }

    /// <summary>The login; null to send without one.</summary>
    public MailCredentials? Credentials { get; init; }

    /// <summary>The from address where a message has none.</summary>
    public EmailAddress? From { get; init; }

    /// <summary>A PEM file of certificates to trust beside this machine's.</summary>
    public string? CaFile { get; init; }

    /// <summary>The certificate that is shown to a server that asks for one; null to show none.</summary>
    public ClientCertificateFiles? ClientCertificate { get; init; }

    /// <summary>
    /// The SHA-256 fingerprints of the server's certificate, in capital letters without colons. Where there are any, the certificate must have one of them, and nothing
    /// else is asked of it.
    /// </summary>
    public IReadOnlyList<string> PinnedCertificates { get; init; } = [];

    /// <summary>The oldest TLS version to accept.</summary>
    public TlsVersion MinimumTls { get; init; } = TlsVersion.Tls12;

    /// <summary>The proxy through which the server is reached, and which looks its name up; null to connect directly.</summary>
    public ProxyServer? Proxy { get; init; }

    /// <summary>The address of this machine to connect from; null to let the system choose.</summary>
    public IPAddress? BindAddress { get; init; }

    /// <summary>False only where the settings of another framework say so; then no secret is sent beyond loopback by the doctor.</summary>
    public bool ChecksCertificate { get; init; } = true;

    /// <summary>The name for EHLO; null for this machine's own.</summary>
    public string? LocalName { get; init; }

    /// <summary>The time limits.</summary>
    public MailTimeouts Timeouts { get; init; } = new();

    /// <summary>How connections are kept and used.</summary>
    public PoolSettings Pool { get; init; } = new();

    /// <summary>How many messages the server is given in a time.</summary>
    public RateLimits Limits { get; init; } = new();

    /// <summary>Whether a message goes to nobody where one of its recipients is refused. <see cref="Envelope.AllRecipientsOrNone"/> says so for one message.</summary>
    public bool AllRecipientsOrNone { get; init; }

    /// <summary>The DKIM keys that sign what is sent.</summary>
    public IReadOnlyList<DkimKey> Dkim { get; init; } = [];

    /// <summary>The settings as evidence: their origin, names and problems.</summary>
    public SettingsEvidence Evidence { get; init; } = new();
}

/// <summary>A user name and its secret.</summary>
/// <param name="Username">The user name.</param>
/// <param name="Password">The secret; an empty one where <see cref="TokenSource"/> gives tokens in its place, or a client certificate is the proof.</param>
public sealed record MailCredentials(string Username, Secret Password)
{
    /// <summary>A user name whose logins are made with OAuth 2 tokens.</summary>
    /// <param name="username">The user name: the mailbox's address, with all providers known.</param>
    /// <param name="tokenSource">Gives the tokens.</param>
    public MailCredentials(string username, MailTokenSource tokenSource)
        : this(username, new Secret(""))
    {
        ArgumentNullException.ThrowIfNull(tokenSource);
        TokenSource = tokenSource;
    }

    /// <summary>Gives the tokens of XOAUTH2 and OAUTHBEARER; null to log in with the password. Where there is one, no mechanism for passwords is used.</summary>
    public MailTokenSource? TokenSource { get; init; }

    /// <inheritdoc />
    public override string ToString() =>
        // Some providers take the same token as user name and as password.
        $"{SettingMask.Scrub(Username, [Password.Reveal()])}:{Secret.Mask}";
}
