using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Sendwright.Mime.Dkim;

/// <summary>Open instances of one key: as many as sign at once, kept for the next. Opening one costs about as much as a signature.</summary>
internal sealed class RsaPool(RsaPrivateKey key) : IDisposable
{
    private readonly ConcurrentBag<RSA> _idle = [];
    private volatile bool _isDisposed;

    /// <summary>Signs a SHA-256 hash (RSASSA-PKCS1-v1_5, RFC 8017); the same hash gives the same signature.</summary>
    public byte[] Sign(ReadOnlySpan<byte> hash)
    {
        var rsa = _idle.TryTake(out var idle) ? idle : key.Open();
        var signature = rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _idle.Add(rsa);
        // Whoever disposed meanwhile has not seen this one.
        if (_isDisposed)
            DisposeIdle();
        return signature;
    }

    public void Dispose()
    {
        _isDisposed = true;
        DisposeIdle();
    }

    private void DisposeIdle()
    {
        while (_idle.TryTake(out var rsa))
            rsa.Dispose();
    }
}
