using System.Net;
using System.Net.NetworkInformation;

namespace Sendwright.Doctor.Dns;

/// <summary>Which name servers to ask.</summary>
internal static class NameServers
{
    /// <summary>The port of the DNS.</summary>
    public const int Port = 53;

    /// <summary>The servers this machine is configured to ask; empty where none is.</summary>
    public static IReadOnlyList<IPEndPoint> OfSystem()
    {
        var configured = OperatingSystem.IsWindows() ? [] : ResolvConf.Read(ResolvConf.Path);
        return configured.Count > 0 ? configured : OfInterfaces();
    }

    /// <summary>Reads <c>IP</c>, <c>IP:PORT</c> or <c>[IPv6]:PORT</c>, as <c>--resolver</c> takes it.</summary>
    public static bool TryParse(string text, out IPEndPoint server)
    {
        server = new IPEndPoint(IPAddress.None, 0);
        // The framework takes "1" and "53" for addresses; whoever writes those made a slip. It also takes "[::1]:5353" for an address and drops the port.
        if (!text.Contains('.', StringComparison.Ordinal) && !text.Contains(':', StringComparison.Ordinal))
            return false;
        if (!text.StartsWith('[') && IPAddress.TryParse(text, out var address))
        {
            server = new IPEndPoint(address, Port);
            return true;
        }

        if (!IPEndPoint.TryParse(text, out var parsed) || (parsed.Port == 0 && !text.EndsWith(']')))
            return false;
        server = text.EndsWith(']') ? new IPEndPoint(parsed.Address, Port) : parsed;
        return true;
    }

    private static IPEndPoint[] OfInterfaces()
    {
        try
        {
            return
            [
                .. NetworkInterface.GetAllNetworkInterfaces()
                    .Where(network => network.OperationalStatus == OperationalStatus.Up)
                    .SelectMany(network => network.GetIPProperties().DnsAddresses)
                    // Windows lists fec0:0:0:ffff::1..3 on interfaces without any server; these were withdrawn by RFC 3879.
                    .Where(address => !address.IsIPv6SiteLocal)
                    .Distinct()
                    .Take(3)
                    .Select(address => new IPEndPoint(address, Port)),
            ];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }
}
