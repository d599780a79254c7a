namespace Sendwright.Settings;

/// <summary>Something wrong with the settings themselves, found before any packet is sent.</summary>
public sealed record SettingProblem
{
    /// <summary>The fault code, from <see cref="Diagnosis.FaultCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>What the setting means.</summary>
    public required SettingKey Key { get; init; }

    /// <summary>The setting's name as its owner wrote it, such as <c>MAIL_PORT</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The value as written; masked where it is or may hold a secret; null where it is missing.</summary>
    public string? Value { get; init; }

    /// <summary>The file and line it stands in, where there is one.</summary>
    public string? Where { get; init; }

    /// <summary>Why it cannot be right, in one sentence.</summary>
    public required string Why { get; init; }

    /// <summary>What to do, in one sentence.</summary>
    public required string Fix { get; init; }

    /// <summary>The changes that mend it, in the owner's names.</summary>
    public IReadOnlyList<SettingChange> Changes { get; init; } = [];

    /// <summary>Whether nothing can be tried until it is mended.</summary>
    public bool IsBlocking { get; init; } = true;

    /// <summary>
    /// Whether it is mere advice once the connection works: what looks wrong here may be mended where this reader cannot see it, in the application's code
    /// or by a server more lenient than its documentation.
    /// </summary>
    public bool IsAdviceWhenHealthy { get; init; }

    /// <inheritdoc />
    public override string ToString() =>
        $"{Name}{(Value is null ? "" : $" = \"{Value}\"")}{(Where is null ? "" : $" ({Where})")}: {Why} {Fix}";
}

/// <summary>A setting's name and the value it should have.</summary>
/// <param name="Name">The name, as its owner writes it.</param>
/// <param name="Value">The value, as its owner would write it; null where only its owner can know it.</param>
public sealed record SettingChange(string Name, string? Value);
