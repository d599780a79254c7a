using System.Globalization;

namespace Sendwright.Settings;

/// <summary>How many messages the server is given in a time, given in code; see <see cref="RateLimits"/>.</summary>
public sealed class MailLimitOptions
{
    /// <summary>The messages in a second, more than 0 and at most 1000000; 0.5 is one in two seconds.</summary>
    /// <value>No limit.</value>
    public double? PerSecond { get; set; }

    /// <summary>The messages in 24 hours, 1 or more.</summary>
    /// <value>No limit.</value>
    public int? PerDay { get; set; }

    internal IEnumerable<(string Name, string Value)> Given
    {
        get
        {
            if (PerSecond is { } perSecond)
                yield return (nameof(PerSecond), perSecond.ToString("0.##########", CultureInfo.InvariantCulture));
            if (PerDay is { } perDay)
                yield return (nameof(PerDay), perDay.ToString(CultureInfo.InvariantCulture));
        }
    }
}
