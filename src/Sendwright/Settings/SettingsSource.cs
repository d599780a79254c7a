namespace Sendwright.Settings;

/// <summary>The settings of one origin (a file, the environment, the command line), read and not yet judged.</summary>
internal sealed record SettingsSource
{
    /// <summary>What it is, such as <c>fastapi-mail .env</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The names and values in which its owner thinks.</summary>
    public required SettingsVocabulary Vocabulary { get; init; }

    /// <summary>The file, where it is one: where a missing setting would belong.</summary>
    public string? File { get; init; }

    /// <summary>Gives tokens in place of the password; only code can name one.</summary>
    public MailTokenSource? TokenSource { get; init; }

    public IReadOnlyList<RawSetting> Entries { get; init; } = [];

    /// <summary>What only its reader can see: lines that do not parse, names that nobody reads.</summary>
    public IReadOnlyList<SettingProblem> Problems { get; init; } = [];
}
