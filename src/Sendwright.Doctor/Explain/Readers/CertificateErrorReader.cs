using Sendwright.Evidence;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>What is said of a certificate that did not pass: OpenSSL's reasons (X509_verify_cert_error_string), Node's codes, and the words of Python, Go, Java and .NET.</summary>
internal sealed class CertificateErrorReader : IFactReader
{
    private static readonly FaultPhrase[] Phrases =
    [
        .. Reason(CertificateProblem.Expired, "certificate has expired", "CERT_HAS_EXPIRED", "NotTimeValid"),
        .. Reason(CertificateProblem.NotYetValid, "certificate is not yet valid", "CERT_NOT_YET_VALID", "CertificateNotYetValidException"),
        .. Reason(CertificateProblem.NameMismatch, "Hostname mismatch", "IP address mismatch", "Hostname/IP does not match certificate", "ERR_TLS_CERT_ALTNAME_INVALID",
            "RemoteCertificateNameMismatch", "No subject alternative DNS name matching", "No subject alternative names matching", "x509: certificate is valid for", "x509: cannot validate certificate for", "does not match the server certificate"),
        // In a chain it is the root that is self-signed, as every root is: what lacks is trust in it.
        .. Reason(CertificateProblem.UntrustedRoot, "self signed certificate in certificate chain", "self-signed certificate in certificate chain", "SELF_SIGNED_CERT_IN_CHAIN"),
        .. Reason(CertificateProblem.SelfSigned, "self signed certificate", "self-signed certificate", "DEPTH_ZERO_SELF_SIGNED_CERT"),
        .. Reason(CertificateProblem.UntrustedRoot, "unable to get local issuer certificate", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "x509: certificate signed by unknown authority",
            "unable to find valid certification path to requested target", "UntrustedRoot"),
        .. Reason(CertificateProblem.IncompleteChain, "unable to verify the first certificate", "unable to get issuer certificate", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "PartialChain"),
        .. Reason(CertificateProblem.Revoked, "certificate revoked", "CERT_REVOKED"),
        .. Reason(CertificateProblem.Weak, "certificate key too weak", "EE_KEY_TOO_SMALL", "ee key too small", "CA_KEY_TOO_SMALL", "ca key too small", "CA_MD_TOO_WEAK", "ca md too weak", "signature digest algorithm too weak"),
        .. Reason(CertificateProblem.Other, "unsupported certificate purpose", "invalid CA certificate", "path length constraint exceeded", "Missing Authority Key Identifier",
            "Missing Subject Key Identifier", "Basic Constraints of CA cert not marked critical", "CA cert does not include key usage extension"),
        .. Reason(null, "CERTIFICATE_VERIFY_FAILED", "certificate verify failed", "RemoteCertificateChainErrors", "The remote certificate is invalid according to the validation procedure",
            "The remote certificate was rejected"),
    ];

    public void Read(PastedText text, ReportedFacts facts)
    {
        var traceback = PythonTraceback.Of(text);
        foreach (var phrase in Phrases)
        {
            foreach (var at in text.Find(phrase.Words))
            {
                // "The server may be using a self-signed certificate": advice, not an error.
                if (at < 2 || !text.Flat.AsSpan(at - 2, 2).Equals("a ", StringComparison.OrdinalIgnoreCase))
                    phrase.ReportAt(text, text.PlaceOf(at), facts, traceback);
            }
        }

        // Python before 3.7: "hostname 'a' doesn't match 'b'", with names between the words.
        foreach (var words in new[] { "' doesn't match '", "' doesn't match either of '" })
        {
            foreach (var at in text.Find(words))
                Reason(CertificateProblem.NameMismatch, words).First().ReportAt(text, text.PlaceOf(at), facts, traceback);
        }
    }

    // "Verification failed" alone says less than the reason behind it.
    private static IEnumerable<FaultPhrase> Reason(CertificateProblem? problem, params string[] forms) => forms.Select(form =>
        new FaultPhrase(form, FaultKind.CertificateRejected, MailStage.Tls)
        {
            Precision = problem is null ? Precision.Symptom : Precision.Cause,
            Tls = new TlsEvidence { Problems = problem is { } known ? [known] : [], Error = form },
        });
}
