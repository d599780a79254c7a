using System.Text.Json;
using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Bench;

/// <summary>The tools that measure sending work: what a run sent is what arrived, and a run that proves nothing fails.</summary>
public sealed class Bench_load(BenchTools tools) : IClassFixture<BenchTools>
{
    private readonly BenchTools _ = tools;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--no-reuse")]
    [InlineData("--compose")]
    [InlineData("--no-chunking")]
    public async Task Each_receipt_is_a_message_that_the_sink_took(string option)
    {
        await using var sink = await RunningSink.StartAsync(Cancel);

        var run = (await BenchTools.LoadAsync(sink.Port, ["--connections", "4", "--messages", "50", "--warm-up", "5", "--check", "--json", option], Cancel)).Successful;

        using var result = JsonDocument.Parse(run.Output);
        Assert.Equal(50, result.RootElement.GetProperty("messages").GetInt32());
        Assert.Equal(55, result.RootElement.GetProperty("receipts").GetInt32());
        foreach (var figure in (string[])["seconds", "perSecond", "cpuSecondsPer1000", "peakRssMiB"])
            Assert.True(result.RootElement.GetProperty(figure).GetDouble() > 0, $"{figure} in {run.Output}");
        var counts = await sink.ReportAsync(Cancel);
        Assert.Equal((55, 0), (counts.Messages, counts.Refused));
        if (option == "--no-reuse")
            Assert.Equal((55, 55L * 2048), (counts.Connections, counts.Octets));
        if (option == "--no-chunking")
            Assert.Equal(0, counts.Chunks);
    }

    [Fact]
    public async Task A_message_that_is_not_sent_fails_the_run()
    {
        int port;
        await using (var gone = await RunningSink.StartAsync(Cancel))
            port = gone.Port;

        var run = await BenchTools.LoadAsync(port, ["--messages", "10"], Cancel);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"sendwright-load: After 0 right receipts: 127.0.0.1:{port}", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--size", "511")]
    [InlineData("--connections", "0")]
    [InlineData("--password-env", "SENDWRIGHT_NO_SUCH_VARIABLE")]
    public async Task What_cannot_be_asked_for_is_a_mistake_of_the_command_line(string option, string value)
    {
        var run = await BenchTools.LoadAsync(25, [option, value], Cancel);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(value, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_comparison_runs_plain_over_TLS_and_behind_a_long_line()
    {
        using var folder = new TestFolder();

        var figures = await BenchTools.CompareAsync(folder, ["--only", "check", "--rounds", "1"], Cancel);

        // It fails by itself where the sink's count differs from the receipts; what is looked at here is that it measured anything.
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(figures, Cancel));
        var rows = report.RootElement.GetProperty("rows").EnumerateArray().ToDictionary(
            row => row.GetProperty("title").GetString()!, row => row.GetProperty("senders").GetProperty("sendwright")[0]);
        Assert.Equal(["STARTTLS", "a long line", "composed, by DATA", "ready-made"], rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(rows.Values, run => Assert.True(run.GetProperty("per_second").GetDouble() > 0 && run.GetProperty("waits").GetDouble() > 0, run.ToString()));
        Assert.Equal(2048, rows["ready-made"].GetProperty("octets").GetDouble());
        Assert.InRange(rows["composed, by DATA"].GetProperty("octets").GetDouble(), 100_000, 120_000);
    }
}
