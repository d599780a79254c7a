using Sendwright.Diagnosis;

namespace Sendwright.Settings;

/// <summary>The problems found so far, and the wording they share.</summary>
internal sealed class SettingProblems
{
    private readonly LayeredSettings _layers;
    private readonly List<SettingProblem> _problems;

    public SettingProblems(LayeredSettings layers)
    {
        _layers = layers;
        _problems = [.. layers.Problems];
    }

    public bool AnyBlocks => _problems.Exists(problem => problem.IsBlocking);

    public void Add(SettingProblem problem) => _problems.Add(problem);

    public bool AnyFor(SettingKey key) => _problems.Exists(problem => problem.Key == key);

    /// <summary>A setting that has to be there and is not, or is empty.</summary>
    public void Missing(SettingKey key, string why, string fix)
    {
        var entry = _layers.Find(key);
        if (entry is null)
        {
            // A reader that saw the setting under a wrong name, or in a line that does not parse, knows better why it is missing.
            var slot = SettingSlots.Of(key);
            var known = _problems.FindIndex(problem => SettingSlots.Of(problem.Key) == slot && problem.Code is FaultCodes.ConfigMissing or FaultCodes.ConfigInvalid);
            if (known >= 0)
            {
                _problems[known] = _problems[known] with { IsBlocking = true, IsAdviceWhenHealthy = false };
                return;
            }
        }

        _problems.Add(new SettingProblem
        {
            Code = FaultCodes.ConfigMissing,
            Key = key,
            Name = entry?.Name ?? _layers.Vocabulary.NameOf(key),
            Value = entry is null ? null : "",
            Where = entry?.Where ?? _layers.File,
            Why = why,
            Fix = fix,
            Changes = [new SettingChange(entry?.Name ?? _layers.Vocabulary.NameOf(key), null)],
        });
    }

    /// <summary>A value that cannot be used.</summary>
    public void Invalid(RawSetting entry, string why, string fix, IReadOnlyList<SettingChange> changes, bool isBlocking = true, bool isAdvice = false) =>
        _problems.Add(new SettingProblem
        {
            Code = FaultCodes.ConfigInvalid,
            Key = entry.Key,
            Name = entry.Name,
            Value = SettingMask.Show(entry.Key, entry.Value),
            Where = entry.Where,
            Why = why,
            Fix = fix,
            Changes = changes,
            IsBlocking = isBlocking,
            IsAdviceWhenHealthy = isAdvice || !isBlocking,
        });

    /// <summary>A yes or no; null where it is not set, or is neither.</summary>
    public bool? Flag(SettingKey key)
    {
        if (_layers.Find(key) is not { } entry)
            return null;
        if (entry.IsEmpty)
        {
            Missing(key, $"{entry.Name} is empty.", $"Set {entry.Name} to True or False.");
            return null;
        }

        if (FlagText.Read(entry.Value) is { } flag)
            return flag;
        var meant = FlagText.Read(entry.Value.Trim().Trim('"', '\'', ';', ',', ' '));
        Invalid(
            entry,
            "The value is neither True nor False.",
            meant is { } known ? $"Set it to {known}." : "Set it to True or False.",
            [new SettingChange(entry.Name, meant?.ToString())]);
        return null;
    }

    /// <summary>All of them. Whatever found its way into one, none of the secrets leaves with it, and no terminal obeys it.</summary>
    public IReadOnlyList<SettingProblem> Without(IReadOnlyCollection<string> secrets) => Cleaned(_problems, secrets);

    /// <summary>Problems without any of the secrets, and without what a terminal would obey.</summary>
    public static IReadOnlyList<SettingProblem> Cleaned(IEnumerable<SettingProblem> problems, IReadOnlyCollection<string> secrets)
    {
        return [.. problems.Select(problem => problem with
        {
            Name = Cleaned(problem.Name)!,
            Value = Cleaned(problem.Value) is { } value ? SettingMask.Shortened(value) : null,
            Why = Cleaned(problem.Why)!,
            Fix = Cleaned(problem.Fix)!,
            Changes = [.. problem.Changes.Select(change => change with { Value = Cleaned(change.Value) })],
        })];

        string? Cleaned(string? text) => text is null ? null : SettingMask.Printable(SettingMask.Scrub(text, secrets));
    }
}
