using Sendwright.Evidence;
using Sendwright.Providers;
using Sendwright.Settings;

namespace Sendwright.Diagnosis.Rules;

/// <summary>The name lookup.</summary>
internal static class LookupRules
{
    public static IEnumerable<Candidate> NameNotFound(DiagnosisEvidence evidence)
    {
        if (!evidence.EndedBy(FaultKind.NameNotFound))
            yield break;
        var host = evidence.Host();
        var resolution = evidence.Resolutions.FirstOrDefault(resolution => resolution.Name.Equals(host, StringComparison.OrdinalIgnoreCase));
        yield return new Candidate(FaultCodes.DnsNameNotFound, Certainty.Certain, MailStage.Dns)
        {
            Evidence = resolution is null ? evidence.Cite() : [$"lookup of {resolution.Name} by {resolution.Resolver}: {resolution.Detail ?? resolution.Outcome.ToString()}"],
            Fixes = host is null ? [] : Nearest(evidence, host),
        };
    }

    public static IEnumerable<Candidate> LookupFailed(DiagnosisEvidence evidence)
    {
        if (!evidence.EndedBy(FaultKind.NameLookupFailed) && !evidence.EndedAt(MailStage.Dns, FaultKind.ReplyTimedOut, FaultKind.TotalTimedOut))
            yield break;
        yield return new Candidate(FaultCodes.DnsLookupFailed, Certainty.Certain, MailStage.Dns) { Evidence = evidence.Cite() };
        // The resolver decided nothing, but a name that is one slip away from a known one is worth a second look.
        if (evidence.Host() is { } host && Nearest(evidence, host) is { Count: > 0 } fixes)
            yield return new Candidate(FaultCodes.DnsNameNotFound, Certainty.Possible, MailStage.Dns) { Evidence = evidence.Cite(), Fixes = fixes };
    }

    private static IReadOnlyList<Fix> Nearest(DiagnosisEvidence evidence, string host)
    {
        if (ProviderCatalog.Default.NearestKnownHost(host) is not { } near)
            return [];
        var name = evidence.Vocabulary().NameOf(SettingKey.Host);
        return [new Fix { Text = $"{host} looks like {near} misspelt. {FixText.Assign(new SettingChange(name, near))}", Setting = name, Value = near }];
    }
}
