using Sendwright.Evidence;

namespace Sendwright.Settings;

/// <summary>What came of reading settings: usable ones, or what is in the way; the evidence in either case.</summary>
/// <param name="Settings">Usable settings; null where a blocking problem was found.</param>
/// <param name="Evidence">Origin, names, values and problems.</param>
public sealed record SettingsReading(MailSettings? Settings, SettingsEvidence Evidence);
