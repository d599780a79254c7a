using System.Globalization;
using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Providers;

namespace Sendwright.Settings;

/// <summary>
/// The one place that knows what settings mean. Whatever the source, its entries come here; usable settings or problems in the owner's names leave.
/// Nothing here throws because of a value: a wrong setting is a finding.
/// </summary>
internal sealed class SettingsInterpreter
{
    private const int SubmissionPort = 587;
    private const int SubmissionsPort = 465;

    private readonly LayeredSettings _layers;
    private readonly List<SettingProblem> _problems = [];
    private readonly List<string> _secrets = [];

    private SettingsInterpreter(LayeredSettings layers) => _layers = layers;

    private SettingsVocabulary Vocabulary => _layers.Vocabulary;

    /// <summary>Judges the sources, the later laid over the earlier.</summary>
    public static SettingsReading Interpret(params IReadOnlyList<SettingsSource> sources)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sources.Count);
        return new SettingsInterpreter(LayeredSettings.Of(sources)).Interpret();
    }

    private SettingsReading Interpret()
    {
        _problems.AddRange(_layers.Problems);
        _secrets.AddRange(_layers.Secrets);

        var host = ReadHost();
        var flags = ReadFlags();
        var portGiven = ReadPort();
        var security = ReadSecurity(host, portGiven, flags);
        var port = portGiven ?? (_layers.Find(SettingKey.Port) is null ? security is ConnectionSecurity.Implicit ? SubmissionsPort : SubmissionPort : null);
        if (host is not null)
            CheckServer(host, port, security);
        var login = ReadLogin(host);
        var from = ReadFrom();
        ReadRecipients();
        var caFile = ReadCaFile();
        var localName = ReadLocalName();
        var timeouts = ReadTimeouts();
        RefuseUnsupported();
        ReadSuppression();
        var checksCertificate = ReadFlag(SettingKey.ValidateCertificates) ?? true;

        var evidence = new SettingsEvidence
        {
            Source = _layers.Name,
            Vocabulary = Vocabulary,
            Host = host,
            Port = port,
            Security = security,
            Username = login.Username is { } user ? SettingMask.Scrub(user, _secrets) : null,
            From = from?.Address,
            Secret = login.Shape,
            ChecksCertificate = checksCertificate,
            Problems = [.. _problems.Select(Scrubbed)],
        };
        if (_problems.Any(problem => problem.IsBlocking) || host is null || port is null || security is null)
            return new SettingsReading(null, evidence);

        return new SettingsReading(
            new MailSettings
            {
                Host = host,
                Port = port.Value,
                Security = security.Value,
                Credentials = login.Credentials,
                From = from,
                CaFile = caFile,
                ChecksCertificate = checksCertificate,
                LocalName = localName,
                Timeouts = timeouts,
                Evidence = evidence,
            },
            evidence);
    }

    private string? ReadHost()
    {
        if (_layers.Find(SettingKey.Host) is not { } entry || entry.IsEmpty)
        {
            if (_layers.Find(SettingKey.Url) is null || _layers.Find(SettingKey.Host) is not null)
                Missing(SettingKey.Host, "There is no mail server to connect to.", $"Set {Vocabulary.NameOf(SettingKey.Host)} to the name of your provider's SMTP server.");
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
        Invalid(entry, $"The host {read.Wrong}.", meant is null ? "Set it to the name of your provider's SMTP server." : $"Set it to {meant}.", changes);
        return read.Host;
    }

    private (bool? StartTls, bool? Implicit) ReadFlags() => (ReadFlag(SettingKey.StartTlsFlag), ReadFlag(SettingKey.ImplicitTlsFlag));

    private int? ReadPort()
    {
        if (_layers.Find(SettingKey.Port) is not { } entry)
            return null;
        if (entry.IsEmpty)
        {
            Missing(SettingKey.Port, "The port is empty.", "Set it to 587 (STARTTLS) or 465 (implicit TLS), whichever your provider names.");
            return null;
        }

        var read = PortText.Read(entry.Value);
        if (read.Wrong is null)
            return read.Port;
        var meant = read.Port ?? (ReadSingleSecurity() is MailSecurity.Implicit || FlagIsOn(SettingKey.ImplicitTlsFlag) ? SubmissionsPort : SubmissionPort);
        var value = meant.ToString(CultureInfo.InvariantCulture);
        Invalid(entry, $"The port {read.Wrong}.", $"Set it to {value}.", [new SettingChange(entry.Name, value)], isBlocking: !read.IsHarmless);
        return read.Port;
    }

    private ConnectionSecurity? ReadSecurity(string? host, int? port, (bool? StartTls, bool? Implicit) flags)
    {
        if (_layers.Find(SettingKey.Security) is { IsEmpty: false } single)
            return ReadSingleSecurity(single) is { } security ? Decide(security, host, port) : null;

        switch (flags)
        {
            case (true, true):
                FlagsConflict(host, port);
                return null;
            case (true, _):
                return ConnectionSecurity.StartTls;
            case (_, true):
                return ConnectionSecurity.Implicit;
            // Both flags off is a decision; one off and the other unsaid is none where the port speaks for itself.
            case (false, false):
            case (false, null) when port != SubmissionsPort && _layers.Find(SettingKey.ImplicitTlsFlag) is null:
            case (null, false) when port == SubmissionsPort && _layers.Find(SettingKey.StartTlsFlag) is null:
                return ConnectionSecurity.None;
        }

        var flagUnreadable = _layers.Find(SettingKey.StartTlsFlag) is not null && flags.StartTls is null
            || _layers.Find(SettingKey.ImplicitTlsFlag) is not null && flags.Implicit is null;
        return flagUnreadable ? null : Decide(MailSecurity.Auto, host, port);
    }

    private MailSecurity? ReadSingleSecurity() => _layers.Find(SettingKey.Security) is { } entry ? SecurityText.Read(entry.Value) : null;

    private MailSecurity? ReadSingleSecurity(RawSetting entry)
    {
        if (SecurityText.Read(entry.Value) is { } security)
            return security;
        var port = _layers.Find(SettingKey.Port) is { } portEntry ? PortText.Read(portEntry.Value).Port : null;
        var meant = SecurityText.Guess(entry.Value, port);
        var changes = meant is { } guess ? Vocabulary.Express(guess) : [];
        Invalid(
            entry,
            "The TLS mode is not one of Auto, None, StartTls and Implicit.",
            changes is [{ Value: { } value }] ? $"Set it to {value}." : "Set it to StartTls (port 587) or Implicit (port 465).",
            changes);
        return null;
    }

    private static ConnectionSecurity Decide(MailSecurity security, string? host, int? port) => security switch
    {
        MailSecurity.None => ConnectionSecurity.None,
        MailSecurity.StartTls => ConnectionSecurity.StartTls,
        MailSecurity.Implicit => ConnectionSecurity.Implicit,
        _ when port == SubmissionsPort => ConnectionSecurity.Implicit,
        // Nothing beyond this machine can read along; development servers and local relays rarely have a certificate.
        _ when host is not null && HostText.IsLoopback(host) => ConnectionSecurity.None,
        _ => ConnectionSecurity.StartTls,
    };

    private void FlagsConflict(string? host, int? port)
    {
        var startTls = _layers.Find(SettingKey.StartTlsFlag)!;
        var implicitTls = _layers.Find(SettingKey.ImplicitTlsFlag)!;
        var wanted = host is null || port is null ? null : ProviderCatalog.Default.FindByHost(host)?.SecurityOf(host, port.Value);
        wanted ??= port switch
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
                ? $"For port {port} set {Phrase(Vocabulary.Express(mode))}."
                : $"With port 587 set {Phrase(Vocabulary.Express(ConnectionSecurity.StartTls))}; with port 465 set {Phrase(Vocabulary.Express(ConnectionSecurity.Implicit))}.",
            Changes = wanted is { } decided ? Vocabulary.Express(decided) : [],
        });
    }

    private void CheckServer(string host, int? port, ConnectionSecurity? security)
    {
        if (SecurityEntry(security) is { } chosen && ProviderCheck.Server(host, port, security, chosen, Vocabulary) is { } conflict)
            _problems.Add(conflict);
        else if (_layers.Find(SettingKey.Host) is { } entry && entry.Value == host && ProviderCheck.DomainAsHost(entry) is { } domain)
            _problems.Add(domain);
    }

    /// <summary>The setting that decided the TLS mode: its own, the flag that is on, or the port.</summary>
    private RawSetting? SecurityEntry(ConnectionSecurity? security) =>
        _layers.Find(SettingKey.Security)
        ?? (security is ConnectionSecurity.Implicit && FlagIsOn(SettingKey.ImplicitTlsFlag) ? _layers.Find(SettingKey.ImplicitTlsFlag)
            : security is ConnectionSecurity.StartTls && FlagIsOn(SettingKey.StartTlsFlag) ? _layers.Find(SettingKey.StartTlsFlag)
            : _layers.Find(SettingKey.Port));

    private Login ReadLogin(string? host)
    {
        if (ReadFlag(SettingKey.UseCredentials) is false)
            return default;

        var user = _layers.Find(SettingKey.Username);
        var (secretEntry, secret) = ReadSecret();
        if (user is { IsEmpty: true })
            user = null;
        if (user is not null)
            CheckUsername(user, host);
        if (secret is not null)
            _secrets.Add(secret);

        var shape = secret is null ? null : ShapeOf(secretEntry!, secret);
        if (shape is { StrayEnd: { } stray })
            StrayEnd(secretEntry!, stray, shape.StrayEndDroppedByReader);
        var hasSecret = !string.IsNullOrWhiteSpace(secret);
        if (user is not null && !hasSecret && !_problems.Any(problem => problem.Key == SettingKey.PasswordFile))
            Missing(SettingKey.Password, $"{user.Name} is set and the password that belongs to it is not.", $"Set {Vocabulary.NameOf(SettingKey.Password)}.");
        if (user is null && hasSecret)
            Missing(SettingKey.Username, $"{secretEntry!.Name} is set and the user name that belongs to it is not.", UsernameFix(host));
        return new Login(user?.Value, shape, user is not null && hasSecret ? new MailCredentials(user.Value, new Secret(secret!)) : null);
    }

    private (RawSetting? Entry, string? Secret) ReadSecret()
    {
        var direct = _layers.Find(SettingKey.Password);
        if (_layers.Find(SettingKey.PasswordFile) is not { IsEmpty: false } file)
            return (direct, direct?.Value);

        if (direct is { IsEmpty: false })
        {
            _problems.Add(new SettingProblem
            {
                Code = FaultCodes.ConfigConflict,
                Key = SettingKey.Password,
                Name = file.Name,
                Value = SettingMask.Show(file.Key, file.Value),
                Where = file.Where,
                Why = $"{direct.Name} and {file.Name} are both set.",
                Fix = "Remove one of the two.",
                Changes = [new SettingChange(direct.Name, "")],
            });
            return (direct, direct.Value);
        }

        var (secret, wrong) = SecretFile.Read(file.Value);
        if (wrong is not null)
            Invalid(file, $"The setting {wrong}.", "Set it to the path of the file that holds the password.", [new SettingChange(file.Name, null)]);
        return (file, secret);
    }

    private static SecretShape ShapeOf(RawSetting entry, string secret)
    {
        var shape = SecretShape.Of(secret);
        return shape.StrayEnd is null && entry.DroppedEnd is { } dropped ? shape with { StrayEnd = dropped, StrayEndDroppedByReader = true } : shape;
    }

    private void StrayEnd(RawSetting entry, string stray, bool isDropped) => _problems.Add(new SettingProblem
    {
        Code = FaultCodes.SecretHasWhitespace,
        Key = SettingKey.Password,
        Name = entry.Name,
        Value = SettingMask.Show(entry.Key, entry.Value),
        Where = entry.Where,
        Why = isDropped
            ? $"The password has {stray} in the file: {Vocabulary.Framework} drops it, and other readers of the same file (docker run --env-file, a shell) do not."
            : $"The password has {stray}, and the server gets it as part of the password.",
        Fix = stray.StartsWith("quotes", StringComparison.Ordinal) ? "Remove the quotes." : $"Remove {"the" + stray[1..]}.",
        Changes = [new SettingChange(entry.Name, null)],
        IsBlocking = false,
        // A login that works proves that the character belongs to the password.
        IsAdviceWhenHealthy = true,
    });

    private void CheckUsername(RawSetting user, string? host)
    {
        if (user.Value.Any(char.IsControl))
        {
            Invalid(user, "The user name has a control character in it.", "Write it anew, without the character.", [new SettingChange(user.Name, null)]);
            return;
        }

        var clean = user.Value.Trim().Trim('"', '\'');
        if (clean != user.Value)
        {
            Invalid(user, "The user name has blanks or quotes around it, which the server gets as part of it.", $"Set it to {clean}.", [new SettingChange(user.Name, clean)], isBlocking: false, isAdvice: true);
            return;
        }

        if (host is not null && ProviderCheck.Username(host, user) is { } problem)
            _problems.Add(problem);
    }

    private string UsernameFix(string? host)
    {
        var name = Vocabulary.NameOf(SettingKey.Username);
        return host is not null && ProviderCatalog.Default.FindByHost(host)?.Username is { Form: UsernameForm.Literal, Literal: { } literal } ? $"Set {name} to {literal}." : $"Set {name}.";
    }

    private EmailAddress? ReadFrom()
    {
        var entry = _layers.Find(SettingKey.From);
        if (entry is null or { IsEmpty: true })
            return null;
        if (AddressText.Objection(entry.Value, out var address) is { } wrong)
        {
            Invalid(entry, $"The from address {wrong}.", "Write it as name@example.com.", [new SettingChange(entry.Name, null)]);
            return null;
        }

        if (_layers.Find(SettingKey.FromName) is not { IsEmpty: false } name)
            return address;
        if (!name.Value.Any(char.IsControl))
            return new EmailAddress(address!.Address, name.Value);
        // A line end here would become a header of its own (RFC 5322, 2.2).
        Invalid(name, "The from name has a control character in it.", "Write it on one line.", [new SettingChange(name.Name, null)]);
        return address;
    }

    private void ReadRecipients()
    {
        foreach (var entry in _layers.All(SettingKey.To))
        {
            if (AddressText.Objection(entry.Value, out _) is { } wrong)
                Invalid(entry, $"The recipient's address {wrong}.", "Write it as name@example.com.", [new SettingChange(entry.Name, null)]);
        }
    }

    private string? ReadCaFile()
    {
        if (_layers.Find(SettingKey.CaFile) is not { IsEmpty: false } entry)
            return null;
        if (RootsFile.Objection(entry.Value) is not { } wrong)
            return entry.Value;
        Invalid(entry, $"The setting {wrong}.", "Set it to a file of certificates in PEM, or remove it to trust this machine's roots.", [new SettingChange(entry.Name, null)]);
        return null;
    }

    private string? ReadLocalName()
    {
        if (_layers.Find(SettingKey.LocalName) is not { IsEmpty: false } entry)
            return null;
        // What is no domain or address literal is refused by servers (RFC 5321, 4.1.1.1); a line end would start a command of its own.
        if (!entry.Value.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return entry.Value;
        Invalid(entry, "The name for EHLO has a blank, a control character or a letter beyond ASCII in it.", "Set it to this machine's full name, such as app.example.com.", [new SettingChange(entry.Name, null)]);
        return null;
    }

    private MailTimeouts ReadTimeouts()
    {
        var timeouts = new MailTimeouts();
        foreach (var entry in _layers.All(SettingKey.Timeout).Where(entry => !entry.IsEmpty))
        {
            if (DurationText.Objection(entry.Value.Trim(), out var limit) is { } wrong)
                Invalid(entry, $"The time limit {wrong}.", "Set it to a number of seconds, such as 30, or to a time such as 00:00:30.", [new SettingChange(entry.Name, null)]);
            else
                timeouts = TimeLimit.Apply(timeouts, entry.Part, limit);
        }

        return timeouts;
    }

    private void RefuseUnsupported()
    {
        if (_layers.Find(SettingKey.ClientCertificate) is { IsEmpty: false } entry)
            Invalid(entry, "Client certificates are not supported yet by this version.", $"Remove {entry.Name}.", [new SettingChange(entry.Name, "")]);
    }

    private void ReadSuppression()
    {
        if (ReadFlag(SettingKey.SuppressSend) is not true || _layers.Find(SettingKey.SuppressSend) is not { } entry)
            return;
        Invalid(
            entry,
            "Sending is switched off: the application reports success and nothing is sent.",
            "Set it to 0 where mail is to go out.",
            [new SettingChange(entry.Name, "0")],
            isBlocking: false,
            isAdvice: true);
    }

    private bool? ReadFlag(SettingKey key)
    {
        if (_layers.Find(key) is not { } entry)
            return null;
        if (entry.IsEmpty)
        {
            Missing(key, $"{entry.Name} is empty.", $"Set {entry.Name} to True or False.");
            return null;
        }

        if (FlagText.Read(entry.Value) is { } flag)
            return flag;
        var meant = FlagText.Read(entry.Value.Trim().Trim('"', '\'', ';', ',', ' '));
        Invalid(
            entry,
            "The value is neither True nor False.",
            meant is { } known ? $"Set it to {known}." : "Set it to True or False.",
            [new SettingChange(entry.Name, meant?.ToString())]);
        return null;
    }

    private bool FlagIsOn(SettingKey key) => _layers.Find(key) is { } entry && FlagText.Read(entry.Value) is true;

    private void Missing(SettingKey key, string why, string fix)
    {
        var entry = _layers.Find(key);
        if (entry is null)
        {
            // A reader that saw the setting under a wrong name, or in a line that does not parse, knows better why it is missing.
            var slot = SettingSlots.Of(key);
            var known = _problems.FindIndex(problem => SettingSlots.Of(problem.Key) == slot && problem.Code is FaultCodes.ConfigMissing or FaultCodes.ConfigInvalid);
            if (known >= 0)
            {
                _problems[known] = _problems[known] with { IsBlocking = true, IsAdviceWhenHealthy = false };
                return;
            }
        }

        _problems.Add(new SettingProblem
        {
            Code = FaultCodes.ConfigMissing,
            Key = key,
            Name = entry?.Name ?? Vocabulary.NameOf(key),
            Value = entry is null ? null : "",
            Where = entry?.Where ?? _layers.File,
            Why = why,
            Fix = fix,
            Changes = [new SettingChange(entry?.Name ?? Vocabulary.NameOf(key), null)],
        });
    }

    private void Invalid(RawSetting entry, string why, string fix, IReadOnlyList<SettingChange> changes, bool isBlocking = true, bool isAdvice = false) =>
        _problems.Add(new SettingProblem
        {
            Code = FaultCodes.ConfigInvalid,
            Key = entry.Key,
            Name = entry.Name,
            Value = SettingMask.Show(entry.Key, entry.Value),
            Where = entry.Where,
            Why = why,
            Fix = fix,
            Changes = changes,
            IsBlocking = isBlocking,
            IsAdviceWhenHealthy = isAdvice || !isBlocking,
        });

    /// <summary>Whatever found its way into a problem, no secret leaves with it.</summary>
    private SettingProblem Scrubbed(SettingProblem problem)
    {
        var secrets = _secrets.Where(secret => secret.Length > 0).ToArray();
        return secrets.Length == 0
            ? problem
            : problem with
            {
                Value = problem.Value is null ? null : SettingMask.Scrub(problem.Value, secrets),
                Why = SettingMask.Scrub(problem.Why, secrets),
                Fix = SettingMask.Scrub(problem.Fix, secrets),
                Changes = [.. problem.Changes.Select(change => change with { Value = change.Value is null ? null : SettingMask.Scrub(change.Value, secrets) })],
            };
    }

    private static string Phrase(IReadOnlyList<SettingChange> changes) => string.Join(" and ", changes.Select(change => $"{change.Name}={change.Value}"));

    private readonly record struct Login(string? Username, SecretShape? Shape, MailCredentials? Credentials);
}
