using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sendwright.Smtp;

/// <summary>The outgoing buffer of a connection: commands and content are written into it and leave it in as few writes as possible.</summary>
internal sealed class SmtpOutput(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<bool>> write) : IDisposable
{
    /// <summary>When this much has gathered, the content writer asks to flush. Four TLS records; large enough that system calls do not count.</summary>
    public const int FlushThreshold = 64 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4 * 1024);

    public int Length { get; private set; }

    /// <summary>Whether a write has failed, so that whatever follows goes nowhere.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Adds a command line. Composed addresses may hold UTF-8 (RFC 6531); everything else is ASCII. A line end inside is our own bug, and refused.</summary>
    public void Write(string line)
    {
        if (line.AsSpan().ContainsAny('\r', '\n', '\0'))
            throw new ArgumentException("A command line holds CR, LF or NUL.", nameof(line));
        var span = GetSpan(Encoding.UTF8.GetMaxByteCount(line.Length) + 2);
        var count = Encoding.UTF8.GetBytes(line, span);
        span[count] = (byte)'\r';
        span[count + 1] = (byte)'\n';
        Advance(count + 2);
    }

    /// <summary>A writer for content of this size, or of any where it is null.</summary>
    public SmtpContentWriter OpenContent(SessionTime time, long? size, bool isCounted) => new(this, time, size, isCounted);

    public Span<byte> GetSpan(int sizeHint)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(Length);
    }

    public void Advance(int count) => Length += count;

    /// <summary>Takes back what was written from a position on.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>What has been written since the last flush, from a position on.</summary>
    public Span<byte> Written(int start) => _buffer.AsSpan(start, Length - start);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (Length == 0)
            return;
        var length = Length;
        Length = 0;
        if (!await write(_buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false))
            IsBroken = true;
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true); // a login may have passed through it
    }

    private void Reserve(int sizeHint)
    {
        var wanted = Length + Math.Max(sizeHint, 256);
        if (wanted <= _buffer.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, Math.Min(_buffer.Length * 2, FlushThreshold * 2)));
        _buffer.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = larger;
    }
}
