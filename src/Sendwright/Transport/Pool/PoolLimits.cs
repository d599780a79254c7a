namespace Sendwright.Transport.Pool;

/// <summary>The limits of a route, the provider's known ones and the defaults filled in.</summary>
internal sealed record PoolLimits(int Connections, int MessagesPerConnection, RouteRate? Rate);
