using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Diagnosis.Rules;

/// <summary>The greeting: who answers, if anybody.</summary>
internal static class GreetingRules
{
    private const int ImplicitTlsPort = 465;

    /// <summary>Something that is no mail server answered, at once or when an experiment spoke to it.</summary>
    public static IEnumerable<Candidate> OtherProtocol(DiagnosisEvidence evidence)
    {
        var fault = evidence.Fault();
        if (fault is null)
            yield break;
        var spoken = fault.UnexpectedText ?? evidence.Subject!.Tls?.PlaintextAnswer;
        var cited = evidence.Cite();
        if (EvidenceReading.ProtocolOf(spoken) is null && fault.Stage is MailStage.Greeting or MailStage.Tls or MailStage.Hello)
        {
            var spoke = evidence.Experiments.FirstOrDefault(attempt =>
                attempt.Port == evidence.Port() && EvidenceReading.ProtocolOf(attempt.Fault?.UnexpectedText ?? attempt.Tls?.PlaintextAnswer) is not null);
            if (spoke is not null)
            {
                spoken = spoke.Fault?.UnexpectedText ?? spoke.Tls?.PlaintextAnswer;
                cited = [.. cited, spoke.Cite()];
            }
        }

        var protocol = EvidenceReading.ProtocolOf(spoken);
        var isGreeting = fault.Kind == FaultKind.NotSmtp;
        if (protocol is null && !isGreeting)
            yield break;
        yield return new Candidate(FaultCodes.NotAnSmtpServer, protocol is null ? Certainty.Likely : Certainty.Certain, MailStage.Greeting)
        {
            Title = protocol is null ? $"What answers on port {evidence.Port()} does not speak SMTP." : $"What answers on port {evidence.Port()} speaks {protocol}, not SMTP.",
            Evidence = cited,
            Explains = [FaultCodes.BannerTimeout, FaultCodes.TlsModeImplicitOnStartTlsPort, FaultCodes.ReplyTimeout, FaultCodes.ProtocolViolation],
            Fixes = ConnectRules.UseWorkingPort(evidence),
        };
    }

    /// <summary>Connected, and nothing is said. Where the port wants TLS first, that is why.</summary>
    public static IEnumerable<Candidate> Silence(DiagnosisEvidence evidence)
    {
        if (!evidence.EndedAt(MailStage.Greeting, FaultKind.ReplyTimedOut, FaultKind.TotalTimedOut))
            yield break;
        if (evidence.Security() != ConnectionSecurity.Implicit)
        {
            var proof = evidence.WorksOnSamePort(ConnectionSecurity.Implicit) ?? EstablishedTls(evidence);
            var looked = evidence.Experiments.Any(attempt => attempt.Port == evidence.Port());
            if (proof is not null || (!looked && evidence.Port() == ImplicitTlsPort))
            {
                yield return new Candidate(FaultCodes.TlsModePlainOnImplicitPort, proof is null ? Certainty.Likely : Certainty.Certain, MailStage.Tls)
                {
                    Evidence = proof is null ? evidence.Cite() : [.. evidence.Cite(), proof.Cite()],
                    Explains = [FaultCodes.BannerTimeout],
                };
            }
        }

        yield return new Candidate(FaultCodes.BannerTimeout, Certainty.Certain, MailStage.Greeting)
        {
            Evidence = [.. evidence.Cite(), .. evidence.Experiments.Where(attempt => attempt.Port == evidence.Port()).Select(attempt => attempt.Cite())],
            Fixes = ConnectRules.UseWorkingPort(evidence),
        };
    }

    /// <summary>A greeting that begins like SMTP and breaks its grammar.</summary>
    public static IEnumerable<Candidate> BrokenGreeting(DiagnosisEvidence evidence)
    {
        if (evidence.EndedBy(FaultKind.ProtocolViolation, FaultKind.InjectedBeforeTls))
            yield return new Candidate(FaultCodes.ProtocolViolation, Certainty.Certain, evidence.Fault()!.Stage) { Evidence = evidence.Cite() };
    }

    // TLS was agreed on this port though the server then said nothing we understand: the port still expects TLS first.
    private static Attempt? EstablishedTls(DiagnosisEvidence evidence) => evidence.Experiments.FirstOrDefault(attempt =>
        attempt.Port == evidence.Port() && attempt is { Security: ConnectionSecurity.Implicit, Tls.Established: true } && EvidenceReading.ProtocolOf(attempt.Fault?.UnexpectedText) is null);
}
