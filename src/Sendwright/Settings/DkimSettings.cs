using System.Globalization;
using Sendwright.Diagnosis;
using Sendwright.Mime;
using Sendwright.Mime.Dkim;

namespace Sendwright.Settings;

/// <summary>One DKIM key, as far as its settings let it be made out.</summary>
internal sealed class DkimSettings
{
    private readonly SettingProblems _problems;
    private readonly Dictionary<string, RawSetting> _entries;
    private readonly RawSetting _any;

    private DkimSettings(IEnumerable<RawSetting> entries, SettingProblems problems)
    {
        _problems = problems;
        _entries = [];
        // A file may name a setting twice; the last one counts, as it does for the configuration system.
        foreach (var entry in entries)
            _entries[Leaf(entry)] = entry;
        _any = _entries.Values.First();
    }

    /// <summary>The keys, in the order of their names; without those that cannot be used.</summary>
    public static IReadOnlyList<DkimKey> Read(LayeredSettings layers, SettingProblems problems) =>
    [
        .. layers.All(SettingKey.Dkim).Concat(layers.All(SettingKey.DkimSecret))
            .GroupBy(entry => entry.Part![..entry.Part!.IndexOf(':', StringComparison.Ordinal)], StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => new DkimSettings(group, problems).Read())
            .OfType<DkimKey>(),
    ];

    private DkimKey? Read()
    {
        var domain = Checked(Required(DkimSettingName.Domain, "the domain that signs", "example.com"), SigningNames.Domain);
        var selector = Checked(Required(DkimSettingName.Selector, "the name its public half is published under", "s1"), value => SigningNames.Selector(value, domain ?? "example.com"));
        var privateKey = PrivateKey();
        var (header, body) = Canonicalization();
        var lifetime = Lifetime();
        var identity = domain is null ? null : Checked(Find(DkimSettingName.Identity), value => SigningNames.Identity(value, domain));
        if (domain is null || selector is null || privateKey is null)
            return null;
        return DkimKey.Of(domain, selector, privateKey) with { HeaderCanonicalization = header, BodyCanonicalization = body, Identity = identity, Lifetime = lifetime };
    }

    private RsaPrivateKey? PrivateKey()
    {
        var (file, text) = (Find(DkimSettingName.KeyFile), Find(DkimSettingName.Key));
        if (file is not null && text is not null)
        {
            Refuse(file, $"{text.Name} stands beside it, and only one of them can be the private key.", "Remove one of the two.");
            return null;
        }

        var passphrase = Passphrase();
        if ((text ?? file ?? Required(DkimSettingName.KeyFile, "the PEM file with the private key", "/etc/dkim/s1.pem")) is not { } entry)
            return null;
        // An environment file has no line ends inside a value; they are commonly written as \n.
        var key = text is null ? PrivateKeyPem.ReadFile(entry.Value, passphrase, out var wrong) : PrivateKeyPem.Read(text.Value.Replace("\\n", "\n", StringComparison.Ordinal), passphrase, out wrong);
        if (key is null)
            Refuse(entry, $"{(text is null ? "The private key file" : "The private key")} {wrong}");
        return key;
    }

    private string? Passphrase()
    {
        if (Find(DkimSettingName.PassphraseFile) is not { } file)
            return Find(DkimSettingName.Passphrase)?.Value;
        var (secret, wrong) = SecretFile.Read(file.Value);
        if (wrong is not null)
            Refuse(file, $"The setting {wrong}.", "Set it to the file that holds the passphrase.");
        return secret;
    }

    private (DkimCanonicalization Header, DkimCanonicalization Body) Canonicalization()
    {
        if (Find(DkimSettingName.Canonicalization) is not { } entry)
            return default;
        if (entry.Value.Trim().ToLowerInvariant().Split('/') is [var header, var body] && Form(header) is { } first && Form(body) is { } second)
            return (first, second);
        Refuse(entry, "It is not two of relaxed and simple, for header and body.", "Write it as relaxed/relaxed.");
        return default;

        static DkimCanonicalization? Form(string name) => name switch
        {
            "relaxed" => DkimCanonicalization.Relaxed,
            "simple" => DkimCanonicalization.Simple,
            _ => null,
        };
    }

    private TimeSpan? Lifetime()
    {
        if (Find(DkimSettingName.Lifetime) is not { } entry)
            return null;
        if (TimeSpan.TryParse(entry.Value, CultureInfo.InvariantCulture, out var lifetime) && DkimKey.IsLifetime(lifetime))
            return lifetime;
        Refuse(entry, "It is neither a number of days nor a time such as 14.00:00:00, of at least a second.", "Set it to 14, for two weeks, or remove it.");
        return null;
    }

    private RawSetting? Find(string leaf) => _entries.TryGetValue(leaf, out var entry) && !entry.IsEmpty ? entry : null;

    private RawSetting? Required(string leaf, string what, string example)
    {
        if (Find(leaf) is { } entry)
            return entry;
        var name = _any.Name[..^Leaf(_any).Length] + leaf;
        _problems.Add(new SettingProblem
        {
            Code = FaultCodes.ConfigMissing,
            Key = SettingKey.Dkim,
            Name = name,
            Value = _entries.ContainsKey(leaf) ? "" : null,
            Where = _any.Where,
            Why = $"A DKIM key needs {what}.",
            Fix = $"Set {name}, such as {example}.",
            Changes = [new SettingChange(name, null)],
        });
        return null;
    }

    private string? Checked(RawSetting? entry, Func<string, string> check)
    {
        try
        {
            return entry is null ? null : check(entry.Value.Trim());
        }
        catch (ArgumentException error)
        {
            Refuse(entry!, error.Message);
            return null;
        }
    }

    /// <summary>The last sentence of an objection is the fix.</summary>
    private void Refuse(RawSetting entry, string objection)
    {
        var fix = objection.LastIndexOf(". ", StringComparison.Ordinal) + 1;
        Refuse(entry, objection[..fix], objection[(fix + 1)..]);
    }

    private void Refuse(RawSetting entry, string why, string fix) => _problems.Invalid(entry, why, fix, [new SettingChange(entry.Name, null)]);

    private static string Leaf(RawSetting entry) => entry.Part![(entry.Part!.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
