namespace Sendwright.Settings;

/// <summary>
/// Settings that answer the same question share a slot: a layer that answers it anew replaces every answer below it. <c>--security</c> thus
/// overrides both TLS flags of a file, and a password replaces a password file.
/// </summary>
internal static class SettingSlots
{
    /// <summary>What a URL answers all at once.</summary>
    public static IReadOnlyList<SettingKey> OfUrl { get; } =
        [SettingKey.Url, SettingKey.Host, SettingKey.Port, SettingKey.Security, SettingKey.Username, SettingKey.Password, SettingKey.UseCredentials];

    public static SettingKey Of(SettingKey key) => key switch
    {
        SettingKey.StartTlsFlag or SettingKey.ImplicitTlsFlag => SettingKey.Security,
        SettingKey.PasswordFile => SettingKey.Password,
        SettingKey.ClientCertificatePasswordFile => SettingKey.ClientCertificatePassword,
        SettingKey.DkimSecret => SettingKey.Dkim,
        _ => key,
    };
}
