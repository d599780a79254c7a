using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Sendwright.Integration.Tests.Bench;

/// <summary>A sink of a test's own. It ends with its standard input, so it cannot outlive the test.</summary>
internal sealed class RunningSink : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process _process;

    private RunningSink(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<RunningSink> StartAsync(CancellationToken cancellationToken, params IReadOnlyList<string> options)
    {
        var process = new Process { StartInfo = new ProcessStartInfo(BenchTools.Sink, options) { RedirectStandardInput = true, RedirectStandardOutput = true } };
        process.Start();
        var listening = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The sink did not start.");
        using var first = JsonDocument.Parse(listening);
        return new RunningSink(process, first.RootElement.GetProperty("port").GetInt32());
    }

    /// <summary>The counts since the last report.</summary>
    public async Task<SinkCounts> ReportAsync(CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteAsync("report\n".AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return JsonSerializer.Deserialize<SinkCounts>((await _process.StandardOutput.ReadLineAsync(cancellationToken))!, Json)!;
    }

    /// <summary>Says each group once the reply to the one before has come, and returns all replies up to the end of the connection.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="groups">What is written in one piece, and how its last reply begins.</param>
    public async Task<string> TalkAsync(CancellationToken cancellationToken, params IReadOnlyList<(string Group, string Until)> groups)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
        var stream = client.GetStream();
        using var replies = new StreamReader(stream, Encoding.ASCII);
        var heard = new StringBuilder();
        await HearAsync("220 ");
        foreach (var (group, until) in groups)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(group), cancellationToken);
            await HearAsync(until);
        }

        client.Client.Shutdown(SocketShutdown.Send);
        heard.Append(await replies.ReadToEndAsync(cancellationToken));
        return heard.ToString().ReplaceLineEndings("\n");

        async Task HearAsync(string until)
        {
            while (await replies.ReadLineAsync(cancellationToken) is { } line)
            {
                heard.Append(line).Append('\n');
                if (line.StartsWith(until, StringComparison.Ordinal))
                    return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
