namespace Sendwright.Settings;

/// <summary>How many connections and messages at a time, as far as the settings say.</summary>
internal static class ThroughputSettings
{
    public static PoolSettings ReadPool(LayeredSettings layers, SettingProblems problems)
    {
        var pool = new PoolSettings();
        foreach (var entry in layers.All(SettingKey.Pool).Where(entry => !entry.IsEmpty))
        {
            var changed = pool;
            if (PoolSettingName.Apply(ref changed, entry.Part!, entry.Value) is { } wrong)
                problems.Invalid(entry, $"The value {wrong}.", PoolSettingName.Fix(entry.Part!), [new SettingChange(entry.Name, null)]);
            else
                pool = changed;
        }

        return pool;
    }

    public static RateLimits ReadLimits(LayeredSettings layers, SettingProblems problems)
    {
        var limits = new RateLimits();
        foreach (var entry in layers.All(SettingKey.Limits).Where(entry => !entry.IsEmpty))
        {
            var changed = limits;
            if (RateSettingName.Apply(ref changed, entry.Part!, entry.Value) is { } wrong)
                problems.Invalid(entry, $"The value {wrong}.", RateSettingName.Fix(entry.Part!), [new SettingChange(entry.Name, null)]);
            else
                limits = changed;
        }

        return limits;
    }
}
