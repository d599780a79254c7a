using Sendwright.Diagnosis;

namespace Sendwright.Settings;

/// <summary>
/// The library's own section <c>Mail</c>, from wherever its keys come: configuration, an environment file, JSON. Knows its names, and sees the ones that are misspelt.
/// </summary>
internal static class MailSectionSource
{
    public const string Section = "Mail";

    private static readonly Dictionary<string, SettingKey> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Url"] = SettingKey.Url,
        ["Host"] = SettingKey.Host,
        ["Port"] = SettingKey.Port,
        ["Security"] = SettingKey.Security,
        ["Username"] = SettingKey.Username,
        ["Password"] = SettingKey.Password,
        ["PasswordFile"] = SettingKey.PasswordFile,
        ["From"] = SettingKey.From,
        ["FromName"] = SettingKey.FromName,
        ["CaFile"] = SettingKey.CaFile,
        ["ClientCertificate"] = SettingKey.ClientCertificate,
        ["LocalName"] = SettingKey.LocalName,
    };

    /// <summary>What other libraries call these settings: a section written for one of them is not read, and says so.</summary>
    private static readonly Dictionary<string, string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Server"] = "Host", ["SmtpServer"] = "Host", ["SmtpHost"] = "Host", ["Hostname"] = "Host", ["SmtpPort"] = "Port",
        ["User"] = "Username", ["Login"] = "Username", ["SmtpUser"] = "Username", ["SmtpUsername"] = "Username",
        ["Pass"] = "Password", ["Pwd"] = "Password", ["Secret"] = "Password", ["SmtpPassword"] = "Password", ["SmtpPass"] = "Password",
        ["Ssl"] = "Security", ["UseSsl"] = "Security", ["EnableSsl"] = "Security", ["Tls"] = "Security", ["UseTls"] = "Security", ["StartTls"] = "Security", ["Encryption"] = "Security",
        ["Sender"] = "From", ["FromAddress"] = "From", ["FromEmail"] = "From", ["DefaultFrom"] = "From", ["SenderName"] = "FromName",
        ["ConnectionString"] = "Url", ["Uri"] = "Url", ["Dsn"] = "Url",
    };

    /// <summary>Sections beneath <c>Mail</c> that others read.</summary>
    private static readonly string[] OtherSections = ["Timeouts", "Pool", "Routes", DkimSettingName.Section];

    /// <summary>Makes a source of the section's keys.</summary>
    /// <param name="keys">The keys beneath <c>Mail</c>, with their path, such as <c>Timeouts:Connect</c>.</param>
    /// <param name="name">What the source is called.</param>
    /// <param name="vocabulary">The names for what is not there.</param>
    /// <param name="file">The file, where it is one.</param>
    public static SettingsSource Of(IEnumerable<MailSectionKey> keys, string name, SettingsVocabulary vocabulary, string? file = null)
    {
        var entries = new List<RawSetting>();
        var problems = new List<SettingProblem>();
        foreach (var key in keys)
        {
            if (Meaning(key.Path, out var part) is { } meaning)
                entries.Add(new RawSetting { Key = meaning, Name = key.Name, Part = part, Value = key.Value, Where = key.Where, DroppedEnd = key.DroppedEnd });
            else if ((DkimSettingName.Unread(key) ?? Unread(key)) is { } problem)
                problems.Add(problem);
        }

        return new SettingsSource { Name = name, Vocabulary = vocabulary, File = file, Entries = entries, Problems = problems };
    }

    /// <summary>What a path beneath the section means; null for one that this version does not know.</summary>
    public static SettingKey? Meaning(string path) => Meaning(path, out _);

    private static SettingKey? Meaning(string path, out string? part)
    {
        part = null;
        if (Known.TryGetValue(path, out var key))
            return key;
        if (DkimSettingName.Meaning(path, out part) is { } dkim)
            return dkim;
        if (path.Split(':') is not [var section, var limit] || !section.Equals("Timeouts", StringComparison.OrdinalIgnoreCase))
            return null;
        part = TimeLimit.Names.FirstOrDefault(name => name.Equals(limit, StringComparison.OrdinalIgnoreCase));
        return part is null ? null : SettingKey.Timeout;
    }

    private static SettingProblem? Unread(MailSectionKey key)
    {
        var colon = key.Path.LastIndexOf(':');
        var last = key.Path[(colon + 1)..];
        string? meant;
        if (colon < 0)
            meant = Foreign.GetValueOrDefault(last) ?? SettingNames.Nearest(last, [.. Known.Keys, .. OtherSections]);
        else
            meant = key.Path[..colon].Equals("Timeouts", StringComparison.OrdinalIgnoreCase) ? SettingNames.Nearest(last, TimeLimit.Names) : null;
        if (meant is null || OtherSections.Contains(meant, StringComparer.OrdinalIgnoreCase))
            return null;

        var meaning = Known.TryGetValue(meant, out var known) ? known : SettingKey.Timeout;
        var right = key.Name[..^last.Length] + meant;
        return new SettingProblem
        {
            Code = FaultCodes.ConfigMissing,
            Key = meaning,
            Name = key.Name,
            Value = SettingMask.Show(meaning, key.Value),
            Where = key.Where,
            Why = $"Nothing reads the name {key.Name}: the setting is called {right}.",
            Fix = $"Rename it to {right}.",
            Changes = [new SettingChange(right, SettingSlots.Of(meaning) is SettingKey.Password or SettingKey.Url ? null : key.Value)],
            IsBlocking = false,
            IsAdviceWhenHealthy = true,
        };
    }
}

/// <summary>A key beneath the section <c>Mail</c>.</summary>
/// <param name="Path">The path beneath the section.</param>
/// <param name="Name">The whole name as its owner wrote it.</param>
/// <param name="Value">The value, which may be a secret.</param>
/// <param name="Where">The file, and the line where it is known.</param>
/// <param name="DroppedEnd">What the file's reader cut off its end.</param>
internal readonly record struct MailSectionKey(string Path, string Name, string Value, string? Where, string? DroppedEnd = null)
{
    public override string ToString() => Name;
}
