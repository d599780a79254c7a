using System.Globalization;

namespace Sendwright.Settings;

/// <summary>How a setting's value may be shown: secrets, and what may hold one, never.</summary>
internal static class SettingMask
{
    /// <summary>Below this length a secret is replaced only where it is the whole value: as a part of words it would mask half the report.</summary>
    private const int ShortestScrubbed = 6;

    private const int LongestShown = 200;

    private static readonly char[] Wrapping = [' ', '\t', '\r', '\n', '\u00a0', '"', '\''];

    public static string Show(SettingKey key, string value) => key switch
    {
        SettingKey.Password or SettingKey.DkimSecret or SettingKey.ClientCertificatePassword => Secret.Mask,
        // A private key in the place of its file's name.
        SettingKey.Dkim or SettingKey.ClientCertificate or SettingKey.ClientCertificateKey when value.Length > LongestShown || value.Contains("-----", StringComparison.Ordinal) => Secret.Mask,
        // Whoever mistakes the setting for the password itself must not find it in a report.
        SettingKey.PasswordFile or SettingKey.ClientCertificatePasswordFile => IsPlainlyAPath(value) ? value : Secret.Mask,
        SettingKey.Url => Url(value, "smtp"),
        SettingKey.Proxy => Url(value, "http"),
        SettingKey.Host when value.Contains('@', StringComparison.Ordinal) && HasPasswordBeforeAt(value) => Url(value, "smtp"),
        _ => value,
    };

    /// <summary>Replaces every occurrence of the secrets, also without the blanks and quotes that may stand around them.</summary>
    public static string Scrub(string text, IEnumerable<string> secrets)
    {
        foreach (var secret in secrets.SelectMany(secret => (string[])[secret, secret.Trim(Wrapping)]))
        {
            if (secret.Length > 0 && text == secret)
                return Secret.Mask;
            if (secret.Length >= ShortestScrubbed)
                text = text.Replace(secret, Secret.Mask, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>What a terminal or a log would obey, or not show, is written as an escape: a value is hostile until shown otherwise.</summary>
    public static string Printable(string text) =>
        text.All(IsHarmless) ? text : string.Concat(text.Select(c => IsHarmless(c) ? c.ToString() : $"\\u{(int)c:X4}"));

    /// <summary>Enough to recognise a value. Secrets have to be out of it before: half of one is still half a secret.</summary>
    public static string Shortened(string value) => value.Length > LongestShown ? value[..LongestShown] + "…" : value;

    /// <summary><c>smtp://user:***@host</c>; without a colon what stands before the at sign may be a key and goes as a whole.</summary>
    private static string Url(string value, string scheme)
    {
        var start = value.IndexOf("://", StringComparison.Ordinal) is var end and >= 0 ? end + 3 : 0;
        var at = value.LastIndexOf('@');
        if (at < start)
            return UrlWithoutLogin(value, start, scheme);
        var user = value.AsSpan(start, at - start);
        var colon = user.IndexOf(':');
        var shown = colon < 0 ? Secret.Mask : $"{user[..colon]}:{Secret.Mask}";
        return value[..start] + shown + value[at..];
    }

    // The server may have been forgotten: what stands in its place is then a key, and what is no port a password.
    private static string UrlWithoutLogin(string value, int start, string scheme)
    {
        if (start > 0 && !value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return value[..start] + Secret.Mask;
        var colon = value.IndexOf(':', Math.Max(start, value.LastIndexOf(']') + 1));
        return colon < 0 || value.AsSpan(colon + 1).TrimEnd('/').ContainsOnlyDigits() ? value : value[..(colon + 1)] + Secret.Mask;
    }

    private static bool HasPasswordBeforeAt(string value)
    {
        var start = value.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        var at = value.LastIndexOf('@');
        return start > 0 || value.AsSpan(0, at).Contains(':');
    }

    private static bool IsPlainlyAPath(string value) =>
        value.StartsWith('/') || value.StartsWith("./", StringComparison.Ordinal) || value.StartsWith("../", StringComparison.Ordinal)
        || value.StartsWith("~/", StringComparison.Ordinal) || (value.Length > 2 && char.IsAsciiLetter(value[0]) && value[1] == ':' && value[2] is '\\' or '/');

    private static bool IsHarmless(char c) => char.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
