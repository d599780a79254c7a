using System.Globalization;

namespace Sendwright.Settings;

/// <summary>Reads a time limit: a number of seconds, or <c>hh:mm:ss</c>.</summary>
internal static class DurationText
{
    /// <summary>Timers take no more than 24 days, and nobody waits that long for a mail server.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>What is wrong with the text, as the end of a sentence; null where nothing is.</summary>
    public static string? Objection(string text, out TimeSpan duration)
    {
        // A plain number first: TimeSpan would take "30" for thirty days.
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds))
            duration = Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Math.Sign(seconds) * TimeSpan.MaxValue;
        else if (!text.Contains(':', StringComparison.Ordinal) || !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration))
        {
            duration = default;
            return "is neither a number of seconds nor a time such as 00:00:30";
        }

        if (duration <= TimeSpan.Zero)
            return "is not positive";
        return duration > Longest ? "is more than a day" : null;
    }
}
