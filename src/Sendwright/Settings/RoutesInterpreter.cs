using Sendwright.Diagnosis;
using Sendwright.Evidence;

namespace Sendwright.Settings;

/// <summary>
/// What settings with routes mean. A route has a server and a login of its own. What stands beneath <c>Mail</c> itself is what does not depend on the server; a server
/// there would be one that nobody uses, so it is refused.
/// </summary>
internal static class RoutesInterpreter
{
    /// <summary>What a route has from beneath <c>Mail</c> where it does not say otherwise. Never a server, nor a secret or anything else that is meant for one server.</summary>
    private static readonly SettingKey[] Inherited = [SettingKey.From, SettingKey.FromName, SettingKey.LocalName, SettingKey.CaFile, SettingKey.Timeout];

    /// <summary>Judges the section with its routes; null where it has none.</summary>
    /// <param name="keys">All the keys beneath <c>Mail</c>.</param>
    /// <param name="read">Makes a source of the keys that belong to no route.</param>
    /// <param name="options">Settings given in code, which win.</param>
    public static RoutesReading? Interpret(IReadOnlyList<MailSectionKey> keys, Func<IReadOnlyList<MailSectionKey>, SettingsSource> read, SettingsSource? options)
    {
        var named = RouteKeys.Of(keys);
        var misplaced = keys.Where(key => key.Path.Equals(RouteKeys.Section, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(key.Value)).ToList();
        if (named.Count == 0 && misplaced.Count == 0)
            return null;

        var common = read([.. keys.Where(key => !RouteKeys.IsIn(key.Path))]);
        var entries = Over(common.Entries, options?.Entries ?? []);
        var layers = LayeredSettings.Of([common with { Entries = [.. entries.Where(IsDkim)] }]);
        var problems = new SettingProblems(layers);
        foreach (var key in misplaced)
            problems.Add(Misplaced(key));
        foreach (var entry in entries.Where(entry => !IsDkim(entry) && !Inherited.Contains(entry.Key) && !entry.IsEmpty))
            problems.Add(Beside(entry, named));
        var dkim = DkimSettings.Read(layers, problems);

        var inherited = entries.Where(entry => Inherited.Contains(entry.Key)).ToList();
        var routes = named.Select(route => RouteReader.Read(route, inherited, common.Name)).ToList();
        // What is inherited wrong is wrong in each of them, and said once.
        List<SettingProblem> all = [.. problems.Without([.. LayeredSettings.Of([common with { Entries = entries }]).Secrets]), .. routes.SelectMany(route => route.Problems)];
        all = [.. all.DistinctBy(problem => (problem.Name, problem.Why))];
        var evidence = new SettingsEvidence { Source = common.Name, Vocabulary = layers.Vocabulary, Problems = all };
        return all.Exists(problem => problem.IsBlocking)
            ? new RoutesReading(null, evidence)
            : new RoutesReading(new RoutesSettings { Routes = [.. routes.Select(route => route.Route!)], Dkim = dkim }, evidence);
    }

    private static bool IsDkim(RawSetting entry) => SettingSlots.Of(entry.Key) == SettingKey.Dkim;

    // Keys of one DKIM key belong together: those given in code replace all of a file, as they do for a single upstream.
    private static List<RawSetting> Over(IReadOnlyList<RawSetting> below, IReadOnlyList<RawSetting> above)
    {
        var replaced = above.Select(entry => SettingSlots.Of(entry.Key)).ToHashSet();
        return [.. below.Where(entry => !replaced.Contains(SettingSlots.Of(entry.Key))), .. above];
    }

    private static SettingProblem Misplaced(MailSectionKey key) => new()
    {
        Code = FaultCodes.ConfigInvalid,
        Key = SettingKey.Route,
        Name = key.Name,
        // It may be a URL with a password in it.
        Value = Secret.Mask,
        Where = key.Where,
        Why = "Routes are sections with names, and this is a value.",
        Fix = $"Give the route a name, such as {SettingsVocabulary.ForRoute("primary", key.Name.Contains("__", StringComparison.Ordinal)).NameOf(SettingKey.Url)}.",
        Changes = [new SettingChange(key.Name, "")],
    };

    private static SettingProblem Beside(RawSetting entry, IReadOnlyList<RouteKeys> routes)
    {
        var inRoute = routes.Count > 0 && routes[0].Vocabulary.Names.TryGetValue(entry.Key, out var name) ? $" to {name}" : " beneath a route";
        return new SettingProblem
        {
            Code = FaultCodes.ConfigConflict,
            Key = entry.Key,
            Name = entry.Name,
            Value = SettingMask.Show(entry.Key, entry.Value),
            Where = entry.Where,
            Why = "It is meant for a single server, and each route has settings of its own: nothing would read it.",
            Fix = $"Move it{inRoute}, or remove it.",
            Changes = [new SettingChange(entry.Name, "")],
        };
    }
}
