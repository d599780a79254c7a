using Sendwright.Diagnosis;

namespace Sendwright.Settings;

/// <summary>
/// The library's own section <c>Mail</c>, from wherever its keys come: configuration, an environment file, JSON. Knows its names, and sees the ones that are misspelt.
/// </summary>
internal static class MailSectionSource
{
    public const string Section = "Mail";

    private const string PinnedCertificates = "PinnedCertificates";

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
        ["ClientCertificateKey"] = SettingKey.ClientCertificateKey,
        ["ClientCertificatePassword"] = SettingKey.ClientCertificatePassword,
        ["ClientCertificatePasswordFile"] = SettingKey.ClientCertificatePasswordFile,
        [PinnedCertificates] = SettingKey.PinnedCertificates,
        ["MinimumTls"] = SettingKey.MinimumTls,
        ["Proxy"] = SettingKey.Proxy,
        ["BindAddress"] = SettingKey.BindAddress,
        ["AllRecipientsOrNone"] = SettingKey.AllRecipientsOrNone,
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
        ["ClientCert"] = "ClientCertificate", ["HttpProxy"] = "Proxy", ["ProxyUrl"] = "Proxy", ["LocalAddress"] = "BindAddress", ["SourceAddress"] = "BindAddress",
        ["MinTls"] = "MinimumTls", ["TlsVersion"] = "MinimumTls", ["MinimumTlsVersion"] = "MinimumTls", ["Fingerprint"] = PinnedCertificates, ["Fingerprints"] = PinnedCertificates,
        ["ConnectionString"] = "Url", ["Uri"] = "Url", ["Dsn"] = "Url",
    };

    /// <summary>The sections beneath it, each with what all of its names mean.</summary>
    private static readonly Dictionary<string, (SettingKey Key, IReadOnlyList<string> Names)> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Timeouts"] = (SettingKey.Timeout, TimeLimit.Names),
        ["Pool"] = (SettingKey.Pool, PoolSettingName.All),
        ["Limits"] = (SettingKey.Limits, RateSettingName.All),
    };

    /// <summary>Sections beneath it that others read.</summary>
    private static readonly string[] OtherSections = ["Routes", DkimSettingName.Section];

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
        if (path.Split(':') is not [var section, var leaf])
            return null;
        // A list: one fingerprint an element.
        if (section.Equals(PinnedCertificates, StringComparison.OrdinalIgnoreCase))
            return SettingKey.PinnedCertificates;
        if (!Sections.TryGetValue(section, out var known))
            return null;
        part = known.Names.FirstOrDefault(name => name.Equals(leaf, StringComparison.OrdinalIgnoreCase));
        return part is null ? null : known.Key;
    }

    private static SettingProblem? Unread(MailSectionKey key)
    {
        // An empty section is a key with an empty value to some sources.
        if (Sections.TryGetValue(key.Path, out var section))
            return string.IsNullOrWhiteSpace(key.Value) ? null : SectionAsSetting(key, section.Key, section.Names);
        if (Meant(key.Path) is not { } meant || Meaning(meant) is not { } meaning)
            return null;

        var right = Renamed(key, meant);
        return Problem(
            key, meaning, $"Nothing reads the name {key.Name}: the setting is called {right}.", $"Rename it to {right}.",
            [new SettingChange(right, SettingSlots.Of(meaning) is SettingKey.Password or SettingKey.Url or SettingKey.ClientCertificatePassword or SettingKey.Proxy ? null : key.Value)]);
    }

    /// <summary>The whole name with another path at its end. In the environment two underscores stand for a colon.</summary>
    private static string Renamed(MailSectionKey key, string path)
    {
        foreach (var separator in (string[])[":", "__"])
        {
            var written = key.Path.Replace(":", separator, StringComparison.Ordinal);
            if (key.Name.EndsWith(written, StringComparison.OrdinalIgnoreCase) && (separator == "__" || !key.Name.Contains("__", StringComparison.Ordinal)))
                return key.Name[..^written.Length] + path.Replace(":", separator, StringComparison.Ordinal);
        }

        return path;
    }

    /// <summary>The path that was meant by one that nobody reads; null where none is near.</summary>
    private static string? Meant(string path) => path.Split(':') switch
    {
        [var name] => Foreign.GetValueOrDefault(name) ?? SettingNames.Nearest(name, [.. Known.Keys, .. Sections.Keys, .. OtherSections]),
        [var name, var leaf] when (Sections.ContainsKey(name) ? name : SettingNames.Nearest(name, [.. Sections.Keys, .. OtherSections])) is { } section
            && Sections.TryGetValue(section, out var known)
            && (known.Names.FirstOrDefault(one => one.Equals(leaf, StringComparison.OrdinalIgnoreCase)) ?? SettingNames.Nearest(leaf, known.Names)) is { } right => $"{section}:{right}",
        _ => null,
    };

    private static SettingProblem SectionAsSetting(MailSectionKey key, SettingKey meaning, IReadOnlyList<string> names) =>
        Problem(key, meaning, $"{key.Name} is a section, and its own value is not read.", $"Use {string.Join(", ", names.SkipLast(1))} or {names[^1]} beneath it.", []);

    private static SettingProblem Problem(MailSectionKey key, SettingKey meaning, string why, string fix, IReadOnlyList<SettingChange> changes) => new()
    {
        Code = FaultCodes.ConfigMissing,
        Key = meaning,
        Name = key.Name,
        Value = SettingMask.Show(meaning, key.Value),
        Where = key.Where,
        Why = why,
        Fix = fix,
        Changes = changes,
        IsBlocking = false,
        IsAdviceWhenHealthy = true,
    };
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
