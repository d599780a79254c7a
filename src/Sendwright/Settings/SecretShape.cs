namespace Sendwright.Settings;

/// <summary>The outside of a secret: enough to see that a file mangled it, too little to guess it.</summary>
public sealed record SecretShape
{
    /// <summary>Whether it is empty.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>What stands at an end and was hardly meant, such as <c>a trailing space</c>; null where nothing does.</summary>
    public string? StrayEnd { get; init; }

    /// <summary>
    /// Whether the stray end is in the file but the framework's own reader drops it: the application sees the clean value, another reader of the same file does not.
    /// </summary>
    public bool StrayEndDroppedByReader { get; init; }

    /// <summary>Whether it looks like four groups of four letters, as Google shows an app password.</summary>
    public bool IsSpacedAppPassword { get; init; }

    /// <summary>Looks at a secret.</summary>
    public static SecretShape Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new SecretShape
        {
            IsEmpty = value.Length == 0,
            StrayEnd = StrayEndOf(value),
            IsSpacedAppPassword = LooksLikeSpacedAppPassword(value),
        };
    }

    private static string? StrayEndOf(string value)
    {
        if (value.Length == 0)
            return null;
        if (value.Length > 1 && value[0] == value[^1] && value[0] is '"' or '\'' && value.Length > 2)
            return "quotes around it";
        return NameOf(value[^1]) is { } last ? $"a trailing {last}"
            : NameOf(value[0]) is { } first ? $"a leading {first}"
            : null;
    }

    private static string? NameOf(char c) => c switch
    {
        ' ' => "space",
        '\t' => "tab",
        '\n' => "newline",
        '\r' => "carriage return",
        '\u00a0' => "no-break space",
        '\u200b' => "zero-width space",
        '\ufeff' => "byte-order mark",
        _ => null,
    };

    private static bool LooksLikeSpacedAppPassword(string value)
    {
        var trimmed = value.Trim();
        if (trimmed.Length != 19)
            return false;
        for (var i = 0; i < trimmed.Length; i++)
        {
            var wanted = i % 5 == 4 ? trimmed[i] is ' ' or '\u00a0' : char.IsAsciiLetterLower(trimmed[i]);
            if (!wanted)
                return false;
        }

        return true;
    }
}
