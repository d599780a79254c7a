using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Sendwright.Settings;

namespace Sendwright.Smtp.Connecting;

/// <summary>How TLS is to be done. Made once for a route: certificates and keys are read from their files here, and never for a connection.</summary>
internal sealed record TlsParameters
{
    /// <summary>The name the certificate must cover, and the SNI.</summary>
    public required string TargetName { get; init; }

    /// <summary>The roots to trust; null for this machine's.</summary>
    public X509Certificate2Collection? Roots { get; init; }

    /// <summary>False where the owner's settings switch the check off; the problems are recorded all the same.</summary>
    public bool ChecksCertificate { get; init; } = true;

    /// <summary>The SHA-256 fingerprints of which the server's certificate must have one, in capital letters; empty to judge it by its issuers, names and dates.</summary>
    public IReadOnlyList<string> PinnedCertificates { get; init; } = [];

    /// <summary>The oldest version to accept.</summary>
    public TlsVersion MinimumVersion { get; init; } = TlsVersion.Tls12;

    /// <summary>The certificate to show to a server that asks; null to show none.</summary>
    public SslStreamCertificateContext? ClientCertificate { get; init; }

    /// <summary>Whether a connection may take up the keys of an earlier one to the same name. The certificate is judged all the same.</summary>
    public bool AllowsResumption { get; init; } = true;
}
