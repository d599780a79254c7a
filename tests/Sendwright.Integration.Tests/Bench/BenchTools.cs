using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Bench;

/// <summary>The programs of <c>bench/peers</c>, compiled once for all tests of the class, and the load generator.</summary>
public sealed class BenchTools : IAsyncLifetime
{
    internal static string Sink => Path.Combine(Artifacts.Root, "peers", "sink");

    private static string LoadGenerator => Path.Combine(Artifacts.Root, "bin", "Sendwright.Load", Artifacts.Configuration, "sendwright-load");

    public async ValueTask InitializeAsync()
    {
        var build = new ProgramCall(RepositoryFile.PathOf("bench/peers/build.sh")) { TimeLimit = TimeSpan.FromMinutes(2) };
        _ = (await build.RunAsync(TestContext.Current.CancellationToken)).Successful;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs <c>sendwright-load smtp</c> against a port of this machine.</summary>
    internal static Task<ProgramResult> LoadAsync(int port, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        new ProgramCall(LoadGenerator, ["smtp", "--host", "127.0.0.1", "--port", $"{port}", .. arguments]).RunAsync(cancellationToken);

    /// <summary>Runs <c>bench/smtp.py</c>, and returns the path of the figures it wrote.</summary>
    internal static async Task<string> CompareAsync(TestFolder folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var figures = folder.PathOf("figures.json");
        var call = new ProgramCall(DebianProgram.Python, [RepositoryFile.PathOf("bench/smtp.py"), .. arguments, "--output", figures])
        {
            // Programs of the same build as this test; and no folder of compiled Python beside the sources.
            Environment = new Dictionary<string, string?> { ["SENDWRIGHT_CONFIGURATION"] = Artifacts.Configuration, ["PYTHONDONTWRITEBYTECODE"] = "1" },
            TimeLimit = TimeSpan.FromMinutes(2),
        };
        _ = (await call.RunAsync(cancellationToken)).Successful;
        return figures;
    }
}
