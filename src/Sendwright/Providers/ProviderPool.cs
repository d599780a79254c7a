namespace Sendwright.Providers;

/// <summary>The most that a provider lets connections do, or advises; null where nothing is known.</summary>
internal sealed record ProviderPool
{
    /// <summary>Connections at a time, for one login or one address.</summary>
    public int? Connections { get; init; }

    /// <summary>Messages after which to reconnect.</summary>
    public int? MessagesPerConnection { get; init; }
}
