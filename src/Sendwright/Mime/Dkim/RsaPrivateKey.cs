using System.Diagnostics;
using System.Security.Cryptography;

namespace Sendwright.Mime.Dkim;

/// <summary>An RSA private key at rest. It gives out the public half and ready-to-use instances, and prints as nothing.</summary>
[DebuggerDisplay("***")]
internal sealed class RsaPrivateKey
{
    /// <summary>RFC 8301, 3.2: "Signers MUST use RSA keys of at least 1024 bits".</summary>
    public const int FewestBits = 1024;

    /// <summary>RFC 8301, 3.2: what verifiers must be able to check ends here.</summary>
    public const int MostBits = 4096;

    private readonly byte[] _pkcs1;

    public RsaPrivateKey(RSA rsa)
    {
        _pkcs1 = rsa.ExportRSAPrivateKey();
        PublicKeyInfo = rsa.ExportSubjectPublicKeyInfo();
        Bits = rsa.KeySize;
    }

    public int Bits { get; }

    /// <summary>The public half as SubjectPublicKeyInfo, which is what p= of the DNS record holds (RFC 6376, 3.6.1, erratum 3017).</summary>
    public byte[] PublicKeyInfo { get; }

    /// <summary>An instance of one's own: the platform does not promise that two threads may use one.</summary>
    public RSA Open()
    {
        var rsa = RSA.Create();
        rsa.ImportRSAPrivateKey(_pkcs1, out _);
        return rsa;
    }

    public override string ToString() => "***";
}
