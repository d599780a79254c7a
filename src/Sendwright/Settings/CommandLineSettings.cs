namespace Sendwright.Settings;

/// <summary>The connection options of the tool, as typed.</summary>
internal sealed record CommandLineSettings
{
    public string? Host { get; init; }

    /// <summary>The port as typed: that it is no number is a finding like others.</summary>
    public string? Port { get; init; }

    public string? Security { get; init; }

    public string? Username { get; init; }

    /// <summary>The password, from wherever it was read. Never from an argument: those are visible to every process.</summary>
    public Secret? Password { get; init; }

    /// <summary>Where the password was read, such as <c>$SMTP_PASSWORD (--password-env)</c>.</summary>
    public string? PasswordOrigin { get; init; }

    /// <summary>A URL with its secret, read from a variable.</summary>
    public Secret? Url { get; init; }

    /// <summary>Where the URL was read, such as <c>$SMTP_URL (--url-env)</c>.</summary>
    public string? UrlOrigin { get; init; }

    public string? From { get; init; }

    public IReadOnlyList<string> To { get; init; } = [];

    public string? Helo { get; init; }

    public string? CaFile { get; init; }

    public SettingsSource ToSource()
    {
        var entries = new List<RawSetting>();
        Add(SettingKey.Url, Url?.Reveal(), UrlOrigin);
        Add(SettingKey.Host, Host);
        Add(SettingKey.Port, Port);
        Add(SettingKey.Security, Security);
        Add(SettingKey.Username, Username);
        Add(SettingKey.Password, Password?.Reveal(), PasswordOrigin);
        Add(SettingKey.From, From);
        foreach (var recipient in To)
            Add(SettingKey.To, recipient);
        Add(SettingKey.LocalName, Helo);
        Add(SettingKey.CaFile, CaFile);
        return new SettingsSource { Name = "command line", Vocabulary = SettingsVocabulary.CommandLine, Entries = entries };

        void Add(SettingKey key, string? value, string? origin = null)
        {
            if (value is not null)
                entries.Add(new RawSetting { Key = key, Name = origin ?? SettingsVocabulary.CommandLine.NameOf(key), Value = value });
        }
    }
}
