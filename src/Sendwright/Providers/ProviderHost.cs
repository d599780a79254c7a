namespace Sendwright.Providers;

/// <summary>A submission server of a provider.</summary>
internal sealed record ProviderHost
{
    private const string Placeholder = "{region}";

    /// <summary>The name; <c>{region}</c> in it stands for each of <see cref="Regions"/>.</summary>
    public required string Host { get; init; }

    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The ports served; empty where the data does not say.</summary>
    public IReadOnlyList<ProviderPort> Ports { get; init; } = [];

    /// <summary>The names it stands for.</summary>
    public IEnumerable<string> Names => Regions.Count == 0 ? [Host] : Regions.Select(region => Host.Replace(Placeholder, region, StringComparison.Ordinal));

    /// <summary>Whether it is that host. A region that is newer than the data counts too.</summary>
    public bool Is(string host)
    {
        var name = host.AsSpan().TrimEnd('.');
        var at = Host.IndexOf(Placeholder, StringComparison.Ordinal);
        if (at < 0)
            return name.Equals(Host, StringComparison.OrdinalIgnoreCase);
        var before = Host.AsSpan(0, at);
        var behind = Host.AsSpan(at + Placeholder.Length);
        return name.Length > before.Length + behind.Length
            && name.StartsWith(before, StringComparison.OrdinalIgnoreCase)
            && name.EndsWith(behind, StringComparison.OrdinalIgnoreCase)
            && !name[before.Length..^behind.Length].Contains('.');
    }
}
