using Sendwright.Settings;

namespace Sendwright.Diagnosis;

/// <summary>Puts a change of settings into words.</summary>
internal static class FixText
{
    /// <summary><c>Set MAIL_PORT=587.</c></summary>
    public static string Assign(SettingChange change) => change.Name.StartsWith("--", StringComparison.Ordinal)
        ? $"Use {change.Name} {change.Value}."
        : change.Name.Contains(' ', StringComparison.Ordinal) ? $"Set {change.Name} to {change.Value}."
        : $"Set {change.Name}={change.Value}.";

    /// <summary>A fix that sets a setting, and what for.</summary>
    public static Fix Set(SettingChange change, string why) => new()
    {
        Text = $"{Assign(change)[..^1]} {why}.",
        Setting = change.Name,
        Value = change.Value,
    };
}
