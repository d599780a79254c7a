using Sendwright.Diagnosis;
using Sendwright.Settings;

namespace Sendwright.Doctor.ForeignSettings;

/// <summary>An environment file as a framework sees it that takes names without regard to case: the last of several counts.</summary>
internal sealed class DotEnvBindings
{
    private readonly DotEnvFile _file;
    private readonly string _framework;
    private readonly Dictionary<string, DotEnvEntry> _last = new(StringComparer.OrdinalIgnoreCase);

    public DotEnvBindings(DotEnvFile file, string framework)
    {
        _file = file;
        _framework = framework;
        foreach (var entry in file.Entries)
            _last[entry.Name] = entry;
    }

    /// <summary>The entries that count, in the order of the file.</summary>
    public IEnumerable<DotEnvEntry> All => _last.Values.OrderBy(entry => entry.Line);

    /// <summary>The entry of that name; null where there is none, or one without an equals sign.</summary>
    public DotEnvEntry? Find(string name) => _last.GetValueOrDefault(name) is { Value: not null } entry ? entry : null;

    public string Where(DotEnvEntry entry) => At(entry.Line);

    public RawSetting ToSetting(SettingKey key, DotEnvEntry entry) =>
        new() { Key = key, Name = entry.Name, Value = entry.Value ?? "", Where = Where(entry), DroppedEnd = entry.DroppedEnd };

    /// <summary>What happened to values on their way out of the file.</summary>
    /// <param name="meaning">What a name means; null for the names that are somebody else's.</param>
    public IEnumerable<SettingProblem> Problems(Func<string, SettingKey?> meaning)
    {
        foreach (var error in _file.Errors)
        {
            if (error.Name is not null && !_last.ContainsKey(error.Name) && meaning(error.Name) is { } key)
                yield return Unparsed(error, key);
        }

        foreach (var entry in All)
        {
            if (entry.Value is null || meaning(entry.Name) is not { } key)
                continue;
            if (_file.Entries.FirstOrDefault(other => other != entry && IsShadowed(other, entry)) is { } earlier)
                yield return Shadowed(entry, earlier, key);
            if (entry.Undefined.Count > 0)
                yield return Emptied(entry, key);
            if (key is SettingKey.Password && entry.Comment is ['#', var next, ..] && !char.IsWhiteSpace(next))
                yield return CutAtHash(entry);
            if (key is SettingKey.Password && entry.Value is [.., ';' or ','] && EndsAlike(entry.Value[^1]))
                yield return Separator(entry);
        }
    }

    private static bool IsShadowed(DotEnvEntry earlier, DotEnvEntry last) =>
        earlier.Name.Equals(last.Name, StringComparison.OrdinalIgnoreCase) && earlier.Value != last.Value;

    // One value with a comma at its end may be a secret; two in one file are the habit of another language.
    private bool EndsAlike(char end) => _last.Values.Count(entry => entry.Value is [.., var last] && last == end) > 1;

    private string At(int line) => $"{_file.Path}:{line}";

    private SettingProblem Unparsed(DotEnvError error, SettingKey key) => new()
    {
        Code = FaultCodes.ConfigInvalid,
        Key = key,
        Name = error.Name!,
        Where = At(error.Line),
        Why = $"The line {error.Why}: {_framework} skips it, and the setting is missing.",
        Fix = $"Write the line as {error.Name}=value, with nothing behind the value.",
        Changes = [new SettingChange(error.Name!, null)],
        IsBlocking = IsNeeded(key),
        IsAdviceWhenHealthy = !IsNeeded(key),
    };

    // Without its server, mode or login a probe would judge something else than what the application was meant to use.
    private static bool IsNeeded(SettingKey key) =>
        SettingSlots.Of(key) is SettingKey.Host or SettingKey.Port or SettingKey.Security or SettingKey.Username or SettingKey.Password or SettingKey.Url;

    private SettingProblem Shadowed(DotEnvEntry entry, DotEnvEntry earlier, SettingKey key) => new()
    {
        Code = FaultCodes.ConfigConflict,
        Key = key,
        Name = entry.Name,
        Value = SettingMask.Show(key, entry.Value!),
        Where = Where(entry),
        Why = $"{entry.Name} stands in line {earlier.Line} with another value; the last one counts.",
        Fix = $"Remove one of the two lines.",
        IsBlocking = false,
        IsAdviceWhenHealthy = true,
    };

    private SettingProblem Emptied(DotEnvEntry entry, SettingKey key) => new()
    {
        Code = FaultCodes.ConfigInvalid,
        Key = key,
        Name = entry.Name,
        Value = SettingMask.Show(key, entry.Value!),
        Where = Where(entry),
        // The name between the braces is a part of the secret here, so it is not told.
        Why = $"The value has a ${{…}} in it, which {_framework} takes for a variable; nothing defines it, so that part became empty.",
        Fix = $"Set {entry.Name} in the process environment instead, or choose a value without ${{: the file has no way to write it, whatever the quotes.",
        Changes = [new SettingChange(entry.Name, null)],
        IsBlocking = false,
        IsAdviceWhenHealthy = true,
    };

    private SettingProblem CutAtHash(DotEnvEntry entry) => new()
    {
        Code = FaultCodes.ConfigInvalid,
        Key = SettingKey.Password,
        Name = entry.Name,
        Value = Secret.Mask,
        Where = Where(entry),
        Why = "The value is cut off at a blank with # behind it: the rest counts as a comment.",
        Fix = "Put the value in single quotes if # belongs to it.",
        Changes = [new SettingChange(entry.Name, null)],
        IsBlocking = false,
        IsAdviceWhenHealthy = true,
    };

    private SettingProblem Separator(DotEnvEntry entry) => new()
    {
        Code = FaultCodes.ConfigInvalid,
        Key = SettingKey.Password,
        Name = entry.Name,
        Value = Secret.Mask,
        Where = Where(entry),
        Why = $"The password ends with \"{entry.Value![^1]}\", as other values of this file do: an environment file has no such separator.",
        Fix = $"Remove the \"{entry.Value[^1]}\" at the end of the line.",
        Changes = [new SettingChange(entry.Name, null)],
        IsBlocking = false,
        IsAdviceWhenHealthy = true,
    };
}
