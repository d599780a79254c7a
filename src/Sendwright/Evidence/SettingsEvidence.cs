using Sendwright.Settings;

namespace Sendwright.Evidence;

/// <summary>The settings in use, as far as they matter to a diagnosis, with the names their owner gave them. Holds no secret.</summary>
public sealed record SettingsEvidence
{
    /// <summary>Where they were read, such as <c>fastapi-mail .env</c>.</summary>
    public string? Source { get; init; }

    /// <summary>The names and values in which fixes are said.</summary>
    public SettingsVocabulary Vocabulary { get; init; } = SettingsVocabulary.Sendwright;

    /// <summary>The host.</summary>
    public string? Host { get; init; }

    /// <summary>The port.</summary>
    public int? Port { get; init; }

    /// <summary>How TLS starts.</summary>
    public ConnectionSecurity? Security { get; init; }

    /// <summary>The user name.</summary>
    public string? Username { get; init; }

    /// <summary>The from address.</summary>
    public string? From { get; init; }

    /// <summary>What may be said of the secret's outside; null where there is none or it is not known.</summary>
    public SecretShape? Secret { get; init; }

    /// <summary>False where the owner switched certificate checks off.</summary>
    public bool ChecksCertificate { get; init; } = true;

    /// <summary>What is wrong with the settings themselves.</summary>
    public IReadOnlyList<SettingProblem> Problems { get; init; } = [];
}
