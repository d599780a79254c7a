using Microsoft.Extensions.Configuration;

namespace Sendwright.Settings;

/// <summary>Reads the section <c>Mail</c> of an application's configuration. Wrong settings come back as problems, never as exceptions.</summary>
public static class MailSettingsReader
{
    /// <summary>Reads the section <c>Mail</c> of a configuration.</summary>
    /// <param name="configuration">The whole configuration, not the section.</param>
    /// <param name="options">Settings given in code, which win over the configuration's.</param>
    public static SettingsReading Read(IConfiguration configuration, MailOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return options is null
            ? SettingsInterpreter.Interpret(Source(configuration))
            : SettingsInterpreter.Interpret(Source(configuration), options.ToSource());
    }

    /// <summary>Reads settings given in code.</summary>
    public static SettingsReading Read(MailOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return SettingsInterpreter.Interpret(options.ToSource());
    }

    /// <summary>Reads the routes of the section, <c>Mail:Routes:NAME</c>; null where it has none, so that it names a single upstream.</summary>
    /// <param name="configuration">The whole configuration, not the section.</param>
    /// <param name="options">Settings given in code, which win over what the configuration has for all routes.</param>
    /// <remarks>
    /// From, FromName, LocalName, CaFile and Timeouts beneath <c>Mail</c> itself hold for each route that does not say otherwise, and the keys of <c>Mail:Dkim</c> sign
    /// for all. A server or a login there is a problem.
    /// </remarks>
    public static RoutesReading? ReadRoutes(IConfiguration configuration, MailOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return RoutesInterpreter.Interpret(Keys(configuration, MailSectionSource.Section), keys => Source(keys, MailSectionSource.Section), options?.ToSource());
    }

    /// <summary>The section's keys, to be laid under others.</summary>
    /// <param name="configuration">The whole configuration, not the section.</param>
    /// <param name="section">Where the keys stand, such as <c>Mail:Routes:Backup</c>.</param>
    internal static SettingsSource Source(IConfiguration configuration, string section = MailSectionSource.Section) => Source(Keys(configuration, section), section);

    private static List<MailSectionKey> Keys(IConfiguration configuration, string section)
    {
        var keys = new List<MailSectionKey>();
        foreach (var (path, value) in configuration.GetSection(section).AsEnumerable(makePathsRelative: true))
        {
            if (value is not null && path.Length > 0)
                keys.Add(Named(section, path, value, configuration));
        }

        return keys;
    }

    private static SettingsSource Source(IReadOnlyList<MailSectionKey> keys, string section)
    {
        var fromEnvironment = keys.Count > 0 && keys.Count(key => key.Name.Contains("__", StringComparison.Ordinal)) * 2 > keys.Count;
        return MailSectionSource.Of(
            keys.OrderBy(key => key.Path, StringComparer.OrdinalIgnoreCase),
            fromEnvironment ? "environment" : keys.Select(key => key.Where).FirstOrDefault(where => where is not null) ?? "configuration",
            Vocabulary(section, fromEnvironment));
    }

    private static SettingsVocabulary Vocabulary(string section, bool isEnvironment)
    {
        if (section == MailSectionSource.Section)
            return isEnvironment ? SettingsVocabulary.SendwrightEnvironment : SettingsVocabulary.Sendwright;
        return isEnvironment
            ? SettingsVocabulary.ForSection(section.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal), "__")
            : SettingsVocabulary.ForSection(section, ConfigurationPath.KeyDelimiter);
    }

    /// <summary>A provider does not say where a value stands, but the last one that has the key is the one that counts, and its kind tells how the owner writes the name.</summary>
    private static MailSectionKey Named(string section, string path, string value, IConfiguration configuration)
    {
        var full = ConfigurationPath.Combine(section, path);
        var provider = (configuration as IConfigurationRoot)?.Providers.LastOrDefault(provider => provider.TryGet(full, out _))?.ToString() ?? "";
        if (provider.StartsWith("EnvironmentVariables", StringComparison.Ordinal))
            return new MailSectionKey(path, full.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal), value, null);
        if (provider.StartsWith("CommandLine", StringComparison.Ordinal))
            return new MailSectionKey(path, "--" + full, value, null);
        return new MailSectionKey(path, full, value, FileOf(provider));
    }

    // File providers print as: JsonConfigurationProvider for 'appsettings.json' (Optional)
    private static string? FileOf(string provider)
    {
        var start = provider.IndexOf(" for '", StringComparison.Ordinal);
        var end = provider.LastIndexOf("' (", StringComparison.Ordinal);
        return start > 0 && end > start ? provider[(start + " for '".Length)..end] : null;
    }
}
