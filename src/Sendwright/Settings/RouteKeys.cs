namespace Sendwright.Settings;

/// <summary>The keys beneath <c>Mail:Routes:NAME</c>.</summary>
internal sealed record RouteKeys
{
    public const string Section = "Routes";

    /// <summary>The route's name, as it is written where it is named first.</summary>
    public required string Name { get; init; }

    /// <summary>The keys, their paths beneath the route. A path without characters is the route's own, which has no value.</summary>
    public required IReadOnlyList<MailSectionKey> Keys { get; init; }

    /// <summary>How the owner writes the names of this route.</summary>
    public required SettingsVocabulary Vocabulary { get; init; }

    /// <summary>Whether a path beneath <c>Mail</c> is in the section.</summary>
    public static bool IsIn(string path) => path.Split(':')[0].Equals(Section, StringComparison.OrdinalIgnoreCase);

    /// <summary>The routes among the keys beneath <c>Mail</c>, in the order of their names.</summary>
    public static IReadOnlyList<RouteKeys> Of(IEnumerable<MailSectionKey> keys) =>
    [
        .. keys.Where(key => IsIn(key.Path) && key.Path.Length > Section.Length + 1)
            .Select(key => (Parts: key.Path.Split(':', 3), Key: key))
            .GroupBy(key => key.Parts[1], StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => Of(group.Key, [.. group.Select(key => key.Key with { Path = key.Parts.Length > 2 ? key.Parts[2] : "" })])),
    ];

    private static RouteKeys Of(string name, IReadOnlyList<MailSectionKey> keys)
    {
        var fromEnvironment = keys.Count(key => key.Name.Contains("__", StringComparison.Ordinal)) * 2 > keys.Count;
        return new RouteKeys { Name = name, Keys = keys, Vocabulary = SettingsVocabulary.ForRoute(name, fromEnvironment) };
    }
}
