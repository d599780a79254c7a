namespace Sendwright.Settings;

/// <summary>Time limits given in code. The defaults are those of <see cref="MailTimeouts"/>.</summary>
public sealed class MailTimeoutOptions
{
    /// <summary>The name lookup and the TCP connection, over all addresses.</summary>
    /// <value>15 seconds.</value>
    public TimeSpan? Connect { get; set; }

    /// <summary>The server's first reply.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan? Greeting { get; set; }

    /// <summary>The reply to one command, and the TLS handshake.</summary>
    /// <value>1 minute.</value>
    public TimeSpan? Command { get; set; }

    /// <summary>Writing the content while the server takes nothing, and the reply to DATA.</summary>
    /// <value>2 minutes.</value>
    public TimeSpan? Data { get; set; }

    /// <summary>The reply to the final dot.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan? EndOfData { get; set; }

    /// <summary>Everything together.</summary>
    /// <value>15 minutes.</value>
    public TimeSpan? Total { get; set; }

    internal IEnumerable<(string Name, TimeSpan Value)> Given
    {
        get
        {
            (string Name, TimeSpan? Value)[] all =
            [
                (nameof(Connect), Connect), (nameof(Greeting), Greeting), (nameof(Command), Command),
                (nameof(Data), Data), (nameof(EndOfData), EndOfData), (nameof(Total), Total),
            ];
            foreach (var (name, value) in all)
            {
                if (value is { } given)
                    yield return (name, given);
            }
        }
    }
}
