using System.Globalization;

namespace Sendwright.Settings;

/// <summary>How connections are kept and used, given in code. They are checked as those of a file are; see <see cref="PoolSettings"/> for what they mean.</summary>
public sealed class MailPoolOptions
{
    /// <summary>The most connections at a time, 1 to 1000.</summary>
    /// <value>The provider's known limit, or else 4.</value>
    public int? Connections { get; set; }

    /// <summary>The messages after which a connection is closed in good order, 1 or more.</summary>
    /// <value>The provider's known limit, or else 1000.</value>
    public int? MessagesPerConnection { get; set; }

    /// <summary>The age at which a connection is given no further message.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>How long a connection without work is kept.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>The most messages that one connection has under way, 1 to 100.</summary>
    /// <value>4.</value>
    public int? Window { get; set; }

    /// <summary>Whether commands may go out in groups where the server offers PIPELINING (RFC 2920).</summary>
    /// <value>True.</value>
    public bool? Pipelining { get; set; }

    /// <summary>Whether messages go out by BDAT where the server offers CHUNKING (RFC 3030).</summary>
    /// <value>True.</value>
    public bool? Chunking { get; set; }

    internal IEnumerable<(string Name, string Value)> Given
    {
        get
        {
            (string Name, string? Value)[] all =
            [
                (nameof(Connections), Connections?.ToString(CultureInfo.InvariantCulture)),
                (nameof(MessagesPerConnection), MessagesPerConnection?.ToString(CultureInfo.InvariantCulture)),
                (nameof(MaxAge), MaxAge?.ToString("c", CultureInfo.InvariantCulture)),
                (nameof(IdleTimeout), IdleTimeout?.ToString("c", CultureInfo.InvariantCulture)),
                (nameof(Window), Window?.ToString(CultureInfo.InvariantCulture)),
                (nameof(Pipelining), Pipelining?.ToString()),
                (nameof(Chunking), Chunking?.ToString()),
            ];
            return all.Where(one => one.Value is not null).Select(one => (one.Name, one.Value!));
        }
    }
}
