namespace Sendwright.Testing;

/// <summary>The kind of key a test certificate gets.</summary>
public enum TestKeyAlgorithm
{
    /// <summary>ECDSA on P-256: made in well under a millisecond.</summary>
    EcdsaP256,

    /// <summary>RSA with 2048 bits, as most servers in the wild have.</summary>
    Rsa2048,
}
