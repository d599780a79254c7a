namespace Sendwright.Transport.RateLimit;

/// <summary>
/// A bucket that holds a number of tokens at most and gets new ones evenly: in any time t it gives no more than t times its rate, and its capacity once. Never waits. Thread-safe.
/// </summary>
/// <remarks>
/// What is kept is not a fraction of a token, whose rounding would add up, but the moment at which the bucket will be full again: a token moves it on by one interval, and the
/// bucket is empty where it lies a capacity's worth of intervals ahead (the generic cell rate algorithm, in whole ticks).
/// </remarks>
internal sealed class TokenBucket
{
    /// <summary>Far longer than anybody waits, and short enough that sums of it do not overflow.</summary>
    private const long LongestTicks = long.MaxValue / 8;

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly long _interval;
    private readonly long _tolerance;
    private long _fullAt;

    /// <summary>A full bucket.</summary>
    /// <param name="clock">The clock that fills it.</param>
    /// <param name="capacity">The most tokens it holds, 1 or more.</param>
    /// <param name="perSecond">The tokens it gets in a second, more than 0.</param>
    public TokenBucket(TimeProvider clock, int capacity, double perSecond)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        if (!double.IsFinite(perSecond) || perSecond <= 0)
            throw new ArgumentOutOfRangeException(nameof(perSecond), perSecond, "The rate has to be more than 0 and finite.");
        _clock = clock;
        // Rounded up: never a tick too early.
        _interval = (long)Math.Min(Math.Max(1, Math.Ceiling(clock.TimestampFrequency / perSecond)), LongestTicks);
        _tolerance = (long)Math.Min((double)_interval * (capacity - 1), LongestTicks);
        _fullAt = clock.GetTimestamp();
    }

    /// <summary>How long until there is a token; zero where there is one. Somebody else may take it.</summary>
    public TimeSpan UntilNext
    {
        get
        {
            lock (_gate)
                return Duration(MissingTicks(_clock.GetTimestamp()));
        }
    }

    /// <summary>Takes a token where there is one.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            if (MissingTicks(now) > 0)
                return false;
            _fullAt = Math.Max(_fullAt, now) + _interval;
            return true;
        }
    }

    private long MissingTicks(long now) => Math.Max(0, _fullAt - _tolerance - now);

    // Rounded up as well: whoever waits so long finds a token, if nobody was faster.
    private TimeSpan Duration(long ticks) => ticks == 0
        ? TimeSpan.Zero
        : TimeSpan.FromTicks((long)Math.Min(Math.Ceiling((double)ticks * TimeSpan.TicksPerSecond / _clock.TimestampFrequency), LongestTicks));
}
