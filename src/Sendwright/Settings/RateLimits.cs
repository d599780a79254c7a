namespace Sendwright.Settings;

/// <summary>How many messages an upstream is given in a time, as token buckets: what was not used can be used later, up to one period's worth. Null is without limit.</summary>
public sealed record RateLimits
{
    /// <summary>The messages in a second, more than 0; 0.5 is one in two seconds.</summary>
    public double? PerSecond { get; init; }

    /// <summary>The messages in 24 hours, 1 or more.</summary>
    public int? PerDay { get; init; }
}
