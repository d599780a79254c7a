using System.Net;
using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Network;

/// <summary>A dnsmasq that knows one name and denies every other (NXDOMAIN), on port 53 of an address of its own.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private NameServer(ServerProcess process, IPAddress address)
    {
        _process = process;
        Address = address;
    }

    public IPAddress Address { get; }

    public static async Task<NameServer> StartAsync(string name, IPAddress value, NetworkNamespace? network, CancellationToken cancellationToken)
    {
        var address = LoopbackAddress.Next();
        var process = await ServerProcess.StartAsync(
            [
                DebianProgram.Dnsmasq, "--keep-in-foreground", "--log-facility=-", "--conf-file=/dev/null", "--pid-file=", "--user=root",
                "--no-resolv", "--no-hosts", $"--listen-address={address}", "--bind-interfaces",
                $"--host-record={name},{value}", // and no IPv6 address, which `--address` would answer with NXDOMAIN
                "--address=/#/",
            ],
            readyLine: "started, version",
            network,
            cancellationToken);
        return new NameServer(process, address);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
