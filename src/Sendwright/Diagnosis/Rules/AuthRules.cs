using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Diagnosis.Rules;

/// <summary>The login, before the server has judged it. What a refusal means is in <see cref="ReplyRules"/>.</summary>
internal static class AuthRules
{
    public static IEnumerable<Candidate> NotOffered(DiagnosisEvidence evidence)
    {
        if (!evidence.EndedBy(FaultKind.AuthNotOffered))
            yield break;
        var inClear = evidence.Subject is { CapabilitiesAfterTls: null, CapabilitiesBeforeTls.StartTls: true };
        yield return new Candidate(FaultCodes.AuthNotOffered, Certainty.Certain, MailStage.Auth)
        {
            Title = inClear ? "The server offers a login only after STARTTLS, and the settings leave TLS off." : null,
            Evidence = [.. evidence.Cite(), .. evidence.Offer() is { } offer ? new[] { $"EHLO offers: {string.Join(", ", offer.Lines)}" } : []],
            Fixes = inClear ? TlsRules.Modes(evidence, ConnectionSecurity.StartTls) : ConnectRules.UseWorkingPort(evidence),
        };
    }

    public static IEnumerable<Candidate> NoSharedMechanism(DiagnosisEvidence evidence)
    {
        if (!evidence.EndedBy(FaultKind.NoSharedMechanism))
            yield break;
        var offered = evidence.Offer()?.AuthMechanisms ?? [];
        var onlyTokens = offered.Count > 0 && offered.All(mechanism => mechanism is "XOAUTH2" or "OAUTHBEARER");
        yield return new Candidate(onlyTokens ? FaultCodes.AuthBasicDisabled : FaultCodes.AuthMechanismUnsupported, Certainty.Certain, MailStage.Auth) { Evidence = evidence.Cite() };
    }

    public static IEnumerable<Candidate> NoToken(DiagnosisEvidence evidence)
    {
        if (evidence.EndedBy(FaultKind.TokenUnavailable))
            yield return new Candidate(FaultCodes.TokenUnavailable, Certainty.Certain, MailStage.Auth) { Evidence = evidence.Cite() };
    }

    public static IEnumerable<Candidate> ServerNotProven(DiagnosisEvidence evidence)
    {
        if (evidence.EndedBy(FaultKind.ServerNotProven))
            yield return new Candidate(FaultCodes.AuthServerNotProven, Certainty.Certain, MailStage.Auth) { Evidence = evidence.Cite() };
    }

    /// <summary>Whether the login was made with a token: then there is no password to be wrong.</summary>
    public static bool IsTokenLogin(DiagnosisEvidence evidence) => evidence.Subject?.Auth?.Mechanism is "XOAUTH2" or "OAUTHBEARER";
}
