using Sendwright.Settings;

namespace Sendwright.Providers;

/// <summary>A port and how TLS starts on it.</summary>
internal sealed record ProviderPort
{
    public required int Port { get; init; }

    public required ConnectionSecurity Security { get; init; }
}
