using Sendwright.Settings;

namespace Sendwright.Doctor.ForeignSettings;

/// <summary>What came of reading a file: settings to judge, or why it holds none that can be read.</summary>
/// <param name="Source">The settings, to be interpreted, alone or beneath others; null where the file cannot be read.</param>
/// <param name="Unreadable">Why not, as a sentence; null where it can.</param>
internal sealed record ForeignSettingsFile(SettingsSource? Source, string? Unreadable)
{
    public static ForeignSettingsFile Of(SettingsSource source) => new(source, null);

    public static ForeignSettingsFile Refused(string why) => new(null, why);
}
