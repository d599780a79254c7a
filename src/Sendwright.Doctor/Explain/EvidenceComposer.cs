using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Doctor.Explain;

/// <summary>Decides which of the reported failures is the one to be explained, and makes evidence of it and of what stands around it.</summary>
internal static class EvidenceComposer
{
    public static DiagnosisEvidence Compose(ReportedFacts facts, SettingsEvidence? settings)
    {
        var fault = First(facts);
        var statementPlace = facts.Statements.Count == 0 ? int.MaxValue : facts.Statements.Min(statement => statement.Place);
        // Whoever speaks first was there first: layers that report a failure of the layer below come later. Only a wrapper says less than a statement behind it.
        var faultWins = fault is not null && (fault.Precision == Precision.Wrapper ? statementPlace == int.MaxValue : fault.Place <= statementPlace);
        return new DiagnosisEvidence
        {
            Settings = Merge(settings, facts.Problems),
            Attempts = faultWins ? [Attempt(facts, fault!)] : [],
            Statements = faultWins ? [] : [.. facts.Statements.OrderBy(statement => statement.Place).Select(statement => statement.Statement).Distinct()],
        };
    }

    private static FaultReport? First(ReportedFacts facts)
    {
        if (facts.Faults.Count == 0)
            return null;
        var precision = facts.Faults.Max(fault => fault.Precision);
        return facts.Faults.Where(fault => fault.Precision == precision).MinBy(fault => fault.Place);
    }

    private static Attempt Attempt(ReportedFacts facts, FaultReport report)
    {
        var session = facts.Session;
        var fault = report.Fault;
        var tellsStage = report.TellsStage;
        if (!tellsStage && session.Reached is { } reached)
            (fault, tellsStage) = (fault with { Stage = reached, Kind = fault.Kind == FaultKind.ConnectionTimedOut ? FaultKind.ReplyTimedOut : fault.Kind }, true);
        // RFC 5321, 4.5.3.2.6: after the final dot without a reply nobody here knows whether the message was taken.
        if (session.AwaitsEndOfData && !report.Precision.Equals(Precision.Cause) && fault.Kind is FaultKind.Disconnected or FaultKind.ConnectionReset or FaultKind.ReplyTimedOut)
            fault = fault with { Kind = FaultKind.OutcomeUnknown, Stage = MailStage.EndOfData };
        var security = report.Security ?? facts.Security;
        var isImplicit = security == ConnectionSecurity.Implicit;
        return new Attempt
        {
            Source = FactSource.Reported,
            Host = facts.Host,
            Port = facts.Port,
            Security = security,
            Addresses = fault.Stage == MailStage.Connect ? [.. facts.Addresses.Select(address => address with { Failure = fault.Kind })] : facts.Addresses,
            ConnectedTo = session.ConnectedTo,
            Stages = tellsStage ? [new StageRecord(fault.Stage, StageOutcome.Failed, null, fault.Message)] : [],
            Greeting = session.Greeting,
            CapabilitiesBeforeTls = isImplicit ? null : session.CapabilitiesBeforeTls,
            CapabilitiesAfterTls = session.CapabilitiesAfterTls ?? (isImplicit ? session.CapabilitiesBeforeTls : null),
            Tls = report.Tls,
            Auth = session.Auth,
            Exchanges = session.Exchanges,
            Fault = fault,
        };
    }

    private static SettingsEvidence? Merge(SettingsEvidence? settings, IReadOnlyList<SettingProblem> problems) => problems.Count == 0
        ? settings
        : (settings ?? new SettingsEvidence { Source = "the pasted text" }) with { Problems = [.. settings?.Problems ?? [], .. problems] };
}
