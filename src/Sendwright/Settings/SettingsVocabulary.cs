using System.Globalization;

namespace Sendwright.Settings;

/// <summary>How one framework names its settings and writes their values, so that a fix can be said in its user's own words.</summary>
public sealed record SettingsVocabulary
{
    /// <summary>The framework's name, such as <c>fastapi-mail</c>.</summary>
    public required string Framework { get; init; }

    /// <summary>The name of each setting the framework has.</summary>
    public required IReadOnlyDictionary<SettingKey, string> Names { get; init; }

    /// <summary>What to set for each TLS mode.</summary>
    public required IReadOnlyDictionary<ConnectionSecurity, IReadOnlyList<SettingChange>> SecurityValues { get; init; }

    /// <summary>The names of the library's own section in JSON.</summary>
    public static SettingsVocabulary Sendwright { get; } = ForSection(MailSectionSource.Section, ":");

    /// <summary>The names of the library's own section in environment variables.</summary>
    public static SettingsVocabulary SendwrightEnvironment { get; } = ForSection(MailSectionSource.Section, "__");

    /// <summary>The names of one route's settings, in JSON or in environment variables.</summary>
    internal static SettingsVocabulary ForRoute(string name, bool inEnvironment)
    {
        var separator = inEnvironment ? "__" : ":";
        return ForSection($"Mail{separator}{RouteKeys.Section}{separator}{name}", separator);
    }

    /// <summary>The names of the settings given in code.</summary>
    public static SettingsVocabulary Options { get; } = ForSection("MailOptions", ".");

    /// <summary>The names of the tool's options.</summary>
    public static SettingsVocabulary CommandLine { get; } = new()
    {
        Framework = "command line",
        Names = new Dictionary<SettingKey, string>
        {
            [SettingKey.Url] = "--url-env",
            [SettingKey.Host] = "--host",
            [SettingKey.Port] = "--port",
            [SettingKey.Security] = "--security",
            [SettingKey.Username] = "--username",
            [SettingKey.Password] = "--password-env",
            [SettingKey.From] = "--from",
            [SettingKey.To] = "--to",
            [SettingKey.CaFile] = "--ca-file",
            [SettingKey.LocalName] = "--helo",
            [SettingKey.Timeout] = "--timeout",
        },
        SecurityValues = OneValue("--security", "none", "starttls", "implicit"),
    };

    /// <summary>Plain words, for a text that does not tell whose settings it is about.</summary>
    public static SettingsVocabulary Plain { get; } = new()
    {
        Framework = "unknown",
        Names = new Dictionary<SettingKey, string>
        {
            [SettingKey.Host] = "the mail server's name",
            [SettingKey.Port] = "the port",
            [SettingKey.Security] = "the TLS mode",
            [SettingKey.Username] = "the user name",
            [SettingKey.Password] = "the password",
            [SettingKey.From] = "the from address",
            [SettingKey.CaFile] = "the trusted certificates",
            [SettingKey.ClientCertificate] = "the client certificate",
            [SettingKey.PinnedCertificates] = "the pinned certificates",
            [SettingKey.MinimumTls] = "the oldest TLS version to accept",
            [SettingKey.Proxy] = "the proxy",
            [SettingKey.BindAddress] = "the address to connect from",
            [SettingKey.LocalName] = "the EHLO name",
            [SettingKey.Timeout] = "the time limit",
        },
        SecurityValues = OneValue("the TLS mode", "none", "STARTTLS", "implicit TLS"),
    };

    /// <summary>Whether its names are words and not settings.</summary>
    public bool IsPlain => ReferenceEquals(Names, Plain.Names);

    /// <summary>The setting's name, or the library's own name for it where the framework has none.</summary>
    public string NameOf(SettingKey key) => Names.TryGetValue(key, out var name) ? name : SendwrightName(key);

    /// <summary>What to set to get this TLS mode.</summary>
    public IReadOnlyList<SettingChange> Express(ConnectionSecurity security) => SecurityValues.TryGetValue(security, out var changes) ? changes : [];

    /// <summary>What to set to get this port and TLS mode.</summary>
    public IReadOnlyList<SettingChange> Express(int port, ConnectionSecurity security) =>
        [new SettingChange(NameOf(SettingKey.Port), port.ToString(CultureInfo.InvariantCulture)), .. Express(security)];

    private static string SendwrightName(SettingKey key) => Sendwright.Names.TryGetValue(key, out var name) ? name : key.ToString();

    /// <summary>The library's own names beneath a section.</summary>
    /// <param name="section">The section, its parts separated as its names are.</param>
    /// <param name="separator">What stands between the parts of a name: a colon, or two underscores in the environment.</param>
    internal static SettingsVocabulary ForSection(string section, string separator)
    {
        var prefix = section + separator;
        SettingKey[] keys =
        [
            SettingKey.Url, SettingKey.Host, SettingKey.Port, SettingKey.Security, SettingKey.Username, SettingKey.Password,
            SettingKey.PasswordFile, SettingKey.From, SettingKey.FromName, SettingKey.CaFile, SettingKey.ClientCertificate, SettingKey.LocalName,
            SettingKey.ClientCertificateKey, SettingKey.ClientCertificatePassword, SettingKey.ClientCertificatePasswordFile, SettingKey.PinnedCertificates,
            SettingKey.MinimumTls, SettingKey.Proxy, SettingKey.BindAddress, SettingKey.AllRecipientsOrNone,
        ];
        var names = keys.ToDictionary(key => key, key => prefix + key);
        names[SettingKey.Timeout] = prefix + "Timeouts" + separator + nameof(MailTimeouts.Connect);
        names[SettingKey.Pool] = prefix + "Pool" + separator + nameof(PoolSettings.Connections);
        names[SettingKey.Limits] = prefix + "Limits" + separator + nameof(RateLimits.PerSecond);
        return new SettingsVocabulary
        {
            Framework = "Sendwright",
            Names = names,
            SecurityValues = OneValue(prefix + "Security", "None", "StartTls", "Implicit"),
        };
    }

    private static Dictionary<ConnectionSecurity, IReadOnlyList<SettingChange>> OneValue(string name, string none, string startTls, string tls) => new()
    {
        [ConnectionSecurity.None] = [new SettingChange(name, none)],
        [ConnectionSecurity.StartTls] = [new SettingChange(name, startTls)],
        [ConnectionSecurity.Implicit] = [new SettingChange(name, tls)],
    };
}
