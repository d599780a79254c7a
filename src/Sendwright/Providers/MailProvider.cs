using Sendwright.Settings;

namespace Sendwright.Providers;

/// <summary>What is known of one provider. The facts and their sources are in <c>data/providers/</c>; nothing here is guessed.</summary>
internal sealed record MailProvider
{
    /// <summary>The file's name without its extension, such as <c>gmail</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name its customers know.</summary>
    public required string Name { get; init; }

    /// <summary>The domains of the addresses it gives out.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    public IReadOnlyList<ProviderHost> Hosts { get; init; } = [];

    /// <summary>What its user names look like; null where that is not known.</summary>
    public ProviderUsername? Username { get; init; }

    /// <summary>What it takes as secret, in words.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Its limits in words, those of single plans too.</summary>
    public string? Limits { get; init; }

    /// <summary>How many connections it lets a client have, and how long to use them; null where nothing is known.</summary>
    public ProviderPool? Pool { get; init; }

    /// <summary>How many messages it takes in a time, whatever the account's plan; null where nothing is known.</summary>
    public ProviderRate? Rate { get; init; }

    /// <summary>The largest message it takes.</summary>
    public int? MaxMessageMegabytes { get; init; }

    public string? Notes { get; init; }

    public string? HelpPage { get; init; }

    public string? StatusPage { get; init; }

    /// <summary>Its replies that mean something of their own.</summary>
    public IReadOnlyList<ProviderReply> Replies { get; init; } = [];

    /// <summary>How TLS starts on that port of that host; null where the data does not say.</summary>
    public ConnectionSecurity? SecurityOf(string host, int port) =>
        Hosts.FirstOrDefault(known => known.Is(host))?.Ports.FirstOrDefault(known => known.Port == port)?.Security;
}
