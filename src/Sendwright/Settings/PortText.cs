using System.Globalization;

namespace Sendwright.Settings;

/// <summary>What a text given as port really is.</summary>
/// <param name="Port">The port that can be made out; null where none can.</param>
/// <param name="Wrong">What is wrong, as the end of a sentence; null where nothing is.</param>
/// <param name="IsHarmless">Whether frameworks that read numbers leniently take the text all the same.</param>
internal sealed record PortText(int? Port, string? Wrong = null, bool IsHarmless = false)
{
    private const int Highest = 65535;

    public static PortText Read(string text)
    {
        if (text.AsSpan().ContainsOnlyDigits())
            return InRange(text);
        var trimmed = text.Trim();
        if (trimmed.AsSpan().ContainsOnlyDigits())
            return InRange(trimmed) is { Wrong: null } read ? read with { Wrong = "has a blank around the number", IsHarmless = true } : InRange(trimmed);

        var core = trimmed.Trim('"', '\'', '`', ';', ',', ' ');
        if (core.AsSpan().ContainsOnlyDigits())
            return InRange(core) with { Wrong = "is not a number: it has other characters around it" };
        if (trimmed.StartsWith('-') && trimmed.AsSpan(1).ContainsOnlyDigits())
            return new PortText(null, $"is not within 1 to {Highest}");
        return new PortText(null, "is not a number");
    }

    private static PortText InRange(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= Highest
            ? new PortText(port)
            : new PortText(null, $"is not within 1 to {Highest}");
}
