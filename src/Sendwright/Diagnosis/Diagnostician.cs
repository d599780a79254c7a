using Sendwright.Diagnosis.Catalog;
using Sendwright.Diagnosis.Rules;
using Sendwright.Evidence;
using Sendwright.Providers;
using Sendwright.Settings;

namespace Sendwright.Diagnosis;

/// <summary>From evidence to a report: runs every rule, ranks what they propose, and puts it into words. Pure: the same evidence gives the same report.</summary>
public static class Diagnostician
{
    /// <summary>Diagnoses a failed send, a probe or a pasted text.</summary>
    public static DiagnosisReport Diagnose(DiagnosisEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var candidates = RuleBook.All.SelectMany(rule => rule(evidence)).ToList();
        var findings = Rank([.. candidates.Where(candidate => !candidate.IsAdvice)]).Select(candidate => FindingCatalog.Describe(candidate, evidence)).ToList();
        var advice = candidates.Where(candidate => candidate.IsAdvice).DistinctBy(candidate => candidate.Code).Select(candidate => FindingCatalog.Describe(candidate, evidence)).ToList();
        var verdict = VerdictOf(evidence, findings);
        return new DiagnosisReport
        {
            Verdict = verdict,
            Target = TargetOf(evidence),
            Stages = evidence.Subject?.Stages ?? [],
            Findings = findings,
            Advice = advice,
            UndecidedBetween = verdict == Verdict.Undecided ? OpenQuestions(evidence) : Rivals(evidence, findings),
            SuggestedSettings = Suggested(findings),
            Elapsed = evidence.Subject?.Elapsed ?? TimeSpan.Zero,
            Evidence = evidence,
        };
    }

    // A cause stands before what it explains; then the firmer before the weaker; then the earlier stage, since what comes later is often its consequence.
    private static List<Candidate> Rank(List<Candidate> candidates)
    {
        var best = candidates
            // Two wrong settings are two findings, though they share a code.
            .GroupBy(candidate => (candidate.Code, candidate.Stage == MailStage.Settings ? candidate.Title : null))
            .Select(group => group.OrderBy(candidate => candidate.Certainty).First())
            .ToList();
        // What a certain cause explains is no finding of its own: it is the same fact seen from further away.
        var settled = best.Where(candidate => candidate.Certainty == Certainty.Certain).SelectMany(candidate => candidate.Explains).ToHashSet();
        best.RemoveAll(candidate => settled.Contains(candidate.Code));
        return [.. best
            .OrderBy(candidate => best.Any(other => other.Code != candidate.Code && other.Certainty != Certainty.Possible && other.Explains.Contains(candidate.Code)))
            .ThenBy(candidate => candidate.Certainty)
            .ThenBy(candidate => candidate.Stage)];
    }

    private static Verdict VerdictOf(DiagnosisEvidence evidence, List<Finding> findings)
    {
        if (findings.Count > 0)
            return Verdict.Fault;
        // Health must have been seen: a pasted text that shows no fault proves none.
        return evidence.Subject is { Source: FactSource.Observed, Fault: null } ? Verdict.Healthy : Verdict.Undecided;
    }

    private static DiagnosisTarget TargetOf(DiagnosisEvidence evidence)
    {
        var host = evidence.Host();
        return new DiagnosisTarget
        {
            Host = host,
            Port = evidence.Port(),
            Security = evidence.Security(),
            Provider = host is null ? null : ProviderCatalog.Default.FindByHost(host)?.Id,
            SettingsFrom = evidence.Settings?.Source,
        };
    }

    private static List<OpenQuestion> OpenQuestions(DiagnosisEvidence evidence)
    {
        var doctor = evidence.Host() is { } host
            ? $"sendwright doctor --host {host}{(evidence.Port() is { } port ? $" --port {port}" : "")}"
            : "sendwright doctor --env .env";
        return evidence.Fault() is { } fault
            ? [new OpenQuestion("undecided", $"{fault.Message} A probe of the server would tell more: {doctor}")]
            : [new OpenQuestion("undecided", $"No mail error was recognised. Paste the whole error with its traceback, or probe the settings: {doctor}")];
    }

    // Where the first cause is not certain, the others it was weighed against are named, with what would decide.
    private static List<OpenQuestion> Rivals(DiagnosisEvidence evidence, List<Finding> findings)
    {
        if (findings.Count < 2 || findings[0].Certainty == Certainty.Certain)
            return [];
        var how = evidence.Host() is { } host ? $"sendwright doctor --host {host}{(evidence.Port() is { } port ? $" --port {port}" : "")}" : "sendwright doctor";
        return [.. findings.Take(3).Select(finding => new OpenQuestion(finding.Code, $"{how} probes what this evidence leaves open."))];
    }

    private static List<SettingChange> Suggested(List<Finding> findings) => findings.Count == 0
        ? []
        : [.. findings[0].Fixes.Where(fix => fix is { Setting: not null, Value: not null }).Select(fix => new SettingChange(fix.Setting!, fix.Value)).DistinctBy(change => change.Name)];
}
