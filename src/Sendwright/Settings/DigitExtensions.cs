namespace Sendwright.Settings;

internal static class DigitExtensions
{
    /// <summary>ASCII digits and at least one: <see cref="char.IsDigit(char)"/> would take those of every script.</summary>
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
