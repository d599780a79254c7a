namespace Sendwright.Settings;

/// <summary>How many messages an upstream is given in a time. What is null is the provider's known limit, where it holds for every account, or else without limit.</summary>
public sealed record RateLimits
{
    /// <summary>The messages in a second, more than 0; 0.5 is one in two seconds. A token bucket: what was not used can be used later, up to one second's worth, or one message.</summary>
    public double? PerSecond { get; init; }

    /// <summary>The messages in any 24 hours, 1 or more, as this process counts them: it knows of none that it sent before it was started.</summary>
    public int? PerDay { get; init; }
}
