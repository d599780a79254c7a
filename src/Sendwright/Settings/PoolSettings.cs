namespace Sendwright.Settings;

/// <summary>How connections to an upstream are kept and used. What is null is the default, or the provider's known limit where that is lower.</summary>
public sealed record PoolSettings
{
    /// <summary>The default of <see cref="Connections"/>.</summary>
    public const int DefaultConnections = 4;

    /// <summary>The default of <see cref="MessagesPerConnection"/>.</summary>
    public const int DefaultMessagesPerConnection = 1000;

    /// <summary>The default of <see cref="Window"/>.</summary>
    public const int DefaultWindow = 4;

    internal const int MostConnections = 1000;

    internal const int WidestWindow = 100;

    /// <summary>The most connections at a time, 1 to 1000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1 or more than 1000.</exception>
    public int? Connections
    {
        get;
        init => field = Checked(value, MostConnections, nameof(Connections));
    }

    /// <summary>The messages after which a connection is closed in good order, 1 or more; 1 is a connection for each message.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? MessagesPerConnection
    {
        get;
        init => field = Checked(value, int.MaxValue, nameof(MessagesPerConnection));
    }

    /// <summary>The age at which a connection is given no further message.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a connection without work is kept.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most messages that one connection has under way, 1 to 100: 1 waits for the reply to a message before anything of the next is sent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1 or more than 100.</exception>
    public int Window
    {
        get;
        init => field = Checked(value, WidestWindow, nameof(Window)) ?? DefaultWindow;
    } = DefaultWindow;

    /// <summary>Whether commands may go out in groups where the server offers PIPELINING (RFC 2920). Off, each waits for the reply to the one before.</summary>
    public bool Pipelining { get; init; } = true;

    /// <summary>Whether messages go out by BDAT where the server offers CHUNKING (RFC 3030).</summary>
    public bool Chunking { get; init; } = true;

    // Nothing would ever be sent, and every message would wait out its time.
    private static int? Checked(int? value, int most, string name) => value is null or >= 1 && !(value > most)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"PoolSettings.{name} is from 1 to {most}. Set such a number, or null for the default.");
}
