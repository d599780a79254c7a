using Sendwright.Diagnosis;

namespace Sendwright.Settings;

/// <summary>The names beneath <c>Mail:Dkim</c>: <c>Dkim:Domain</c> for an only key, <c>Dkim:0:Domain</c> (or any other name in the middle) for each of several.</summary>
internal static class DkimSettingName
{
    public const string Section = "Dkim";

    public const string Domain = "Domain";

    public const string Selector = "Selector";

    public const string KeyFile = "KeyFile";

    public const string Key = "Key";

    public const string Passphrase = "Passphrase";

    public const string PassphraseFile = "PassphraseFile";

    public const string Canonicalization = "Canonicalization";

    public const string Identity = "Identity";

    public const string Lifetime = "Lifetime";

    private static readonly string[] All = [Domain, Selector, KeyFile, Key, Passphrase, PassphraseFile, Canonicalization, Identity, Lifetime];

    /// <summary>What a path beneath the section <c>Mail</c> means, and which key's it is; null for one that is not known.</summary>
    public static SettingKey? Meaning(string path, out string? part)
    {
        part = null;
        if (Group(path) is not { } group || All.FirstOrDefault(name => name.Equals(Leaf(path), StringComparison.OrdinalIgnoreCase)) is not { } leaf)
            return null;
        part = Part(group, leaf);
        return Meaning(leaf);
    }

    /// <summary>Whether the setting of that name is a secret.</summary>
    public static SettingKey Meaning(string leaf) => leaf is Key or Passphrase ? SettingKey.DkimSecret : SettingKey.Dkim;

    /// <summary>Which key's setting it is, and which setting.</summary>
    public static string Part(string group, string leaf) => $"{group}:{leaf}";

    /// <summary>Says what is called otherwise; null for a path that lies elsewhere. A key that is not read as meant must not sign, or go missing, in silence: this blocks.</summary>
    public static SettingProblem? Unread(MailSectionKey key)
    {
        // An empty section is a key with an empty value to some sources.
        if (!key.Path.Split(':')[0].Equals(Section, StringComparison.OrdinalIgnoreCase) || string.IsNullOrWhiteSpace(key.Value))
            return null;
        var leaf = Leaf(key.Path);
        var meant = Group(key.Path) is null ? null : SettingNames.Nearest(leaf, All);
        return new SettingProblem
        {
            Code = FaultCodes.ConfigInvalid,
            Key = SettingKey.Dkim,
            Name = key.Name,
            Value = Secret.Mask,
            Where = key.Where,
            Why = $"Nothing reads the name {key.Name}.",
            Fix = meant is null ? $"Use {string.Join(", ", All[..^1])} or {All[^1]} beneath {Section}, or remove it." : $"Rename it to {key.Name[..^leaf.Length]}{meant}.",
            Changes = meant is null ? [] : [new SettingChange(key.Name[..^leaf.Length] + meant, null)],
        };
    }

    private static string Leaf(string path) => path[(path.LastIndexOf(':') + 1)..];

    private static string? Group(string path) => path.Split(':') switch
    {
        [var section, _] when section.Equals(Section, StringComparison.OrdinalIgnoreCase) => "",
        [var section, var group, _] when section.Equals(Section, StringComparison.OrdinalIgnoreCase) => group,
        _ => null,
    };
}
