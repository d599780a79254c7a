using System.Net;
using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Network;

/// <summary>
/// A network that holds one host and nothing else: its address is not loopback, its firewall is the test's, and there is no way out of it.
/// </summary>
internal sealed class NetworkNamespace : IAsyncDisposable
{
    private readonly string _name = $"sw-{Guid.NewGuid():N}"[..15];

    private NetworkNamespace()
    {
    }

    /// <summary>The one host's address, from the block that documentation uses (RFC 5737).</summary>
    public IPAddress Host { get; } = IPAddress.Parse("198.51.100.2");

    /// <summary>What to put before a command so that it runs in this network.</summary>
    public IReadOnlyList<string> CommandPrefix => [DebianProgram.Ip, "netns", "exec", _name];

    public static async Task<NetworkNamespace> CreateAsync(CancellationToken cancellationToken)
    {
        DebianProgram.RequireRoot();
        var network = new NetworkNamespace();
        await IpAsync(["netns", "add", network._name], cancellationToken);
        try
        {
            await IpAsync(["-n", network._name, "link", "set", "lo", "up"], cancellationToken);
            await IpAsync(["-n", network._name, "address", "add", $"{network.Host}/32", "dev", "lo"], cancellationToken);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Drops what comes for these ports without a word, as a firewall does.</summary>
    public async Task DropAsync(IReadOnlyList<int> ports, CancellationToken cancellationToken)
    {
        var rules = $$"""
            table inet firewall {
              chain incoming {
                type filter hook input priority 0
                tcp dport { {{string.Join(", ", ports)}} } drop
              }
            }

            """;
        _ = (await new ProgramCall(DebianProgram.Nft, "-f", "-") { Network = this, StandardInput = rules }.RunAsync(cancellationToken)).Successful;
    }

    public async ValueTask DisposeAsync() => await IpAsync(["netns", "delete", _name], CancellationToken.None);

    private static async Task IpAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        _ = (await new ProgramCall(DebianProgram.Ip, arguments).RunAsync(cancellationToken)).Successful;
}
