using System.Globalization;
using Sendwright.Diagnosis;
using Sendwright.Providers;

namespace Sendwright.Settings;

/// <summary>Which server, which port, and how TLS starts, as far as the settings let it be made out.</summary>
internal sealed class ServerSettings
{
    private const int SubmissionPort = 587;
    private const int SubmissionsPort = 465;

    private readonly LayeredSettings _layers;
    private readonly SettingProblems _problems;

    private ServerSettings(LayeredSettings layers, SettingProblems problems)
    {
        _layers = layers;
        _problems = problems;
        Host = ReadHost();
        var flags = (_problems.Flag(SettingKey.StartTlsFlag), _problems.Flag(SettingKey.ImplicitTlsFlag));
        Port = ReadPort();
        Security = ReadSecurity(flags);
        if (_layers.Find(SettingKey.Port) is null)
            Port = Security is ConnectionSecurity.Implicit ? SubmissionsPort : SubmissionPort;
        if (Host is not null)
            CheckServer(Host);
    }

    public string? Host { get; }

    public int? Port { get; }

    public ConnectionSecurity? Security { get; }

    private SettingsVocabulary Vocabulary => _layers.Vocabulary;

    public static ServerSettings Read(LayeredSettings layers, SettingProblems problems) => new(layers, problems);

    private string? ReadHost()
    {
        if (_layers.Find(SettingKey.Host) is not { } entry || entry.IsEmpty)
        {
            if (_layers.Find(SettingKey.Url) is null || _layers.Find(SettingKey.Host) is not null)
                _problems.Missing(SettingKey.Host, "There is no mail server to connect to.", $"Set {Vocabulary.NameOf(SettingKey.Host)} to the name of your provider's SMTP server.");
            return null;
        }

        var read = HostText.Read(entry.Value);
        if (read.Wrong is null)
            return read.Host;

        // The provider of an address given in the host's place is known: its server is what was meant.
        var meant = entry.Value.Contains('@', StringComparison.Ordinal) && read.Host is not null
            ? ProviderCatalog.Default.FindByDomain(read.Host) is { Hosts: [var server, ..] } ? server.Host : read.Host
            : read.Host;
        var changes = new List<SettingChange> { new(entry.Name, meant) };
        if (read.Port is not null && _layers.Find(SettingKey.Port)?.Value != read.Port)
            changes.Add(new SettingChange(Vocabulary.NameOf(SettingKey.Port), read.Port));
        _problems.Invalid(entry, $"The host {read.Wrong}.", meant is null ? "Set it to the name of your provider's SMTP server." : $"Set it to {meant}.", changes);
        return read.Host;
    }

    private int? ReadPort()
    {
        if (_layers.Find(SettingKey.Port) is not { } entry)
            return null;
        if (entry.IsEmpty)
        {
            _problems.Missing(SettingKey.Port, "The port is empty.", "Set it to 587 (STARTTLS) or 465 (implicit TLS), whichever your provider names.");
            return null;
        }

        var read = PortText.Read(entry.Value);
        if (read.Wrong is null)
            return read.Port;
        var meant = read.Port ?? (ReadSingleSecurity() is MailSecurity.Implicit || FlagIsOn(SettingKey.ImplicitTlsFlag) ? SubmissionsPort : SubmissionPort);
        var value = meant.ToString(CultureInfo.InvariantCulture);
        _problems.Invalid(entry, $"The port {read.Wrong}.", $"Set it to {value}.", [new SettingChange(entry.Name, value)], isBlocking: !read.IsHarmless);
        return read.Port;
    }

    private ConnectionSecurity? ReadSecurity((bool? StartTls, bool? Implicit) flags)
    {
        if (_layers.Find(SettingKey.Security) is { IsEmpty: false } single)
            return ReadSingleSecurity(single) is { } security ? Decide(security) : null;

        switch (flags)
        {
            case (true, true):
                FlagsConflict();
                return null;
            case (true, _):
                return ConnectionSecurity.StartTls;
            case (_, true):
                return ConnectionSecurity.Implicit;
            // Both flags off is a decision; one off and the other unsaid is none where the port speaks for itself.
            case (false, false):
            case (false, null) when Port != SubmissionsPort && _layers.Find(SettingKey.ImplicitTlsFlag) is null:
            case (null, false) when Port == SubmissionsPort && _layers.Find(SettingKey.StartTlsFlag) is null:
                return ConnectionSecurity.None;
        }

        var flagUnreadable = _layers.Find(SettingKey.StartTlsFlag) is not null && flags.StartTls is null
            || _layers.Find(SettingKey.ImplicitTlsFlag) is not null && flags.Implicit is null;
        return flagUnreadable ? null : Decide(MailSecurity.Auto);
    }

