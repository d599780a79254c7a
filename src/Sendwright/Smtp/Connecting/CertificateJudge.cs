using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sendwright.Evidence;

namespace Sendwright.Smtp.Connecting;

/// <summary>Turns what the platform says of a server's certificate into facts. The chain is looked at as the server sent it: nothing is fetched.</summary>
internal static class CertificateJudge
{
    /// <summary>The certificates as sent, the server's own first.</summary>
    public static IReadOnlyList<CertificateEvidence> Describe(X509Certificate2? leaf, X509Chain? chain)
    {
        if (leaf is null)
            return [];
        // SslStream puts exactly what the server sent into ExtraStore; ChainElements would hold what this machine added.
        var sent = chain?.ChainPolicy.ExtraStore.Where(certificate => !certificate.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span)) ?? [];
        return [Describe(leaf), .. sent.Select(Describe)];
    }

    /// <summary>What is wrong with it, the most telling first.</summary>
    public static IReadOnlyList<CertificateProblem> Judge(X509Certificate2? leaf, X509Chain? chain, SslPolicyErrors errors, DateTimeOffset now)
    {
        if (leaf is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return [CertificateProblem.Missing];
        var problems = new List<CertificateProblem>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && chain is not null)
        {
            foreach (var status in chain.ChainStatus)
            {
                var problem = Name(status.Status, leaf, chain, now);
                if (!problems.Contains(problem))
                    problems.Add(problem);
            }
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            problems.Add(CertificateProblem.NameMismatch);
        if (problems.Count == 0 && errors != SslPolicyErrors.None)
            problems.Add(CertificateProblem.Other);
        return problems;
    }

    private static CertificateProblem Name(X509ChainStatusFlags status, X509Certificate2 leaf, X509Chain chain, DateTimeOffset now) => status switch
    {
        X509ChainStatusFlags.NotTimeValid => IsNotYetValid(chain, now) ? CertificateProblem.NotYetValid : CertificateProblem.Expired,
        X509ChainStatusFlags.UntrustedRoot => IsSelfIssued(leaf) ? CertificateProblem.SelfSigned : CertificateProblem.UntrustedRoot,
        X509ChainStatusFlags.PartialChain => IsSelfIssued(leaf) ? CertificateProblem.SelfSigned
            : NamesItsIssuer(chain) ? CertificateProblem.IncompleteChain
            : CertificateProblem.UntrustedRoot,
        X509ChainStatusFlags.Revoked => CertificateProblem.Revoked,
        X509ChainStatusFlags.HasWeakSignature => CertificateProblem.Weak,
        _ => CertificateProblem.Other,
    };

    private static bool IsNotYetValid(X509Chain chain, DateTimeOffset now) =>
        chain.ChainElements.Any(element => element.Certificate.NotBefore.ToUniversalTime() > now.UtcDateTime);

    private static bool IsSelfIssued(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    // The last certificate we have was signed by one we lack. A public CA says where its certificate can be fetched (authorityInfoAccess, RFC 5280, 4.2.2.1), so the
    // server forgot to send an intermediate; a private CA hardly ever does, so its root is merely not trusted here.
    private static bool NamesItsIssuer(X509Chain chain)
    {
        var last = chain.ChainElements.LastOrDefault()?.Certificate;
        return last?.Extensions.OfType<X509AuthorityInformationAccessExtension>().Any(access => access.EnumerateCAIssuersUris().Any()) ?? false;
    }

    private static CertificateEvidence Describe(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return new CertificateEvidence
        {
            Subject = certificate.Subject,
            Issuer = certificate.Issuer,
            NotBefore = certificate.NotBefore.ToUniversalTime(),
            NotAfter = certificate.NotAfter.ToUniversalTime(),
            Names = names is null ? [] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())],
            IsSelfSigned = IsSelfIssued(certificate),
            Key = KeyOf(certificate),
            Sha256 = Convert.ToHexString(SHA256.HashData(certificate.RawDataMemory.Span)),
        };
    }

    private static string? KeyOf(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
            return $"RSA {rsa.KeySize}";
        using var ecdsa = certificate.GetECDsaPublicKey();
        return ecdsa is null ? certificate.PublicKey.Oid.FriendlyName : $"ECDSA {ecdsa.KeySize}";
    }
}
