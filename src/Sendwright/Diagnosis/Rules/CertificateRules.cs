using System.Globalization;
using Sendwright.Evidence;
using Sendwright.Providers;
using Sendwright.Settings;

namespace Sendwright.Diagnosis.Rules;

/// <summary>The server's certificate.</summary>
internal static class CertificateRules
{
    public static IEnumerable<Candidate> Rejected(DiagnosisEvidence evidence)
    {
        if (!evidence.EndedBy(FaultKind.CertificateRejected) || evidence.Subject?.Tls is not { } tls)
            yield break;
        foreach (var candidate in Judge(evidence, tls))
            yield return candidate;
    }

    /// <summary>The owner's settings switch the check off, and it would have failed: it works, and protects nobody.</summary>
    public static IEnumerable<Candidate> UncheckedProblem(DiagnosisEvidence evidence)
    {
        if (evidence.Subject?.Tls is not { CertificateChecked: false, Problems.Count: > 0 } tls)
            yield break;
        foreach (var candidate in Judge(evidence, tls))
            yield return candidate with { IsAdvice = true };
    }

    private static IEnumerable<Candidate> Judge(DiagnosisEvidence evidence, TlsEvidence tls)
    {
        var isKnownProvider = evidence.Host() is { } host && ProviderCatalog.Default.FindByHost(host) is not null;
        var reported = evidence.Subject!.Source == FactSource.Reported;
        IReadOnlyList<string> cited = [.. evidence.Cite(), .. tls.Chain.Select(Cite)];
        if (tls.Problems.Contains(CertificateProblem.NotPinned))
        {
            yield return NotPinned(evidence, tls, cited);
            yield break;
        }

        // Trust first: a certificate nobody vouches for is wrong whatever its dates and names are.
        if (tls.Problems.Contains(CertificateProblem.SelfSigned))
            yield return Interception(isKnownProvider, new Candidate(FaultCodes.TlsCertificateUntrusted, Certainty.Certain, MailStage.Tls) { Evidence = cited });
        if (tls.Problems.Contains(CertificateProblem.UntrustedRoot) || (reported && tls.Problems.Contains(CertificateProblem.IncompleteChain)))
        {
            // A well-known provider's chain is right: then it is this machine that lacks the roots.
            if (isKnownProvider && reported)
                yield return new Candidate(FaultCodes.LocalCaStoreMissing, Certainty.Likely, MailStage.Tls) { Evidence = cited, Explains = [FaultCodes.TlsCertificateUntrusted] };
            yield return new Candidate(FaultCodes.TlsCertificateUntrusted, reported ? Certainty.Likely : Certainty.Certain, MailStage.Tls) { Evidence = cited };
            // One certificate, signed by somebody unknown: a private CA, or a public one's intermediate that was left out.
            if (reported || tls.Chain is [{ IsSelfSigned: false }])
            {
                yield return new Candidate(FaultCodes.TlsCertificateIncompleteChain, Certainty.Possible, MailStage.Tls) { Evidence = cited };
                if (reported && !isKnownProvider)
                    yield return new Candidate(FaultCodes.LocalCaStoreMissing, Certainty.Possible, MailStage.Tls) { Evidence = cited };
            }
        }
        else if (tls.Problems.Contains(CertificateProblem.IncompleteChain))
        {
            yield return new Candidate(FaultCodes.TlsCertificateIncompleteChain, Certainty.Certain, MailStage.Tls) { Evidence = cited };
        }

        if (tls.Problems.Contains(CertificateProblem.Expired))
            yield return new Candidate(FaultCodes.TlsCertificateExpired, Certainty.Certain, MailStage.Tls) { Evidence = cited };
        if (tls.Problems.Contains(CertificateProblem.NotYetValid))
        {
            yield return new Candidate(FaultCodes.TlsCertificateNotYetValid, Certainty.Likely, MailStage.Tls) { Evidence = cited };
            yield return new Candidate(FaultCodes.ClockSkew, Certainty.Possible, MailStage.Tls) { Evidence = cited };
        }

        if (tls.Problems.Contains(CertificateProblem.NameMismatch))
            yield return new Candidate(FaultCodes.TlsCertificateNameMismatch, Certainty.Certain, MailStage.Tls) { Evidence = cited };
        if (tls.Problems.Any(problem => problem is CertificateProblem.Revoked or CertificateProblem.Weak or CertificateProblem.Other or CertificateProblem.Missing))
            yield return new Candidate(FaultCodes.TlsCertificateUntrusted, Certainty.Likely, MailStage.Tls) { Evidence = cited };
    }

    // The fingerprints decide alone: what else may be wrong with it does not matter.
    private static Candidate NotPinned(DiagnosisEvidence evidence, TlsEvidence tls, IReadOnlyList<string> cited)
    {
        var name = evidence.Vocabulary().NameOf(SettingKey.PinnedCertificates);
        var seen = tls.Chain is [{ Sha256: { } fingerprint }, ..] ? FingerprintText.Shown(fingerprint) : null;
        return new Candidate(FaultCodes.TlsCertificateUntrusted, Certainty.Certain, MailStage.Tls)
        {
            Title = $"The certificate of {evidence.Host() ?? "the server"} is none of those in {name}.",
            Explanation = "Either the server has a new certificate, or something else answers in its place. A fingerprint cannot tell which; the server's operator can.",
            Evidence = cited,
            Fixes = [new Fix { Text = $"Ask the server's operator for the fingerprint of its certificate. Only if it is the one seen here, add it to {name}{(seen is null ? "" : ": " + seen)}.", Setting = name }],
        };
    }

    // No public mail provider signs its own certificate: something in between does.
    private static Candidate Interception(bool isKnownProvider, Candidate untrusted) => isKnownProvider
        ? untrusted with { Code = FaultCodes.ProxyOrAntivirusInterception, Certainty = Certainty.Likely, Explains = [FaultCodes.TlsCertificateUntrusted] }
        : untrusted;

    private static string Cite(CertificateEvidence certificate) => string.Create(
        CultureInfo.InvariantCulture,
        $"certificate {certificate.Subject}, issued by {certificate.Issuer}, valid {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}{(certificate.Names.Count == 0 ? "" : $", for {string.Join(", ", certificate.Names)}")}");
}
