namespace Sendwright.Tests.Transport.Torture;

/// <summary>How a run ended, and what was wrong with it.</summary>
internal sealed record TortureResult(int Seed, string What, IReadOnlyDictionary<string, int> Outcomes, int Resent, bool OneCommandAtATime, IReadOnlyList<string> Violations)
{
    public override string ToString() => $"seed {Seed}: {What}\n  {string.Join(", ", Outcomes.OrderBy(outcome => outcome.Key).Select(outcome => $"{outcome.Value} {outcome.Key}"))}\n  {string.Join("\n  ", Violations)}";
}
