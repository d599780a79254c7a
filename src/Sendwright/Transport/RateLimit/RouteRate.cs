using Sendwright.Settings;

namespace Sendwright.Transport.RateLimit;

/// <summary>The rates that a route keeps to, together: a message may go where each of them lets it, and counts for each. Never waits. Thread-safe.</summary>
internal sealed class RouteRate
{
    private readonly Lock _gate = new();
    private readonly TokenBucket? _bucket;
    private readonly DailyQuota? _quota;

    private RouteRate(TokenBucket? bucket, DailyQuota? quota)
    {
        _bucket = bucket;
        _quota = quota;
    }

    /// <summary>The rates of these limits; null where they set none.</summary>
    public static RouteRate? For(RateLimits limits, TimeProvider clock)
    {
        // One second's worth may go at once, and one message in any case.
        var bucket = limits.PerSecond is { } perSecond ? new TokenBucket(clock, (int)Math.Clamp(perSecond, 1, int.MaxValue), perSecond) : null;
        var quota = limits.PerDay is { } perDay ? new DailyQuota(clock, perDay) : null;
        return bucket is null && quota is null ? null : new RouteRate(bucket, quota);
    }

    /// <summary>Counts a message where one may go.</summary>
    /// <param name="wait">How long until it is worth asking again; zero where it may go.</param>
    public bool TryTake(out TimeSpan wait)
    {
        // Both are asked before either is charged: what the one refuses must not count for the other. Nobody else takes from them, so what they said holds.
        lock (_gate)
        {
            var second = _bucket?.UntilNext ?? TimeSpan.Zero;
            var day = _quota?.UntilNext ?? TimeSpan.Zero;
            wait = second > day ? second : day;
            return wait == TimeSpan.Zero && (_bucket?.TryTake() ?? true) && (_quota?.TryTake() ?? true);
        }
    }
}
