using System.Globalization;

namespace Sendwright.Mime.Reading;

/// <summary><c>date-time</c> of RFC 5322, 3.3 with the obsolete forms of 4.3.</summary>
internal static class DateReader
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>The date; null where the text is none.</summary>
    public static DateTimeOffset? Read(string text)
    {
        // RFC 5322, 4.3: blanks may stand around the colons of the time.
        var tight = string.Join(':', MimeValue.WithoutComments(text).Split(':', StringSplitOptions.TrimEntries));
        var words = tight.Split([' ', '\t', ',', '\r', '\n'], 8, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 0 && !char.IsAsciiDigit(words[0][0]))
            words = words[1..];
        if (words.Length < 4 || Number(words[0], 2) is not { } day || Month(words[1]) is not { } month || Year(words[2]) is not { } year || Time(words[3]) is not { } time)
            return null;
        if (day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        var local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + time;
        return At(local, words.Length > 4 ? Zone(words[4]) : TimeSpan.Zero);
    }

    private static DateTimeOffset? At(DateTime local, TimeSpan zone)
    {
        // DateTimeOffset knows no zone beyond 14 hours; the moment is the same without.
        if (zone.Duration() <= TimeSpan.FromHours(14) && local.Ticks - zone.Ticks is >= 0 and var ticks && ticks <= DateTime.MaxValue.Ticks)
            return new DateTimeOffset(local, zone);
        var moment = local.Ticks - zone.Ticks;
        return moment < 0 || moment > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(moment, TimeSpan.Zero);
    }

    private static int? Month(string word) =>
        word.Length >= 3 && Array.IndexOf(Months, word[..3].ToLowerInvariant()) is >= 0 and var index ? index + 1 : null;

    // RFC 5322, 4.3: two digits up to 49 are in this century, other two and three digits count from 1900.
    private static int? Year(string word) => Number(word, 4) is not { } year ? null : word.Length switch
    {
        2 => year + (year < 50 ? 2000 : 1900),
        3 => year + 1900,
        4 when year > 0 => year,
        _ => null,
    };

    private static TimeSpan? Time(string word)
    {
        var parts = word.Split(':');
        if (parts.Length is not (2 or 3) || Number(parts[0], 2) is not (>= 0 and < 24 and var hours) || Number(parts[1], 2) is not (< 60 and var minutes))
            return null;
        // 60 is a leap second: the first one of the next minute, for a clock that has none.
        return (parts.Length == 2 ? 0 : Number(parts[2], 2)) is <= 60 and var seconds ? new TimeSpan(hours, minutes, seconds) : null;
    }

    /// <summary>RFC 5322, 4.3: what is not known, and the letters of the military, "SHOULD be considered equivalent to -0000".</summary>
    private static TimeSpan Zone(string word)
    {
        if (word[0] is '+' or '-' && Number(word[1..].Replace(":", "", StringComparison.Ordinal), 4) is { } digits)
        {
            var offset = new TimeSpan(digits / 100, digits % 100, 0);
            return word[0] == '-' ? -offset : offset;
        }

        return TimeSpan.FromHours(word.ToUpperInvariant() switch
        {
            "EDT" => -4,
            "EST" or "CDT" => -5,
            "CST" or "MDT" => -6,
            "MST" or "PDT" => -7,
            "PST" => -8,
            _ => 0,
        });
    }

    private static int? Number(string digits, int most) =>
        digits.Length <= most && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
