using System.Globalization;
using Sendwright.Diagnosis;

namespace Sendwright.Settings;

/// <summary>Reads one route: what is a route's alone here, the rest as the settings of a single upstream are read.</summary>
internal sealed class RouteReader
{
    private const string Weight = "Weight";
    private const string Order = "Order";
    private const string When = "When";
    private const string Sender = "When:Sender";
    private const string RecipientDomain = "When:RecipientDomain";
    private const string Tag = "When:Tag";
    private const int Largest = 1000;

    private static readonly string[] Conditions = [Sender, RecipientDomain, Tag];

    private readonly List<SettingProblem> _problems = [];
    private readonly Dictionary<string, MailSectionKey> _own = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<MailSectionKey> _upstream = [];
    private readonly RouteKeys _route;

    private RouteReader(RouteKeys route)
    {
        _route = route;
        foreach (var key in route.Keys)
            Sort(key);
    }

    /// <summary>Reads a route.</summary>
    /// <param name="route">Its keys.</param>
    /// <param name="inherited">What stands beneath <c>Mail</c> and holds for every route that does not say otherwise.</param>
    /// <param name="source">What the settings are called.</param>
    /// <returns>The route, null where something is in the way; and its problems.</returns>
    public static (MailRouteSettings? Route, IReadOnlyList<SettingProblem> Problems) Read(RouteKeys route, IEnumerable<RawSetting> inherited, string source) =>
        new RouteReader(route).Read(inherited, source);

    private (MailRouteSettings? Route, IReadOnlyList<SettingProblem> Problems) Read(IEnumerable<RawSetting> inherited, string sourceName)
    {
        if (RouteName.Objection(_route.Name) is { } objection)
            Refuse(_route.Keys[0], _route.Name, objection);
        var weight = ReadNumber(Weight, least: 1) ?? 1;
        var order = ReadNumber(Order, least: 0) ?? 0;
        var when = ReadConditions();

        var own = MailSectionSource.Of(_upstream, sourceName, _route.Vocabulary);
        var reading = SettingsInterpreter.Interpret(own with { Entries = [.. own.Entries, .. inherited.Where(entry => !IsOverridden(entry, own.Entries))] });
        IReadOnlyList<SettingProblem> problems = [.. SettingProblems.Cleaned(_problems, [.. LayeredSettings.Of([own]).Secrets]), .. reading.Evidence.Problems];
        return reading.Settings is not { } upstream || problems.Any(problem => problem.IsBlocking)
            ? (null, problems)
            : (new MailRouteSettings { Name = _route.Name, Upstream = upstream, Weight = weight, Order = order, When = when }, problems);
    }

    // A name belongs to the address beside it.
    private static bool IsOverridden(RawSetting inherited, IReadOnlyList<RawSetting> own) =>
        own.Any(entry => entry.Key == inherited.Key && entry.Part == inherited.Part)
        || (inherited.Key == SettingKey.FromName && own.Any(entry => entry.Key == SettingKey.From));

    private void Sort(MailSectionKey key)
    {
        if (key.Path.Length == 0)
        {
            if (!string.IsNullOrWhiteSpace(key.Value))
                Refuse(key, null, $"A route is a section with settings of its own, and this is a value. Set {_route.Vocabulary.NameOf(SettingKey.Url)} or {_route.Vocabulary.NameOf(SettingKey.Host)} instead.");
        }
        else if (key.Path.Equals(Weight, StringComparison.OrdinalIgnoreCase) || key.Path.Equals(Order, StringComparison.OrdinalIgnoreCase) || Conditions.Contains(key.Path, StringComparer.OrdinalIgnoreCase))
        {
            _own[key.Path] = key;
        }
        else if (IsBeneath(key, When))
        {
            // A condition that nobody reads would hold for every message.
            if (!string.IsNullOrWhiteSpace(key.Value))
                Refuse(key, key.Value, "Nothing reads a condition of this name. Use Sender or RecipientDomain beneath When.");
        }
        else if (IsBeneath(key, DkimSettingName.Section))
        {
            if (!string.IsNullOrWhiteSpace(key.Value))
                Refuse(key, Secret.Mask, "A message is signed before its route is chosen. Move the keys beneath Mail:Dkim.");
        }
        else
        {
            if (MailSectionSource.Meaning(key.Path) is null && SettingNames.Nearest(key.Path, [Weight, Order, When]) is { } meant)
                Rename(key, meant);
            _upstream.Add(key);
        }
    }

    private int? ReadNumber(string path, int least)
    {
        if (Find(path) is not { } key)
            return null;
        if (int.TryParse(key.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= Largest)
            return number;
        Refuse(key, key.Value, $"It is no whole number from {least} to {Largest}. Set it to such a number, or remove it for {least}.");
        return null;
    }

    private RouteCondition ReadConditions()
    {
        var when = RouteCondition.Always;
        if (Find(Sender) is { } sender)
            when = Read(sender, text => when with { Sender = text }) ?? when;
        if (Find(RecipientDomain) is { } domain)
            when = Read(domain, text => when with { RecipientDomain = text }) ?? when;
        if (Find(Tag) is { } tag)
            Refuse(tag, tag.Value, "The messages of this version have no tags, so the route would never be used. Remove it, or use Sender or RecipientDomain.");
        return when;
    }

    private RouteCondition? Read(MailSectionKey key, Func<string, RouteCondition> read)
    {
        try
        {
            return read(key.Value);
        }
        catch (ArgumentException objection)
        {
            Refuse(key, key.Value, objection.Message);
            return null;
        }
    }

    // An empty condition is none: environments cannot always be freed of a variable.
    private MailSectionKey? Find(string path) => _own.TryGetValue(path, out var key) && !string.IsNullOrWhiteSpace(key.Value) ? key : null;

    private static bool IsBeneath(MailSectionKey key, string section) => key.Path.Split(':')[0].Equals(section, StringComparison.OrdinalIgnoreCase);

    private void Rename(MailSectionKey key, string meant)
    {
        var right = key.Name[..^key.Path.Length] + meant;
        _problems.Add(new SettingProblem
        {
            Code = FaultCodes.ConfigMissing,
            Key = SettingKey.Route,
            Name = key.Name,
            Value = key.Value,
            Where = key.Where,
            Why = $"Nothing reads the name {key.Name}: the setting is called {right}.",
            Fix = $"Rename it to {right}.",
            Changes = [new SettingChange(right, key.Value)],
            IsBlocking = false,
            IsAdviceWhenHealthy = true,
        });
    }

    /// <summary>The last sentence of an objection is the fix.</summary>
    private void Refuse(MailSectionKey key, string? value, string objection)
    {
        var fix = objection.LastIndexOf(". ", StringComparison.Ordinal) + 1;
        _problems.Add(new SettingProblem
        {
            Code = FaultCodes.ConfigInvalid,
            Key = SettingKey.Route,
            Name = key.Name,
            Value = value,
            Where = key.Where,
            Why = objection[..fix],
            Fix = objection[(fix + 1)..],
            Changes = [new SettingChange(key.Name, null)],
        });
    }
}
