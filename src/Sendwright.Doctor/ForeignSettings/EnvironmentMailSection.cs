using Sendwright.Settings;

namespace Sendwright.Doctor.ForeignSettings;

/// <summary>An environment file with the library's own names: <c>Mail__Host</c>.</summary>
internal static class EnvironmentMailSection
{
    private const string Prefix = MailSectionSource.Section + "__";

    public static bool Fits(DotEnvFile file) => file.Entries.Any(entry => entry.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase));

    public static SettingsSource Source(DotEnvFile file)
    {
        var bindings = new DotEnvBindings(file, "a reader of .env files");
        var keys = new List<MailSectionKey>();
        foreach (var entry in bindings.All)
        {
            if (entry.Value is not null && Path(entry.Name) is { } path)
                keys.Add(new MailSectionKey(path, entry.Name, entry.Value, bindings.Where(entry), entry.DroppedEnd));
        }

        var source = MailSectionSource.Of(keys, ".env", SettingsVocabulary.SendwrightEnvironment, file.Path);
        return source with { Problems = [.. bindings.Problems(name => Path(name) is { } path ? MailSectionSource.Meaning(path) : null), .. source.Problems] };
    }

    private static string? Path(string name) =>
        name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal) : null;
}
