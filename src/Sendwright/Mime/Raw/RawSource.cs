using System.Buffers;
using System.Runtime.CompilerServices;
using Sendwright.Transport;

namespace Sendwright.Mime.Raw;

/// <summary>Where the octets of a ready-made message are. They can be read any number of times, and never are in memory as a whole where they are not already.</summary>
internal sealed class RawSource
{
    /// <summary>One piece. Small beside what one connection buffers, large enough that reads do not count.</summary>
    private const int PieceSize = 32 * 1024;

    private readonly ReadOnlyMemory<byte> _octets;
    private readonly Func<CancellationToken, ValueTask<Stream>>? _open;

    private RawSource(ReadOnlyMemory<byte> octets, Func<CancellationToken, ValueTask<Stream>>? open, string name)
    {
        _octets = octets;
        _open = open;
        Name = name;
    }

    /// <summary>What errors call it: the file's path, or a phrase.</summary>
    public string Name { get; }

    public static RawSource Of(ReadOnlyMemory<byte> octets) => new(octets, null, "the message");

    public static RawSource Of(Func<CancellationToken, ValueTask<Stream>> open, string name) => new(default, open, name);

    /// <summary>What is thrown when a reading gives other octets than an earlier one.</summary>
    public MessageChangedException Changed() => new($"What is read from {Name} is not what it was when the message was opened.");

    /// <summary>The octets where they are in memory as a whole; null where they have to be read.</summary>
    public ReadOnlyMemory<byte>? InMemory => _open is null ? _octets : null;

    /// <summary>Reads from the first octet to the last. A piece is good until the next is asked for.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_open is null)
        {
            for (var rest = _octets; !rest.IsEmpty; rest = rest[Math.Min(PieceSize, rest.Length)..])
                yield return rest[..Math.Min(PieceSize, rest.Length)];
            yield break;
        }

        var stream = await MessageUnreadableException.OpenAsync(Name, _open, cancellationToken).ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            await using (stream.ConfigureAwait(false))
            {
                int count;
                while ((count = await MessageUnreadableException.ReadAsync(Name, stream, buffer.AsMemory(), cancellationToken).ConfigureAwait(false)) > 0)
                    yield return buffer.AsMemory(0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
