using Sendwright.Diagnosis;
using Sendwright.Settings;

namespace Sendwright.Doctor.ForeignSettings;

/// <summary>
/// The environment file of an application that sends with fastapi-mail. Its <c>ConnectionConfig</c> takes names without regard to case. Since 1.2.0 it reads
/// <c>MAIL_STARTTLS</c> and <c>MAIL_SSL_TLS</c>, before that <c>MAIL_TLS</c> and <c>MAIL_SSL</c>; which version is in use a file does not say, and the application's
/// code may pass on any name. What follows from the names alone is therefore advice where the connection works.
/// </summary>
internal static class FastApiMailSettings
{
    public const string Framework = "fastapi-mail";

    private const string RenamedIn = "1.2.0";

    /// <summary>Each setting's names, the one of the present version first.</summary>
    private static readonly (SettingKey Key, string[] Names)[] Names =
    [
        (SettingKey.Host, ["MAIL_SERVER", "HOST"]),
        (SettingKey.Port, ["MAIL_PORT", "PORT"]),
        (SettingKey.StartTlsFlag, ["MAIL_STARTTLS", "MAIL_TLS", "USE_TLS"]),
        (SettingKey.ImplicitTlsFlag, ["MAIL_SSL_TLS", "MAIL_SSL", "USE_SSL"]),
        (SettingKey.Username, ["MAIL_USERNAME", "USERNAME"]),
        (SettingKey.Password, ["MAIL_PASSWORD", "PASSWORD"]),
        (SettingKey.UseCredentials, ["USE_CREDENTIALS"]),
        (SettingKey.ValidateCertificates, ["VALIDATE_CERTS"]),
        (SettingKey.From, ["MAIL_FROM"]),
        (SettingKey.FromName, ["MAIL_FROM_NAME"]),
        (SettingKey.CaFile, ["CERT_BUNDLE"]),
        (SettingKey.LocalName, ["LOCAL_HOSTNAME"]),
        (SettingKey.Timeout, ["TIMEOUT"]),
        (SettingKey.SuppressSend, ["SUPPRESS_SEND"]),
    ];

