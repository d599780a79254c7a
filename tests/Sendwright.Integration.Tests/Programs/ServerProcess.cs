using System.Diagnostics;
using Sendwright.Integration.Tests.Network;

namespace Sendwright.Integration.Tests.Programs;

/// <summary>
/// A server in the foreground, in a process namespace of its own: ending it ends everything it ever started, even what has detached itself.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Part, TaskCompletionSource Seen)> _awaited = [];

    private ServerProcess(Process process) => _process = process;

    /// <summary>Everything it wrote so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_lock)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>Starts a server and waits until it says that it is ready.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="readyLine">A part of the line that it writes once it listens.</param>
    /// <param name="network">The network it runs in; the machine's own where there is none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<ServerProcess> StartAsync(
        IReadOnlyList<string> command, string readyLine, NetworkNamespace? network, CancellationToken cancellationToken)
    {
        DebianProgram.RequireRoot();
        IReadOnlyList<string> line = [.. network?.CommandPrefix ?? [], "unshare", "--pid", "--mount", "--fork", "--", .. command];
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(line[0], line.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        var server = new ServerProcess(process);
        process.OutputDataReceived += (_, received) => server.Take(received.Data);
        process.ErrorDataReceived += (_, received) => server.Take(received.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            var ready = server.WaitForLineAsync(readyLine, cancellationToken);
            if (await Task.WhenAny(ready, process.WaitForExitAsync(cancellationToken)) != ready && !cancellationToken.IsCancellationRequested)
                throw new InvalidOperationException($"'{string.Join(' ', line)}' ended with exit code {process.ExitCode}. It wrote:\n{server.Output}");
            await ready;
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a line that contains the text, also one that was written before.</summary>
    public async Task WaitForLineAsync(string part, CancellationToken cancellationToken)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_lines.Exists(line => line.Contains(part, StringComparison.Ordinal)))
                return;
            _awaited.Add((part, seen));
        }

        try
        {
            await seen.Task.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The server did not write '{part}' within {Patience.TotalSeconds:0} s. It wrote:\n{Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The first process inside the namespace is a child of `unshare`; with it the kernel ends all others.
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        // Ends when the last process that holds the server's output is gone.
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        List<TaskCompletionSource> seen;
        lock (_lock)
        {
            _lines.Add(line);
            seen = [.. _awaited.Where(one => line.Contains(one.Part, StringComparison.Ordinal)).Select(one => one.Seen)];
        }

        foreach (var one in seen)
            one.TrySetResult();
    }
}
