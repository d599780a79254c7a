using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sendwright.Mime;

/// <summary>
/// Makes the unique value of a message, for its Message-ID and its boundaries: a UUID of version 7 (RFC 9562, 5.7). Randomness is fetched for many at once, because each fetch
/// asks the system. It must be cryptographic: whoever could guess the next boundary could put it into a message that is to be attached.
/// </summary>
internal sealed class UniqueValues
{
    private const int OctetsEach = 10; // of 16; the other six are the time
    private const int FetchedAtOnce = 64;

    private readonly Lock _lock = new();
    private readonly byte[] _random = new byte[FetchedAtOnce * OctetsEach];
    private int _left;

    /// <summary>The next one.</summary>
    public Guid Next(DateTimeOffset now)
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(octets, now.ToUnixTimeMilliseconds() << 16);
        lock (_lock)
        {
            if (_left == 0)
            {
                RandomNumberGenerator.Fill(_random);
                _left = FetchedAtOnce;
            }

            _random.AsSpan(--_left * OctetsEach, OctetsEach).CopyTo(octets[6..]);
        }

        octets[6] = (byte)((octets[6] & 0x0F) | 0x70); // version 7
        octets[8] = (byte)((octets[8] & 0x3F) | 0x80); // variant
        return new Guid(octets, bigEndian: true);
    }
}
