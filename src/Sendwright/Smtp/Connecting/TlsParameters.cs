using System.Security.Cryptography.X509Certificates;

namespace Sendwright.Smtp.Connecting;

/// <summary>How TLS is to be done.</summary>
internal sealed record TlsParameters
{
    /// <summary>The name the certificate must cover, and the SNI.</summary>
    public required string TargetName { get; init; }

    /// <summary>The roots to trust; null for this machine's.</summary>
    public X509Certificate2Collection? Roots { get; init; }

    /// <summary>False where the owner's settings switch the check off; the problems are recorded all the same.</summary>
    public bool ChecksCertificate { get; init; } = true;
}
