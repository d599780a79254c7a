namespace Sendwright.Providers;

/// <summary>The messages that a provider takes from one login in a time, whatever its plan; null where nothing is known.</summary>
internal sealed record ProviderRate
{
    public int? PerSecond { get; init; }

    public int? PerMinute { get; init; }

    /// <summary>In any 24 hours.</summary>
    public int? PerDay { get; init; }

    /// <summary>The rate that keeps to both of the short limits: a bucket that refills evenly needs no minute of its own.</summary>
    public double? EvenPerSecond => (PerSecond, PerMinute / 60.0) switch
    {
        ({ } second, { } minute) => Math.Min(second, minute),
        ({ } second, null) => second,
        (null, var minute) => minute,
    };
}
