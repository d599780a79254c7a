namespace Sendwright.Settings;

/// <summary>How long each part of sending may take. Every value is positive.</summary>
public sealed record MailTimeouts
{
    /// <summary>The name lookup and the TCP connection, over all addresses.</summary>
    /// <value>15 seconds.</value>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The server's first reply. RFC 5321, 4.5.3.2.1 asks for 5 minutes; no submission service in use needs more than the half minute of a greeting delay.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The reply to one command, and the TLS handshake.</summary>
    /// <value>1 minute.</value>
    public TimeSpan Command { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Writing the content while the server takes nothing, and the reply to DATA (RFC 5321, 4.5.3.2.4: 2 minutes).</summary>
    /// <value>2 minutes.</value>
    public TimeSpan Data { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The reply to the final dot. A short one makes duplicates (RFC 5321, 4.5.3.2.6: 10 minutes).</summary>
    /// <value>10 minutes.</value>
    public TimeSpan EndOfData { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Everything together.</summary>
    /// <value>15 minutes.</value>
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(15);
}
