using System.Net;
using Sendwright.Integration.Tests.Network;
using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Servers;

/// <summary>A web server where a mail server is looked for.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly TestFolder _folder;

    private HttpServer(ServerProcess process, TestFolder folder, IPAddress address)
    {
        _process = process;
        _folder = folder;
        Address = address;
    }

    public IPAddress Address { get; }

    public static Task<HttpServer> StartPythonAsync(int port, CancellationToken cancellationToken) =>
        StartAsync(
            (folder, address) => [DebianProgram.Python, "-u", "-m", "http.server", "--directory", folder.Root, "--bind", address.ToString(), port.ToString()],
            readyLine: "Serving HTTP on",
            cancellationToken);

    public static Task<HttpServer> StartNginxAsync(int port, CancellationToken cancellationToken) =>
        StartAsync(
            (folder, address) => [DebianProgram.Nginx, "-p", folder.Root, "-e", "stderr", "-c", folder.Write("nginx.conf", $$"""
                daemon off;
                user root;
                pid {{folder.PathOf("pid")}};
                error_log stderr notice;
                events {
                }
                http {
                  access_log off;
                  client_body_temp_path {{folder.Root}};
                  proxy_temp_path {{folder.Root}};
                  fastcgi_temp_path {{folder.Root}};
                  uwsgi_temp_path {{folder.Root}};
                  scgi_temp_path {{folder.Root}};
                  server {
                    listen {{address}}:{{port}};
                  }
                }

                """)],
            readyLine: "start worker process ",
            cancellationToken);

    private static async Task<HttpServer> StartAsync(
        Func<TestFolder, IPAddress, IReadOnlyList<string>> command, string readyLine, CancellationToken cancellationToken)
    {
        var folder = new TestFolder();
        var address = LoopbackAddress.Next();
        try
        {
            return new HttpServer(await ServerProcess.StartAsync(command(folder, address), readyLine, network: null, cancellationToken), folder, address);
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
