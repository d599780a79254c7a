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

    /// <summary>A certificate to show to a server that asks for one: a PEM file with its private key, or a PFX file.</summary>
    /// <value>None: none is shown.</value>
    public string? ClientCertificate { get; set; }

    /// <summary>A PEM file with the private key, where it is not in the certificate's file.</summary>
    /// <value>None.</value>
    public string? ClientCertificateKey { get; set; }

    /// <summary>What opens the private key or the PFX file.</summary>
    /// <value>None.</value>
    public string? ClientCertificatePassword { get; set; }

    /// <summary>A file that holds what opens it; one newline at its end is no part of it.</summary>
    /// <value>None.</value>
    public string? ClientCertificatePasswordFile { get; set; }

    /// <summary>The SHA-256 fingerprints of the server's certificate, with or without colons. Where there are any, the certificate must have one of them.</summary>
    /// <value>None: the certificate is judged by its issuers, names and dates.</value>
    public IList<string> PinnedCertificates { get; } = [];

    /// <summary>The oldest TLS version to accept.</summary>
    /// <value><see cref="TlsVersion.Tls12"/>.</value>
    public TlsVersion? MinimumTls { get; set; }

    /// <summary>The HTTP proxy to connect through, <c>http://[user:secret@]host:port</c>.</summary>
    /// <value>None: the server is connected to directly.</value>
    public string? Proxy { get; set; }

    /// <summary>The address of this machine to connect from.</summary>
    /// <value>None: the system chooses.</value>
    public string? BindAddress { get; set; }

    /// <summary>Whether a message goes to nobody where one of its recipients is refused.</summary>
    /// <value>False: it goes to those that are accepted.</value>
    public bool? AllRecipientsOrNone { get; set; }

    /// <summary>How connections are kept and used, as far as it differs from the defaults.</summary>
    public MailPoolOptions Pool { get; } = new();

    /// <summary>How many messages the server is given in a time.</summary>
    public MailLimitOptions Limits { get; } = new();

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
        Add(SettingKey.ClientCertificate, ClientCertificate);
        Add(SettingKey.ClientCertificateKey, ClientCertificateKey);
        Add(SettingKey.ClientCertificatePassword, ClientCertificatePassword);
        Add(SettingKey.ClientCertificatePasswordFile, ClientCertificatePasswordFile);
        foreach (var fingerprint in PinnedCertificates)
            Add(SettingKey.PinnedCertificates, fingerprint);
        Add(SettingKey.MinimumTls, MinimumTls switch { null => null, TlsVersion.Tls12 => "1.2", TlsVersion.Tls13 => "1.3", var other => other.ToString() });
        Add(SettingKey.Proxy, Proxy);
        Add(SettingKey.BindAddress, BindAddress);
        Add(SettingKey.AllRecipientsOrNone, AllRecipientsOrNone?.ToString());
        Add(SettingKey.LocalName, LocalName);
        foreach (var (limit, value) in Timeouts.Given)
            AddPart(SettingKey.Timeout, nameof(Timeouts), limit, value.ToString("c"));
        foreach (var (name, value) in Pool.Given)
            AddPart(SettingKey.Pool, nameof(Pool), name, value);
        foreach (var (name, value) in Limits.Given)
            AddPart(SettingKey.Limits, nameof(Limits), name, value);
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

        void AddPart(SettingKey key, string section, string name, string value) =>
            entries.Add(new RawSetting { Key = key, Name = $"{nameof(MailOptions)}.{section}.{name}", Part = name, Value = value });

        void Add(SettingKey key, string? value)
        {
            if (value is not null)
                entries.Add(new RawSetting { Key = key, Name = SettingsVocabulary.Options.NameOf(key), Value = value });
        }
    }
}
