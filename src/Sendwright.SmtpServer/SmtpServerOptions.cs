using System.Net.Security;
using Sendwright.Smtp.Wire;

namespace Sendwright.SmtpServer;

/// <summary>What a server is called, what it demands, and who decides.</summary>
/// <remarks>The hooks may throw: the client is then told to try again later, and the session goes on.</remarks>
public sealed record SmtpServerOptions
{
    /// <summary>The name in the greeting and in the reply to EHLO.</summary>
    public required string HostName { get; init; }

    /// <summary>Takes a whole message and gives the final reply; a positive one makes the server responsible for it (RFC 5321, 6.1).</summary>
    public required Func<ReceivedMessage, CancellationToken, ValueTask<SmtpReply>> AcceptMessage { get; init; }

    /// <summary>The certificate; without one there is no TLS.</summary>
    public SslStreamCertificateContext? Certificate { get; init; }

    /// <summary>Whether TLS starts with the first byte, as on port 465 (RFC 8314).</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>Whether everything but the way to TLS is refused in clear text (RFC 3207, 4).</summary>
    public bool RequireTls { get; init; }

    /// <summary>Whether mail is taken from logged-in users only (RFC 6409, 4.3).</summary>
    public bool RequireLogin { get; init; }

    /// <summary>Whether PLAIN and LOGIN are taken in clear text, where everybody on the way can read the password. For loopback.</summary>
    public bool AllowLoginInClear { get; init; }

    /// <summary>Says whether a user name and password are right; without it there is no AUTH. <see cref="SmtpCredentials"/> is one for fixed users.</summary>
    public Func<SmtpLoginAttempt, CancellationToken, ValueTask<bool>>? Authenticate { get; init; }

    /// <summary>Refuses a sender (null: the null path) with a reply; null takes it.</summary>
    public Func<SmtpPath?, SmtpSessionInfo, CancellationToken, ValueTask<SmtpReply?>>? AcceptSender { get; init; }

    /// <summary>Refuses a recipient with a reply; null takes it.</summary>
    public Func<SmtpPath, SmtpSessionInfo, CancellationToken, ValueTask<SmtpReply?>>? AcceptRecipient { get; init; }

    /// <summary>How much and how long.</summary>
    public SmtpServerLimits Limits { get; init; } = new();

    /// <summary>Throws where the options contradict each other.</summary>
    /// <exception cref="ArgumentException">TLS is demanded without a certificate, or a login without a way to check it.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(HostName);
        if (HostName.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException($"{nameof(HostName)} \"{HostName}\" is no host name: visible ASCII without blanks.");
        if ((RequireTls || ImplicitTls) && Certificate is null)
            throw new ArgumentException($"{(RequireTls ? nameof(RequireTls) : nameof(ImplicitTls))} needs a {nameof(Certificate)}.");
        if (RequireLogin && Authenticate is null)
            throw new ArgumentException($"{nameof(RequireLogin)} needs {nameof(Authenticate)}.");
        if (Authenticate is not null && Certificate is null && !AllowLoginInClear)
            throw new ArgumentException($"{nameof(Authenticate)} needs a {nameof(Certificate)}, or {nameof(AllowLoginInClear)} on loopback: nobody could log in.");
    }
}
