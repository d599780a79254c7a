using Sendwright.Settings;

namespace Sendwright.Providers;

/// <summary>
/// How a route's connections and rates come out: what the settings say, else what is known of the provider, else the default. What is known of a provider is a limit,
/// never a target: one that lets a client have 20 connections does not make it open more than the default.
/// </summary>
internal sealed record RouteDefaults
{
    /// <summary>The most connections at a time.</summary>
    public required int Connections { get; init; }

    /// <summary>The messages after which a connection is closed.</summary>
    public required int MessagesPerConnection { get; init; }

    /// <summary>The messages in a time.</summary>
    public required RateLimits Limits { get; init; }

    /// <summary>What holds for the server that the settings name.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="catalog">The known providers; those of this version where it is null.</param>
    public static RouteDefaults For(MailSettings settings, ProviderCatalog? catalog = null)
    {
        var provider = (catalog ?? ProviderCatalog.Default).FindByHost(settings.Host);
        return new RouteDefaults
        {
            Connections = settings.Pool.Connections ?? Least(PoolSettings.DefaultConnections, provider?.Pool?.Connections),
            MessagesPerConnection = settings.Pool.MessagesPerConnection ?? Least(PoolSettings.DefaultMessagesPerConnection, provider?.Pool?.MessagesPerConnection),
            Limits = new RateLimits
            {
                PerSecond = settings.Limits.PerSecond ?? provider?.Rate?.EvenPerSecond,
                PerDay = settings.Limits.PerDay ?? provider?.Rate?.PerDay,
            },
        };
    }

    private static int Least(int usual, int? known) => known is { } limit ? Math.Min(usual, limit) : usual;
}
