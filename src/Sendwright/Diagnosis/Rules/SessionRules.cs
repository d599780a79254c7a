using Sendwright.Evidence;

namespace Sendwright.Diagnosis.Rules;

/// <summary>A session that ends in the middle.</summary>
internal static class SessionRules
{
    public static IEnumerable<Candidate> Ended(DiagnosisEvidence evidence)
    {
        if (evidence.Fault() is not { } fault)
            yield break;
        // Before the greeting, and inside the handshake, other rules know more.
        var isEarly = fault.Stage is MailStage.Dns or MailStage.Connect or MailStage.Greeting or MailStage.Tls;
        var code = fault.Kind switch
        {
            FaultKind.OutcomeUnknown => FaultCodes.OutcomeUnknown,
            FaultKind.ContentNotCanonical => FaultCodes.BareNewline,
            FaultKind.ContentChanged => FaultCodes.ContentChanged,
            FaultKind.ContentUnreadable => FaultCodes.ContentUnreadable,
            FaultKind.Disconnected or FaultKind.ConnectionReset when !isEarly => FaultCodes.ServerDisconnected,
            FaultKind.ReplyTimedOut or FaultKind.TotalTimedOut when !isEarly => FaultCodes.ReplyTimeout,
            _ => null,
        };
        if (code is not null)
            yield return new Candidate(code, Certainty.Certain, fault.Stage) { Evidence = evidence.Cite() };
    }

    public static IEnumerable<Candidate> MissingExtension(DiagnosisEvidence evidence)
    {
        if (evidence.EndedBy(FaultKind.SmtpUtf8NotOffered))
            yield return new Candidate(FaultCodes.SmtpUtf8Unsupported, Certainty.Certain, MailStage.Recipient) { Evidence = evidence.Cite() };
        if (evidence.EndedBy(FaultKind.EightBitMimeNotOffered))
            yield return new Candidate(FaultCodes.EightBitMimeUnsupported, Certainty.Certain, MailStage.Sender) { Evidence = evidence.Cite() };
        if (evidence.EndedBy(FaultKind.LargerThanAnnouncedSize))
            yield return new Candidate(FaultCodes.MessageTooLarge, Certainty.Certain, MailStage.Sender) { Evidence = evidence.Cite() };
    }

    /// <summary>Sentences of a pasted text that name their cause.</summary>
    public static IEnumerable<Candidate> Statements(DiagnosisEvidence evidence) =>
        evidence.Statements.Select(statement => new Candidate(statement.Code, Certainty.Likely, StageOf(statement.Code)) { Evidence = [statement.Text] });

    private static MailStage StageOf(string code) => code.StartsWith("config", StringComparison.Ordinal) ? MailStage.Settings : code.StartsWith("auth", StringComparison.Ordinal) ? MailStage.Auth : MailStage.Connect;
}
