using System.Net;
using System.Reflection;
using Sendwright.Settings;

namespace Sendwright.Providers;

/// <summary>The known mail providers. The data is parsed when it is first asked for.</summary>
internal sealed class ProviderCatalog
{
    private const string Folder = "providers/";
    private const int LongestSlip = 2;

    private static readonly Lazy<ProviderCatalog> Embedded = new(Load);

    private readonly Dictionary<string, MailProvider> _byHost;
    private readonly Dictionary<string, MailProvider> _byDomain;
    private readonly MailProvider[] _withRegions;

    public ProviderCatalog(IEnumerable<MailProvider> providers)
    {
        Providers = [.. providers];
        _byHost = ByName(provider => provider.Hosts.SelectMany(host => host.Names));
        _byDomain = ByName(provider => provider.Domains);
        _withRegions = [.. Providers.Where(provider => provider.Hosts.Any(host => host.Regions.Count > 0))];
    }

    /// <summary>The providers that are known to this version.</summary>
    public static ProviderCatalog Default => Embedded.Value;

    public IReadOnlyList<MailProvider> Providers { get; }

    /// <summary>The provider of a server. An address is nobody's: on 127.0.0.1 anything may listen.</summary>
    public MailProvider? FindByHost(string host)
    {
        var name = host.TrimEnd('.');
        if (IPAddress.TryParse(name, out _))
            return null;
        return _byHost.GetValueOrDefault(name) ?? Array.Find(_withRegions, provider => provider.Hosts.Any(known => known.Is(name)));
    }

    /// <summary>The provider that gives out addresses of a domain.</summary>
    public MailProvider? FindByDomain(string emailDomain) => _byDomain.GetValueOrDefault(emailDomain.TrimEnd('.'));

    /// <summary>
    /// The known server that was hardly missed, such as <c>smtp.gmail.com</c> for <c>smpt.gmail.com</c>; null for a known one, where none is near, and where two are equally near.
    /// </summary>
    public string? NearestKnownHost(string host)
    {
        var name = host.TrimEnd('.');
        if (FindByHost(name) is not null || IPAddress.TryParse(name, out _))
            return null;

        string? nearest = null;
        var best = LongestSlip + 1;
        foreach (var known in _byHost.Keys)
        {
            var distance = EditDistance.Between(name, known, LongestSlip);
            if (distance < best)
            {
                best = distance;
                nearest = known;
            }
            else if (distance == best)
            {
                nearest = null;
            }
        }

        return nearest;
    }

    private static ProviderCatalog Load()
    {
        var assembly = typeof(ProviderCatalog).Assembly;
        return new ProviderCatalog(assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => Read(assembly, name)));
    }

    private static MailProvider Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        return ProviderFile.Read(stream);
    }

    private Dictionary<string, MailProvider> ByName(Func<MailProvider, IEnumerable<string>> names)
    {
        var byName = new Dictionary<string, MailProvider>(StringComparer.OrdinalIgnoreCase);
        foreach (var provider in Providers)
        {
            foreach (var name in names(provider))
            {
                if (!IPAddress.TryParse(name, out _))
                    byName.Add(name, provider);
            }
        }

        return byName;
    }
}
