namespace Sendwright.Transport.Routes;

/// <summary>What a failure on one route means for the message and for the route.</summary>
internal enum RouteVerdict
{
    /// <summary>No other route cures it, or trying one could make the message arrive twice: the message has failed.</summary>
    Stays,

    /// <summary>Another route may take this message. This one goes on with others.</summary>
    Moves,

    /// <summary>Another route may take this message, and the same would happen to the next one here: the route is set aside for a while.</summary>
    MovesAndSetsAside,
}
