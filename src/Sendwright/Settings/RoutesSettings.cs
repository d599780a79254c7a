using Sendwright.Evidence;
using Sendwright.Mime;

namespace Sendwright.Settings;

/// <summary>Usable settings for several upstreams: checked, decided, immutable.</summary>
public sealed record RoutesSettings
{
    /// <summary>The routes, at least one, in the order of their names.</summary>
    public required IReadOnlyList<MailRouteSettings> Routes { get; init; }

    /// <summary>The DKIM keys that sign what is sent, over whichever route.</summary>
    public IReadOnlyList<DkimKey> Dkim { get; init; } = [];
}

/// <summary>What came of reading routes: usable ones, or what is in the way of any of them; the evidence in either case.</summary>
/// <param name="Settings">Usable settings; null where a blocking problem was found.</param>
/// <param name="Evidence">Origin, names, and the problems of all routes.</param>
public sealed record RoutesReading(RoutesSettings? Settings, SettingsEvidence Evidence);
