namespace Sendwright.Settings;

/// <summary>How many messages an upstream is given in a time. What is null is the provider's known limit, where it holds for every account, or else without limit.</summary>
public sealed record RateLimits
{
    /// <summary>The messages in a second, more than 0; 0.5 is one in two seconds. A token bucket: what was not used can be used later, up to one second's worth, or one message.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no number above 0.</exception>
    public double? PerSecond
    {
        get;
        init => field = value is null or (> 0 and < double.PositiveInfinity)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PerSecond), value, "RateLimits.PerSecond is more than 0. Set such a number, or null for no limit.");
    }

    /// <summary>The messages in any 24 hours, 1 or more, as this process counts them: it knows of none that it sent before it was started.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? PerDay
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PerDay), value, "RateLimits.PerDay is 1 or more. Set such a number, or null for no limit.");
    }
}
