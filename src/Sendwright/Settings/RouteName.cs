namespace Sendwright.Settings;

/// <summary>The names of routes: they stand in settings, receipts, logs and addresses of pages, so they are short and plain.</summary>
internal static class RouteName
{
    public const int Longest = 64;

    /// <summary>What is wrong with a name, as sentences whose last is the fix; null where nothing is.</summary>
    public static string? Objection(string name) =>
        name.Length is > 0 and <= Longest && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? null
            : $"The name of a route has 1 to {Longest} letters, digits, hyphens, underscores and dots of ASCII. Rename it, such as to primary.";
}
