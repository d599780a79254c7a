namespace Sendwright.Settings;

/// <summary>How a setting's value may be shown: secrets, and what may hold one, never.</summary>
internal static class SettingMask
{
    /// <summary>Below this length a secret is replaced only where it is the whole value: as a part of words it would mask half the report.</summary>
    private const int ShortestScrubbed = 6;

    public static string Show(SettingKey key, string value) => key switch
    {
        SettingKey.Password => Secret.Mask,
        // Whoever mistakes the setting for the password itself must not find it in a report.
        SettingKey.PasswordFile => IsPlainlyAPath(value) ? Printable(value) : Secret.Mask,
        SettingKey.Url => Url(value),
        SettingKey.Host when value.Contains('@', StringComparison.Ordinal) && HasPasswordBeforeAt(value) => Url(value),
        _ => Printable(value),
    };

    /// <summary>Replaces every occurrence of the secrets.</summary>
    public static string Scrub(string text, IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
        {
            if (text == secret)
                return Secret.Mask;
            if (secret.Length >= ShortestScrubbed)
                text = text.Replace(secret, Secret.Mask, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary><c>smtp://user:***@host</c>; without a colon what stands before the at sign may be a key and goes as a whole.</summary>
    private static string Url(string value)
    {
        var start = value.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        var at = value.LastIndexOf('@');
        if (at < start)
            return start > 0 && !value.AsSpan(0, start).StartsWith("smtp", StringComparison.OrdinalIgnoreCase) ? value[..start] + Secret.Mask : Printable(value);
        var user = value.AsSpan(start, at - start);
        var colon = user.IndexOf(':');
        var shown = colon < 0 ? Secret.Mask : $"{user[..colon]}:{Secret.Mask}";
        return Printable(value[..start] + shown + value[at..]);
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

    /// <summary>A value is hostile until shown otherwise: a terminal must not obey it.</summary>
    private static string Printable(string value)
    {
        const int Longest = 200;
        var cut = value.Length > Longest ? value[..Longest] + "…" : value;
        return cut.Any(char.IsControl) ? string.Concat(cut.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString())) : cut;
    }
}
