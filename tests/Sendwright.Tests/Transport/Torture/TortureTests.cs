using System.Globalization;
using System.Security.Cryptography;

namespace Sendwright.Tests.Transport.Torture;

/// <summary>
/// Every message ends as taken once, refused, or unknown, never with another message's reply, and the sum is right, whatever the server does. <c>./dev torture_smtp RUNS SEED</c>
/// makes more runs.
/// </summary>
public sealed class TortureTests(ITestOutputHelper output)
{
    private const int FixedRuns = 150;

    [Fact]
    public async Task What_is_said_of_each_message_is_true_whatever_the_server_does()
    {
        var runs = Number("SENDWRIGHT_TORTURE_RUNS") ?? FixedRuns;
        // Those of the fast tests are always the same, but for the last.
        var first = Number("SENDWRIGHT_TORTURE_SEED") ?? 1;
        var seeds = Enumerable.Range(first, runs).Append(RandomNumberGenerator.GetInt32(int.MaxValue)).ToList();

        var results = new List<TortureResult>();
        var gate = new Lock();
        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (seed, _) =>
        {
            var result = await TortureRun.RunAsync(seed);
            lock (gate)
                results.Add(result);
        });

        var totals = results.SelectMany(result => result.Outcomes).GroupBy(outcome => outcome.Key, outcome => outcome.Value).OrderBy(outcomes => outcomes.Key);
        output.WriteLine($"seeds {first} to {first + runs - 1}, and {seeds[^1]}: {results.Sum(result => result.Outcomes.Values.Sum())} messages, {results.Sum(result => result.Resent)} times given to another connection");
        output.WriteLine(string.Join('\n', totals.Select(outcomes => $"{outcomes.Sum()} {outcomes.Key}")));
        if (results.Where(result => result.Violations.Count > 0).ToList() is { Count: > 0 } wrong)
            Assert.Fail($"{wrong.Count} runs went wrong.\n{string.Join('\n', wrong.Take(20))}");
        // A torture under which nothing or everything arrives proves nothing.
        Assert.All((string[])["receipts", nameof(MailOutcomeUnknownException), nameof(MailRefusedException), nameof(MailDisconnectedException), nameof(OperationCanceledException)], name => Assert.Contains(totals, outcomes => outcomes.Key == name));
    }

    private static int? Number(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