    private MailSecurity? ReadSingleSecurity() => _layers.Find(SettingKey.Security) is { } entry ? SecurityText.Read(entry.Value) : null;

    private MailSecurity? ReadSingleSecurity(RawSetting entry)
    {
        if (SecurityText.Read(entry.Value) is { } security)
            return security;
        var port = _layers.Find(SettingKey.Port) is { } portEntry ? PortText.Read(portEntry.Value).Port : null;
        var meant = SecurityText.Guess(entry.Value, port);
        var changes = meant is { } guess ? Vocabulary.Express(guess) : [];
        _problems.Invalid(
            entry,
            "The TLS mode is not one of Auto, None, StartTls and Implicit.",
            changes is [{ Value: { } value }] ? $"Set it to {value}." : "Set it to StartTls (port 587) or Implicit (port 465).",
            changes);
        return null;
    }

    private ConnectionSecurity Decide(MailSecurity security) => security switch
    {
        MailSecurity.None => ConnectionSecurity.None,
        MailSecurity.StartTls => ConnectionSecurity.StartTls,
        MailSecurity.Implicit => ConnectionSecurity.Implicit,
        _ when Port == SubmissionsPort => ConnectionSecurity.Implicit,
        // Nothing beyond this machine can read along; development servers and local relays rarely have a certificate.
        _ when Host is not null && HostText.IsLoopback(Host) => ConnectionSecurity.None,
        _ => ConnectionSecurity.StartTls,
    };

    private void FlagsConflict()
    {
        var startTls = _layers.Find(SettingKey.StartTlsFlag)!;
        var implicitTls = _layers.Find(SettingKey.ImplicitTlsFlag)!;
        var wanted = Host is null || Port is null ? null : ProviderCatalog.Default.FindByHost(Host)?.SecurityOf(Host, Port.Value);
        wanted ??= Port switch
        {
            SubmissionsPort => ConnectionSecurity.Implicit,
            SubmissionPort or 25 or 2525 => ConnectionSecurity.StartTls,
            _ => null,
        };
        _problems.Add(new SettingProblem
        {
            Code = FaultCodes.ConfigConflict,
            Key = SettingKey.Security,
            Name = implicitTls.Name,
            Value = implicitTls.Value,
            Where = implicitTls.Where,
            Why = $"{startTls.Name} and {implicitTls.Name} are both on: a connection starts TLS at once or by STARTTLS, never both.",
            Fix = wanted is { } mode
                ? $"For port {Port} set {Phrase(Vocabulary.Express(mode))}."
                : $"With port 587 set {Phrase(Vocabulary.Express(ConnectionSecurity.StartTls))}; with port 465 set {Phrase(Vocabulary.Express(ConnectionSecurity.Implicit))}.",
            Changes = wanted is { } decided ? Vocabulary.Express(decided) : [],
        });
    }

    private void CheckServer(string host)
    {
        if (SecurityEntry() is { } chosen && ProviderCheck.Server(host, Port, Security, chosen, Vocabulary) is { } conflict)
            _problems.Add(conflict);
        else if (_layers.Find(SettingKey.Host) is { } entry && entry.Value == host && ProviderCheck.DomainAsHost(entry) is { } domain)
            _problems.Add(domain);
    }

    /// <summary>The setting that decided the TLS mode: its own, the flag that is on, or the port.</summary>
    private RawSetting? SecurityEntry() =>
        _layers.Find(SettingKey.Security)
        ?? (Security is ConnectionSecurity.Implicit && FlagIsOn(SettingKey.ImplicitTlsFlag) ? _layers.Find(SettingKey.ImplicitTlsFlag)
            : Security is ConnectionSecurity.StartTls && FlagIsOn(SettingKey.StartTlsFlag) ? _layers.Find(SettingKey.StartTlsFlag)
            : _layers.Find(SettingKey.Port));

    private bool FlagIsOn(SettingKey key) => _layers.Find(key) is { } entry && FlagText.Read(entry.Value) is true;

    private static string Phrase(IReadOnlyList<SettingChange> changes) => string.Join(" and ", changes.Select(change => $"{change.Name}={change.Value}"));
}
