using Sendwright.Evidence;
using Sendwright.Messages;

namespace Sendwright.Settings;

/// <summary>
/// The one place that knows what settings mean. Whatever the source, its entries come here; usable settings or problems in the owner's names leave.
/// Nothing here throws because of a value: a wrong setting is a finding.
/// </summary>
internal sealed class SettingsInterpreter
{
    private readonly LayeredSettings _layers;
    private readonly SettingProblems _problems;

    private SettingsInterpreter(LayeredSettings layers)
    {
        _layers = layers;
        _problems = new SettingProblems(layers);
    }

    /// <summary>Judges the sources, the later laid over the earlier.</summary>
    public static SettingsReading Interpret(params IReadOnlyList<SettingsSource> sources)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sources.Count);
        return new SettingsInterpreter(LayeredSettings.Of(sources)).Interpret();
    }

    private SettingsReading Interpret()
    {
        var server = ServerSettings.Read(_layers, _problems);
        var login = LoginSettings.Read(_layers, _problems, server.Host);
        var from = ReadFrom();
        ReadRecipients();
        var caFile = ReadCaFile();
        var localName = ReadLocalName();
        var timeouts = ReadTimeouts();
        var dkim = DkimSettings.Read(_layers, _problems);
        var connecting = ConnectingSettings.Read(_layers, _problems);
        var pool = ThroughputSettings.ReadPool(_layers, _problems);
        var limits = ThroughputSettings.ReadLimits(_layers, _problems);
        var allOrNone = _layers.Find(SettingKey.AllRecipientsOrNone) is { IsEmpty: false } && (_problems.Flag(SettingKey.AllRecipientsOrNone) ?? false);
        ReadSuppression();
        var checksCertificate = _problems.Flag(SettingKey.ValidateCertificates) ?? true;

        var evidence = new SettingsEvidence
        {
            Source = _layers.Name,
            Vocabulary = _layers.Vocabulary,
            Host = server.Host,
            Port = server.Port,
            Security = server.Security,
            Username = login.Username is { } user ? SettingMask.Scrub(user, login.Secrets) : null,
            From = from?.Address,
            Secret = login.Shape,
            ChecksCertificate = checksCertificate,
            Problems = _problems.Without([.. login.Secrets, .. connecting.Secrets]),
        };
        if (_problems.AnyBlocks || server is not { Host: { } host, Port: { } port, Security: { } security })
            return new SettingsReading(null, evidence);

        return new SettingsReading(
            new MailSettings
            {
                Host = host,
                Port = port,
                Security = security,
                Credentials = login.Credentials,
                From = from,
                CaFile = caFile,
                ChecksCertificate = checksCertificate,
                LocalName = localName,
                Timeouts = timeouts,
                Pool = pool,
                Limits = limits,
                AllRecipientsOrNone = allOrNone,
                ClientCertificate = connecting.ClientCertificate,
                PinnedCertificates = connecting.PinnedCertificates,
                MinimumTls = connecting.MinimumTls,
                Proxy = connecting.Proxy,
                BindAddress = connecting.BindAddress,
                Dkim = dkim,
                Evidence = evidence,
            },
            evidence);
    }

    private EmailAddress? ReadFrom()
    {
        var entry = _layers.Find(SettingKey.From);
        if (entry is null or { IsEmpty: true })
            return null;
        if (AddressText.Objection("from address", entry.Value, out var address) is { } wrong)
        {
            _problems.Invalid(entry, wrong, "Write it as name@example.com.", [new SettingChange(entry.Name, null)]);
            return null;
        }

        if (_layers.Find(SettingKey.FromName) is not { IsEmpty: false } name)
            return address;
        // A line end here would become a header of its own (RFC 5322, 2.2).
        if (!name.Value.Any(char.IsControl) && FieldCharacters.FaultIn("The name", name.Value) is null)
            return new EmailAddress(address!.Address, name.Value);
        _problems.Invalid(name, "The from name has a character that no header may have.", "Write it on one line, without control characters.", [new SettingChange(name.Name, null)]);
        return address;
    }

    private void ReadRecipients()
    {
        foreach (var entry in _layers.All(SettingKey.To))
        {
            if (AddressText.Objection("recipient's address", entry.Value, out _) is { } wrong)
                _problems.Invalid(entry, wrong, "Write it as name@example.com.", [new SettingChange(entry.Name, null)]);
        }
    }

    private string? ReadCaFile()
    {
        if (_layers.Find(SettingKey.CaFile) is not { IsEmpty: false } entry)
            return null;
        if (RootsFile.Objection(entry.Value) is not { } wrong)
            return entry.Value;
        _problems.Invalid(entry, $"The setting {wrong}.", "Set it to a file of certificates in PEM, or remove it to trust this machine's roots.", [new SettingChange(entry.Name, null)]);
        return null;
    }

    private string? ReadLocalName()
    {
        if (_layers.Find(SettingKey.LocalName) is not { IsEmpty: false } entry)
            return null;
        // What is no domain or address literal is refused by servers (RFC 5321, 4.1.1.1); a line end would start a command of its own.
        if (!entry.Value.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return entry.Value;
        _problems.Invalid(entry, "The name for EHLO has a blank, a control character or a letter beyond ASCII in it.", "Set it to this machine's full name, such as app.example.com.", [new SettingChange(entry.Name, null)]);
        return null;
    }

    private MailTimeouts ReadTimeouts()
    {
        var timeouts = new MailTimeouts();
        foreach (var entry in _layers.All(SettingKey.Timeout).Where(entry => !entry.IsEmpty))
        {
            if (DurationText.Objection(entry.Value.Trim(), out var limit) is { } wrong)
                _problems.Invalid(entry, $"The time limit {wrong}.", "Set it to a number of seconds, such as 30, or to a time such as 00:00:30.", [new SettingChange(entry.Name, null)]);
            else
                timeouts = TimeLimit.Apply(timeouts, entry.Part, limit);
        }

        return timeouts;
    }

    private void ReadSuppression()
    {
        if (_problems.Flag(SettingKey.SuppressSend) is not true || _layers.Find(SettingKey.SuppressSend) is not { } entry)
            return;
        _problems.Invalid(
            entry,
            "Sending is switched off: the application reports success and nothing is sent.",
            "Set it to 0 where mail is to go out.",
            [new SettingChange(entry.Name, "0")],
            isBlocking: false,
            isAdvice: true);
    }
}
