namespace Sendwright.Settings;

/// <summary>Usable settings of one route: its upstream, and which messages it gets.</summary>
public sealed record MailRouteSettings
{
    /// <summary>The name it has in the settings.</summary>
    public required string Name { get; init; }

    /// <summary>Its upstream.</summary>
    public required MailSettings Upstream { get; init; }

    /// <summary>Routes with a lower one are tried first, 0 to 1000.</summary>
    /// <value>0.</value>
    public int Order { get; init; }

    /// <summary>How large a share of the messages it gets among the routes of the same <see cref="Order"/>, 1 to 1000.</summary>
    /// <value>1.</value>
    public int Weight { get; init; } = 1;

    /// <summary>Which messages it takes.</summary>
    /// <value>Every message.</value>
    public RouteCondition When { get; init; } = RouteCondition.Always;
}
