namespace Sendwright.Settings;

/// <summary>An HTTP proxy that opens connections on request (CONNECT, RFC 9110, 9.3.6).</summary>
public sealed record ProxyServer
{
    /// <summary>The proxy's name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The TCP port, 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>The login at the proxy (Basic, RFC 7617); null to send none.</summary>
    public MailCredentials? Credentials { get; init; }

    /// <summary>The proxy without its login, as messages name it.</summary>
    internal string Name => Host.Contains(':', StringComparison.Ordinal) ? $"http://[{Host}]:{Port}" : $"http://{Host}:{Port}";

    /// <inheritdoc />
    public override string ToString() => Credentials is null ? Name : $"{Name[..7]}{Credentials}@{Name[7..]}";
}
