namespace Sendwright.Settings;

/// <summary>Settings given in code. They are checked as those of a file are; see <see cref="MailSettingsReader"/>.</summary>
public sealed class MailOptions
{
    /// <summary>One URL for everything, such as <c>smtp://user:secret@host:587</c>.</summary>
    /// <value>None.</value>
    public string? Url { get; set; }

    /// <summary>The server's name or address.</summary>
    /// <value>None: it has to be given, here or in <see cref="Url"/>.</value>
    public string? Host { get; set; }

    /// <summary>The TCP port, 1 to 65535.</summary>
    /// <value>587, or 465 with implicit TLS.</value>
    public int? Port { get; set; }

    /// <summary>How TLS starts.</summary>
    /// <value><see cref="MailSecurity.Auto"/>.</value>
    public MailSecurity? Security { get; set; }

    /// <summary>The login's user name.</summary>
    /// <value>None: no login.</value>
    public string? Username { get; set; }

    /// <summary>The login's secret.</summary>
    /// <value>None.</value>
    public string? Password { get; set; }

    /// <summary>A file that holds the secret; one newline at its end is no part of it.</summary>
    /// <value>None.</value>
    public string? PasswordFile { get; set; }

    /// <summary>Gives OAuth 2 tokens in place of the password, for XOAUTH2 and OAUTHBEARER. It wins over a password of the configuration.</summary>
    /// <value>None: the login is made with the password.</value>
    public MailTokenSource? TokenSource { get; set; }

    /// <summary>The from address where a message has none.</summary>
    /// <value>None.</value>
    public string? From { get; set; }

    /// <summary>The name beside the from address.</summary>
    /// <value>None.</value>
    public string? FromName { get; set; }

    /// <summary>A PEM file of certificates to trust beside this machine's.</summary>
    /// <value>None: this machine's roots.</value>
    public string? CaFile { get; set; }

    /// <summary>The name given in EHLO.</summary>
    /// <value>This machine's own name.</value>
    public string? LocalName { get; set; }

    /// <summary>The time limits that differ from the defaults.</summary>
    public MailTimeoutOptions Timeouts { get; } = new();

    /// <summary>The DKIM keys that sign what is sent.</summary>
    /// <value>None: nothing is signed.</value>
    public IList<DkimOptions> Dkim { get; } = [];

    internal SettingsSource ToSource()
    {
        var entries = new List<RawSetting>();
        Add(SettingKey.Url, Url);
        Add(SettingKey.Host, Host);
        Add(SettingKey.Port, Port?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add(SettingKey.Security, Security?.ToString());
        Add(SettingKey.Username, Username);
        Add(SettingKey.Password, Password);
        Add(SettingKey.PasswordFile, PasswordFile);
        Add(SettingKey.From, From);
        Add(SettingKey.FromName, FromName);
        Add(SettingKey.CaFile, CaFile);
        Add(SettingKey.LocalName, LocalName);
        foreach (var (limit, value) in Timeouts.Given)
            entries.Add(new RawSetting { Key = SettingKey.Timeout, Name = $"{nameof(MailOptions)}.{nameof(Timeouts)}.{limit}", Part = limit, Value = value.ToString("c") });
        for (var index = 0; index < Dkim.Count; index++)
        {
            foreach (var (name, value) in Dkim[index].Given)
            {
                entries.Add(new RawSetting
                {
                    Key = DkimSettingName.Meaning(name),
                    Name = $"{nameof(MailOptions)}.{nameof(Dkim)}[{index}].{name}",
                    Part = DkimSettingName.Part($"{index:D4}", name),
                    Value = value,
                });
            }
        }

        return new SettingsSource { Name = nameof(MailOptions), Vocabulary = SettingsVocabulary.Options, Entries = entries, TokenSource = TokenSource };

        void Add(SettingKey key, string? value)
        {
            if (value is not null)
                entries.Add(new RawSetting { Key = key, Name = SettingsVocabulary.Options.NameOf(key), Value = value });
        }
    }
}
