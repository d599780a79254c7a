namespace Sendwright.Smtp.Connecting;

/// <summary>
/// Stands under the TLS handshake and keeps the first octets that the peer sends: where they are no TLS record, they tell what really listens there. The TLS library
/// itself says no more than "corrupted frame". What goes both ways is shown to a scanner until the handshake is over.
/// </summary>
internal sealed class PlaintextWatch(Stream inner) : Stream
{
    private const int Kept = 256;

    private readonly byte[] _start = new byte[Kept];
    private int _length;
    private HandshakeScanner? _scanner;

    private ReadOnlySpan<byte> FirstBytes => _start.AsSpan(0, _length);

    /// <summary>Shows what goes both ways to a scanner, or to none any more.</summary>
    public void Show(HandshakeScanner? scanner) => _scanner = scanner;

    // RFC 8446, 5.1: a record begins with its type (20 to 24) and 3, the major version. What servers say in clear begins with a digit, a letter or '<'.
    /// <summary>Whether the peer answered in clear text.</summary>
    public bool SawPlaintext => _length > 0 && _start[0] is not (>= 20 and <= 24) && _start[0] is >= 0x20 and < 0x7f;

    /// <summary>What the peer said in clear: its first line where it greets as SMTP does (more of it may be its complaint about our handshake), else all that was kept.</summary>
    public ReadOnlySpan<byte> ClearText
    {
        get
        {
            var lineEnd = FirstBytes.IndexOfAny((byte)'\r', (byte)'\n');
            return lineEnd > 0 && _start[0] is >= (byte)'2' and <= (byte)'5' ? FirstBytes[..lineEnd] : FirstBytes;
        }
    }

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Keep(buffer.Span[..count]);
        return count;
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count)
    {
        var got = inner.Read(buffer, offset, count);
        Keep(buffer.AsSpan(offset, got));
        return got;
    }

    /// <inheritdoc />
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _scanner?.Sent(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count)
    {
        _scanner?.Sent(buffer.AsSpan(offset, count));
        inner.Write(buffer, offset, count);
    }

    /// <inheritdoc />
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc />
    public override void Flush() => inner.Flush();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private void Keep(ReadOnlySpan<byte> received)
    {
        _scanner?.Received(received);
        var room = Math.Min(received.Length, Kept - _length);
        if (room <= 0)
            return;
        received[..room].CopyTo(_start.AsSpan(_length));
        _length += room;
    }
}
