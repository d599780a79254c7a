using System.Diagnostics;
using Sendwright.Integration.Tests.Network;

namespace Sendwright.Integration.Tests.Programs;

/// <summary>One call of a program that is expected to end by itself.</summary>
internal sealed record ProgramCall(string Program, params IReadOnlyList<string> Arguments)
{
    public string StandardInput { get; init; } = "";

    /// <summary>Variables to add; null removes an inherited one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The network it runs in; the machine's own where there is none.</summary>
    public NetworkNamespace? Network { get; init; }

    /// <summary>How long it may take; beyond that it is ended and the call fails.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    public async Task<ProgramResult> RunAsync(CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = NewStartInfo() };
        var start = TimeProvider.System.GetTimestamp();
        process.Start();
        using var timeout = new CancellationTokenSource(TimeLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);

        // Both streams are read while the program runs: a full pipe would stop it.
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await WriteInputAsync(process, either.Token);
            await process.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException(
                $"'{Program} {string.Join(' ', Arguments)}' did not end within {TimeLimit.TotalSeconds:0} s. It wrote:\n{await output}\n{await errors}");
        }

        return new ProgramResult(process.ExitCode, await output, await errors, TimeProvider.System.GetElapsedTime(start));
    }

    private ProcessStartInfo NewStartInfo()
    {
        IReadOnlyList<string> line = [.. Network?.CommandPrefix ?? [], Program, .. Arguments];
        var info = new ProcessStartInfo(line[0], line.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
            info.Environment[name] = value;
        return info;
    }

    private async Task WriteInputAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(StandardInput.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading its input; its exit code tells the story.
        }
    }
}