    /// <summary>What other frameworks and habit call them.</summary>
    private static readonly Dictionary<string, string> Unread = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MAIL_HOST"] = "MAIL_SERVER", ["MAIL_SMTP_SERVER"] = "MAIL_SERVER", ["MAIL_HOSTNAME"] = "MAIL_SERVER",
        ["MAIL_USER"] = "MAIL_USERNAME", ["MAIL_LOGIN"] = "MAIL_USERNAME",
        ["MAIL_PASS"] = "MAIL_PASSWORD", ["MAIL_PWD"] = "MAIL_PASSWORD",
        ["MAIL_SENDER"] = "MAIL_FROM", ["MAIL_DEFAULT_SENDER"] = "MAIL_FROM", ["MAIL_FROM_ADDRESS"] = "MAIL_FROM", ["MAIL_FROM_EMAIL"] = "MAIL_FROM",
        ["MAIL_USE_TLS"] = "MAIL_STARTTLS", ["MAIL_USE_SSL"] = "MAIL_SSL_TLS",
        ["MAIL_USE_CREDENTIALS"] = "USE_CREDENTIALS", ["MAIL_VALIDATE_CERTS"] = "VALIDATE_CERTS", ["MAIL_TIMEOUT"] = "TIMEOUT",
        ["MAIL_SUPPRESS_SEND"] = "SUPPRESS_SEND", ["MAIL_LOCAL_HOSTNAME"] = "LOCAL_HOSTNAME", ["MAIL_CERT_BUNDLE"] = "CERT_BUNDLE",
    };

    /// <summary>Names that it reads and that say nothing about the connection.</summary>
    private static readonly string[] OfNoConcern = ["MAIL_DEBUG", "TEMPLATE_FOLDER"];

    private static readonly string[] AllNames = [.. Names.SelectMany(known => known.Names), .. OfNoConcern];

    /// <summary>Makes a source of a parsed file.</summary>
    public static SettingsSource Source(DotEnvFile file)
    {
        var bindings = new DotEnvBindings(file, Framework);
        var entries = new List<RawSetting>();
        foreach (var (key, names) in Names)
        {
            if (Pick(key, names, bindings) is { } entry)
                entries.Add(bindings.ToSetting(key, entry));
        }

        var source = new SettingsSource
        {
            Name = "fastapi-mail .env",
            Vocabulary = Vocabulary(entries),
            File = file.Path,
            Entries = entries,
            Problems =
            [
                .. bindings.Problems(Meaning),
                .. UnreadNames(bindings),
            ],
        };
        return source with { Problems = [.. source.Problems, .. Completeness(source)] };
    }

    /// <summary>Whether the file is written for fastapi-mail, judged by the names that only it reads.</summary>
    public static bool Fits(DotEnvFile file)
    {
        var names = file.Entries.Select(entry => entry.Name).Concat(file.Errors.Select(error => error.Name ?? "")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Overlaps(["MAIL_STARTTLS", "MAIL_SSL_TLS", "MAIL_TLS", "MAIL_SSL"]))
            return true;
        // Flask-Mail shares MAIL_SERVER and says MAIL_USE_TLS.
        if (names.Contains("MAIL_SERVER"))
            return !names.Overlaps(["MAIL_USE_TLS", "MAIL_USE_SSL"]);
        return names.Contains("HOST") && (names.Overlaps(["USE_TLS", "USE_SSL", "USE_CREDENTIALS", "VALIDATE_CERTS"]) || names.IsSupersetOf(["USERNAME", "PASSWORD"]));
    }

    private static DotEnvEntry? Pick(SettingKey key, string[] names, DotEnvBindings bindings)
    {
        // HOST and PORT alone are more often the web server's own: the port belongs to mail only where the host does.
        if (key is SettingKey.Port && bindings.Find("MAIL_SERVER") is not null)
            names = names[..1];
        return names.Select(bindings.Find).FirstOrDefault(entry => entry is not null);
    }

    private static SettingKey? Meaning(string name)
    {
        foreach (var (key, names) in Names)
        {
            if (names.Contains(name, StringComparer.OrdinalIgnoreCase))
                return key;
        }

        return null;
    }

    /// <summary>The names that current versions read.</summary>
    public static SettingsVocabulary CurrentNames { get; } = Vocabulary([]);

    private static SettingsVocabulary Vocabulary(List<RawSetting> entries)
    {
        var names = Names.ToDictionary(known => known.Key, known => entries.Find(entry => entry.Key == known.Key)?.Name ?? known.Names[0]);
        PairFlags(names, SettingKey.StartTlsFlag, SettingKey.ImplicitTlsFlag, entries);
        PairFlags(names, SettingKey.ImplicitTlsFlag, SettingKey.StartTlsFlag, entries);
        names[SettingKey.Security] = $"{names[SettingKey.StartTlsFlag]} and {names[SettingKey.ImplicitTlsFlag]}";
        return new SettingsVocabulary
        {
            Framework = Framework,
            Names = names,
            SecurityValues = new Dictionary<ConnectionSecurity, IReadOnlyList<SettingChange>>
            {
                [ConnectionSecurity.None] = Flags("False", "False"),
                [ConnectionSecurity.StartTls] = Flags("True", "False"),
                [ConnectionSecurity.Implicit] = Flags("False", "True"),
            },
        };

        SettingChange[] Flags(string startTls, string implicitTls) =>
            [new(names[SettingKey.StartTlsFlag], startTls), new(names[SettingKey.ImplicitTlsFlag], implicitTls)];
    }

    /// <summary>A file that has one flag by its old name gets the other by its old name too.</summary>
    private static void PairFlags(Dictionary<SettingKey, string> names, SettingKey present, SettingKey absent, List<RawSetting> entries)
    {
        if (entries.Exists(entry => entry.Key == present) && !entries.Exists(entry => entry.Key == absent))
            names[absent] = NamesOf(absent)[Array.FindIndex(NamesOf(present), name => name.Equals(names[present], StringComparison.OrdinalIgnoreCase))];
    }

    private static string[] NamesOf(SettingKey key) => Names.First(known => known.Key == key).Names;

    private static IEnumerable<SettingProblem> UnreadNames(DotEnvBindings bindings)
    {
        foreach (var entry in bindings.All)
        {
            if (entry.Value is null || AllNames.Contains(entry.Name, StringComparer.OrdinalIgnoreCase))
                continue;
            var meant = Unread.GetValueOrDefault(entry.Name);
            if (meant is null && entry.Name.StartsWith("MAIL", StringComparison.OrdinalIgnoreCase))
                meant = SettingNames.Nearest(entry.Name, AllNames.Where(name => name.StartsWith("MAIL", StringComparison.Ordinal)));
            // Another name for a setting that is there anyway harms nobody.
            if (meant is null || Meaning(meant) is not { } key || bindings.Find(meant) is not null)
                continue;
            yield return new SettingProblem
            {
                Code = FaultCodes.ConfigMissing,
                Key = key,
                Name = entry.Name,
                Value = SettingMask.Show(key, entry.Value),
                Where = bindings.Where(entry),
                Why = $"fastapi-mail does not read {entry.Name}: the setting is called {meant}.",
                Fix = $"Rename it to {meant}.",
                Changes = [new SettingChange(meant, key is SettingKey.Password ? null : entry.Value)],
                IsBlocking = false,
                IsAdviceWhenHealthy = true,
            };
        }
    }

    /// <summary>What <c>ConnectionConfig</c> demands and the file lacks. The application's code may give it, so nothing of it stops a probe.</summary>
    private static IEnumerable<SettingProblem> Completeness(SettingsSource source)
    {
        var vocabulary = source.Vocabulary;
        var startTls = Entry(SettingKey.StartTlsFlag);
        var implicitTls = Entry(SettingKey.ImplicitTlsFlag);
        if (Renamed(startTls, "MAIL_TLS", "MAIL_STARTTLS") is { } renamed)
            yield return renamed;
        else if (Renamed(implicitTls, "MAIL_SSL", "MAIL_SSL_TLS") is { } alsoRenamed)
            yield return alsoRenamed;
        else if (startTls is null || implicitTls is null)
            yield return Lacking(startTls is null ? SettingKey.StartTlsFlag : SettingKey.ImplicitTlsFlag, "Set it: with port 587 " + Say(ConnectionSecurity.StartTls) + ", with port 465 " + Say(ConnectionSecurity.Implicit) + ".");

        if (Entry(SettingKey.Port) is null)
            yield return Lacking(SettingKey.Port, "Set it to 587 (STARTTLS) or 465 (implicit TLS), whichever your provider names.");
        if (Entry(SettingKey.From) is null)
            yield return Lacking(SettingKey.From, "Set it to the address that mail comes from.");
        if (Entry(SettingKey.Username) is null or { IsEmpty: true } && Entry(SettingKey.Password) is null or { IsEmpty: true } && FlagText.Read(Entry(SettingKey.UseCredentials)?.Value ?? "True") is not false)
        {
            yield return Lacking(
                SettingKey.Username,
                $"Set {vocabulary.NameOf(SettingKey.Username)} and {vocabulary.NameOf(SettingKey.Password)}, or USE_CREDENTIALS=False where the server wants no login.",
                Entry(SettingKey.Username) is null ? null : "fastapi-mail logs in with an empty user name unless USE_CREDENTIALS is False.") with
            {
                // Two empty lines are in the file; only absent ones can be the code's business.
                IsAdviceWhenHealthy = Entry(SettingKey.Username) is null,
            };
        }

        RawSetting? Entry(SettingKey key) => source.Entries.FirstOrDefault(entry => entry.Key == key);

        string Say(ConnectionSecurity security) => string.Join(" and ", vocabulary.Express(security).Select(change => $"{change.Name}={change.Value}"));

        SettingProblem Lacking(SettingKey key, string fix, string? why = null) => new()
        {
            Code = FaultCodes.ConfigMissing,
            Key = key,
            Name = vocabulary.NameOf(key),
            Value = Entry(key)?.Value,
            Where = Entry(key)?.Where ?? source.File,
            Why = why ?? $"fastapi-mail needs {vocabulary.NameOf(key)}, and the file does not have it.",
            Fix = fix,
            Changes = [new SettingChange(vocabulary.NameOf(key), null)],
            IsBlocking = false,
            IsAdviceWhenHealthy = true,
        };
    }

    private static SettingProblem? Renamed(RawSetting? flag, string old, string present) =>
        flag is null || !flag.Name.Equals(old, StringComparison.OrdinalIgnoreCase) ? null : new SettingProblem
        {
            Code = FaultCodes.ConfigMissing,
            Key = flag.Key,
            Name = flag.Name,
            Value = flag.Value,
            Where = flag.Where,
            Why = $"fastapi-mail reads {present} since {RenamedIn}, and no longer {old}.",
            Fix = $"With fastapi-mail {RenamedIn} or later rename MAIL_TLS to MAIL_STARTTLS and MAIL_SSL to MAIL_SSL_TLS, unless the application's code passes them on.",
            Changes = [new SettingChange(present, flag.Value)],
            IsBlocking = false,
            IsAdviceWhenHealthy = true,
        };
}
