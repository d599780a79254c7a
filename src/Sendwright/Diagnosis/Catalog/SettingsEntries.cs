using Sendwright.Settings;
using static Sendwright.Diagnosis.Catalog.FindingContext;

namespace Sendwright.Diagnosis.Catalog;

internal static class SettingsEntries
{
    public static IReadOnlyList<CatalogEntry> All { get; } =
    [
        new(FaultCodes.ConfigMissing, RetryAdvice.WhenFixed,
            _ => "A needed setting is missing.",
            _ => "Without it the program falls back to a default that is hardly ever right, or does not start at all.",
            c => [c.About(SettingKey.Host, $"Set {c.Name(SettingKey.Host)} and the settings beside it, and check that the program reads the file or environment they stand in.")]),
        new(FaultCodes.ConfigInvalid, RetryAdvice.WhenFixed,
            c => c.Fault?.Reply is null ? "A setting has a value that cannot be used." : $"The server says that {c.From} is no usable sender address.",
            _ => "It cannot mean what was meant, so every message would fail alike.",
            c => c.Fault?.Reply is null
                ? [Do("Correct the value.")]
                : [c.About(SettingKey.From, $"Set {c.Name(SettingKey.From)} to an address that exists: local part, @, and a domain that can receive mail.")]),
        new(FaultCodes.ConfigConflict, RetryAdvice.WhenFixed,
            _ => "Two settings contradict each other.",
            _ => "Only one of them can be what was meant.",
            _ => [Do("Decide which of the two is meant and remove the other.")]),
        new(FaultCodes.SecretHasWhitespace, RetryAdvice.WhenFixed,
            c => $"The secret in {c.Name(SettingKey.Password)} has stray characters.",
            _ => "They are sent as part of the secret, and a secret that differs in one octet is a wrong one.",
            c => [c.About(SettingKey.Password, $"Write {c.Name(SettingKey.Password)} anew without blanks, quotes or a line end that do not belong to it.")]),
        new(FaultCodes.AuthUsernameFormat, RetryAdvice.WhenFixed,
            c => $"The user name has the wrong form for {c.Provider?.Name ?? c.Host}.",
            c => $"The server cannot find an account by that name, and says no as if the password were wrong.{c.Words}",
            c => [c.About(SettingKey.Username, c.Provider?.Username is { Literal: { } literal }
                ? $"Set {c.Name(SettingKey.Username)} to {literal}: {c.Provider.Name} takes that word for every customer; the key goes into {c.Name(SettingKey.Password)}."
                : $"Set {c.Name(SettingKey.Username)} to the form that the provider documents; most want the full e-mail address.")]),
    ];
}
