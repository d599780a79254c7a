using System.Globalization;

namespace Sendwright.Settings;

/// <summary>Puts a rate limit where its name says, as in <c>Mail:Limits:PerSecond</c>.</summary>
internal static class RateSettingName
{
    private const double MostPerSecond = 1_000_000;

    /// <summary>The names beneath <c>Limits</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [nameof(RateLimits.PerSecond), nameof(RateLimits.PerDay)];

    /// <summary>Puts the value into the settings; what is wrong with it, as the end of a sentence, where it cannot be.</summary>
    public static string? Apply(ref RateLimits limits, string name, string value)
    {
        if (name == nameof(RateLimits.PerDay))
        {
            var wrong = NumberText.Objection(value, 1, int.MaxValue, out var perDay);
            if (wrong is null)
                limits = limits with { PerDay = perDay };
            return wrong;
        }

        if (!double.TryParse(value.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var perSecond) || !double.IsFinite(perSecond))
            return "is not a number";
        if (perSecond is not (> 0 and <= MostPerSecond))
            return "is not more than 0 and at most 1000000";
        limits = limits with { PerSecond = perSecond };
        return null;
    }

    /// <summary>What to set instead.</summary>
    public static string Fix(string name) => name == nameof(RateLimits.PerDay)
        ? "Set it to a number of messages in 24 hours, such as 10000, or remove it to have no limit."
        : "Set it to a number of messages in a second, such as 14 or 0.5, or remove it to have no limit.";
}
