using Sendwright.Integration.Tests.Network;
using Sendwright.Integration.Tests.Programs;
using Sendwright.Settings;

namespace Sendwright.Integration.Tests.Servers;

/// <summary>A real HTTP proxy, tinyproxy, that wants a login and lets CONNECT go to one port.</summary>
internal sealed class ConnectProxy : IAsyncDisposable
{
    private const int Port = 3128;

    private readonly ServerProcess _process;
    private readonly TestFolder _folder;

    private ConnectProxy(ServerProcess process, TestFolder folder, ProxyServer server)
    {
        _process = process;
        _folder = folder;
        Server = server;
    }

    /// <summary>The proxy with a good login.</summary>
    public ProxyServer Server { get; }

    /// <summary>What it has logged.</summary>
    public string Log => _process.Output;

    public static async Task<ConnectProxy> StartAsync(int allowedPort, CancellationToken cancellationToken)
    {
        var folder = new TestFolder();
        var address = LoopbackAddress.Next().ToString();
        try
        {
            var configuration = folder.Write("tinyproxy.conf", $"""
                User nobody
                Group nogroup
                Port {Port}
                Listen {address}
                Timeout 60
                LogLevel Info
                MaxClients 20
                Allow 127.0.0.0/8
                BasicAuth ann tr0ub4dor-S3CRET-7
                ConnectPort {allowedPort}

                """);
            var process = await ServerProcess.StartAsync([DebianProgram.Tinyproxy, "-d", "-c", configuration], readyLine: "Starting main loop", network: null, cancellationToken);
            return new ConnectProxy(process, folder, new ProxyServer { Host = address, Port = Port, Credentials = new MailCredentials("ann", new Secret("tr0ub4dor-S3CRET-7")) });
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
