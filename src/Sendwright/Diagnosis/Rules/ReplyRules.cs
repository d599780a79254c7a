using Sendwright.Evidence;
using Sendwright.Providers;
using Sendwright.Smtp.Wire;

namespace Sendwright.Diagnosis.Rules;

/// <summary>What the server said no to, and what its words and codes mean.</summary>
internal static class ReplyRules
{
    public static IEnumerable<Candidate> Refused(DiagnosisEvidence evidence)
    {
        if (evidence.Fault() is not { Kind: FaultKind.Refused, Reply: { } reply } fault)
            yield break;
        var cited = evidence.Cite();
        // Refusing STARTTLS itself is another matter than refusing something until STARTTLS.
        if (fault.Stage == MailStage.Tls)
            yield break;
        var first = MeaningOf(fault.Stage, reply);
        if (first is null)
            yield break;
        yield return new Candidate(first.FaultCode, first.Certainty, fault.Stage) { Evidence = cited };
        foreach (var other in Rivals(evidence, first.FaultCode, fault, reply))
            yield return other with { Evidence = cited };
    }

    /// <summary>What a refusal means; null where it says too little.</summary>
    public static ReplyMeaning? MeaningOf(MailStage stage, SmtpReply reply)
    {
        var text = reply.Text.ToLowerInvariant();
        return ReplyMeanings.All.FirstOrDefault(meaning => meaning.Matches(stage, reply, text));
    }

    // The neighbours that the same reply would fit.
    private static IEnumerable<Candidate> Rivals(DiagnosisEvidence evidence, string cause, AttemptFault fault, SmtpReply reply)
    {
        var loggedIn = evidence.Subject?.Auth?.Accepted == true;
        var couldLogIn = evidence.Offer()?.Auth == true;
        switch (cause)
        {
            case FaultCodes.RelayDenied when !loggedIn && couldLogIn:
                // Most servers say "relay denied" to whoever has not logged in.
                yield return new Candidate(FaultCodes.AuthRequired, Certainty.Likely, fault.Stage);
                break;
            case FaultCodes.AuthBadCredentials when evidence.Settings?.Secret is { IsSpacedAppPassword: true, StrayEnd: null }:
                yield return new Candidate(FaultCodes.SecretHasWhitespace, Certainty.Possible, MailStage.Settings)
                {
                    Title = "The secret looks like an app password with the blanks in which it was shown.",
                };
                break;
            case FaultCodes.AuthBadCredentials when WantsAppPassword(evidence) && !AuthRules.IsTokenLogin(evidence):
                yield return new Candidate(FaultCodes.AuthAppPasswordRequired, Certainty.Likely, fault.Stage);
                break;
            case FaultCodes.RecipientRejected when reply.EnhancedCode is null:
                yield return new Candidate(FaultCodes.RelayDenied, Certainty.Possible, fault.Stage);
                break;
        }
    }

    // Some providers refuse the account's own password as if it were a wrong one.
    private static bool WantsAppPassword(DiagnosisEvidence evidence) =>
        evidence.Host() is { } host && ProviderCatalog.Default.FindByHost(host) is { Secrets: { Count: > 0 } secrets }
        && secrets.Any(secret => secret.StartsWith("app password", StringComparison.OrdinalIgnoreCase))
        && !secrets.Any(secret => secret.StartsWith("password", StringComparison.OrdinalIgnoreCase) || secret.Contains("account password", StringComparison.OrdinalIgnoreCase));
}
