using Sendwright.Mime.Dkim;
using Sendwright.Transport;

namespace Sendwright.Mime;

/// <summary>
/// Signs messages with DKIM (RFC 6376, RSA-SHA256): the last step before the wire. One signer can be used by many threads at once.
/// </summary>
/// <remarks>
/// The keys whose domain is that of the From address, above it or beneath it, sign, each with a signature of its own. Where there is no such key: keys that all have the
/// same domain sign nevertheless; keys of several domains do not, because no domain is to answer for another's mail, and the message goes out unsigned.
/// </remarks>
public sealed class DkimSigner : IDisposable
{
    private readonly SigningKey[] _keys;
    private readonly TimeProvider _clock;
    private bool _isDisposed;

    /// <summary>A signer with these keys; several of them make several signatures.</summary>
    /// <param name="keys">The keys, in the order of their signatures.</param>
    /// <param name="clock">The clock for t= and x=.</param>
    /// <exception cref="ArgumentException">There is no key.</exception>
    public DkimSigner(IReadOnlyList<DkimKey> keys, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0)
            throw new ArgumentException("A signer needs a key. Give it one, such as DkimKey.FromFile(\"example.com\", \"s1\", \"dkim.pem\").", nameof(keys));
        foreach (var key in keys)
            ArgumentNullException.ThrowIfNull(key, nameof(keys));
        _keys = [.. keys.Select(key => new SigningKey(key))];
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Signs a message. What comes back writes the signatures and then the message, which is read once here and once for each time it is sent.</summary>
    /// <param name="content">The message; where it has a 7-bit form, that is what is signed and sent (RFC 6376, 5.3).</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The signed message; the message as it is where no key signs for its From address.</returns>
    /// <exception cref="InvalidDataException">It cannot be signed: it has no From field or several, a line in the header that is no field, or too large a header.</exception>
    /// <exception cref="ObjectDisposedException">The signer was disposed.</exception>
    public async ValueTask<IMessageContent> SignAsync(IMessageContent content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var message = content.ToSevenBit() ?? content;
        using var digest = new DigestWriter(_keys);
        await message.WriteToAsync(digest, cancellationToken).ConfigureAwait(false);
        digest.Finish();
        return digest.Chosen.Count == 0 ? content : new SignedContent(Signatures(digest), message, digest.Length);
    }

    /// <summary>Lets go of the keys' instances. Messages that were signed can still be sent.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (var key in _keys)
            key.Dispose();
    }

    /// <summary>The keys it signs with.</summary>
    public override string ToString() => string.Join(", ", _keys.Select(key => key.Settings));

    private byte[] Signatures(DigestWriter digest)
    {
        var now = _clock.GetUtcNow();
        var fields = new HeaderWriter();
        try
        {
            foreach (var key in digest.Chosen)
                SignatureField.Write(ref fields, key, digest.Header, digest.BodyHashes[key.Settings.BodyCanonicalization], now);
            return fields.ToArray();
        }
        finally
        {
            fields.Dispose();
        }
    }
}
