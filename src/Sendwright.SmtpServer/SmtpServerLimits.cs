namespace Sendwright.SmtpServer;

/// <summary>How much a client may send and how long it may take.</summary>
/// <exception cref="ArgumentOutOfRangeException">A limit is set to zero or less, or below what its RFC lets a server go.</exception>
public sealed record SmtpServerLimits
{
    /// <summary>The longest command line, CRLF included.</summary>
    /// <value>2048. RFC 5321, 4.5.3.1.4 asks for 512; SIZE, BODY, SMTPUTF8 and AUTH= may add 26, 16, 10 and 500 (RFC 1870, 6152, 6531, 4954).</value>
    public int MaxCommandOctets { get; init => field = AtLeast(value, 512); } = 2048;

    /// <summary>The longest line of a login, CRLF included.</summary>
    /// <value>12288, which RFC 4954, 4 asks for.</value>
    public int MaxLoginLineOctets { get; init => field = AtLeast(value, 512); } = 12288;

    /// <summary>The most recipients of one message; those beyond get 452.</summary>
    /// <value>1000. RFC 5321, 4.5.3.1.8 asks for at least 100.</value>
    public int MaxRecipients { get; init => field = AtLeast(value, 1); } = 1000;

    /// <summary>The largest message, offered as SIZE. It is held in memory while it comes.</summary>
    /// <value>36 MiB: 25 MB of attachments, which is what the large providers take, and base64's third. RFC 5321, 4.5.3.1.7 asks for at least 64 KiB.</value>
    public long MaxMessageOctets { get; init => field = AtLeast(value, 1); } = 36 * 1024 * 1024;

    /// <summary>How many commands of one session may be refused before it is ended.</summary>
    /// <value>100: a message whose recipients are all refused is no attack, a thousand guessed addresses are.</value>
    public int MaxErrors { get; init => field = AtLeast(value, 1); } = 100;

    /// <summary>How many logins of one session may fail before it is ended.</summary>
    /// <value>3, as login programs have had it for decades.</value>
    public int MaxFailedLogins { get; init => field = AtLeast(value, 1); } = 3;

    /// <summary>How many sessions a listener serves side by side; one more is told 421.</summary>
    /// <value>500.</value>
    public int MaxSessions { get; init => field = AtLeast(value, 1); } = 500;

    /// <summary>How long the server waits for a whole command line.</summary>
    /// <value>5 minutes, the least that RFC 5321, 4.5.3.2.7 allows.</value>
    public TimeSpan CommandTimeout { get; init => field = Positive(value); } = TimeSpan.FromMinutes(5);

    /// <summary>How long the server waits for the next piece of content.</summary>
    /// <value>3 minutes, what RFC 5321, 4.5.3.2.5 gives a client for a data block.</value>
    public TimeSpan DataBlockTimeout { get; init => field = Positive(value); } = TimeSpan.FromMinutes(3);

    /// <summary>How long the content of one message (or one chunk) may take altogether, so that a trickle does not hold a session for ever.</summary>
    /// <value>30 minutes: the largest message over a line of 20 KB/s.</value>
    public TimeSpan ContentTimeout { get; init => field = Positive(value); } = TimeSpan.FromMinutes(30);

    /// <summary>How long a TLS handshake, or a client that does not read its replies, may take.</summary>
    /// <value>30 seconds; no RFC has a number.</value>
    public TimeSpan HandshakeTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(30);

    private static int AtLeast(int value, int least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        return value;
    }

    private static long AtLeast(long value, long least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        return value;
    }

    private static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}
