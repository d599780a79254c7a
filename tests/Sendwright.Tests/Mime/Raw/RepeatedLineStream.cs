namespace Sendwright.Tests.Mime.Raw;

/// <summary>A message of one line over and over, which is nowhere as a whole.</summary>
internal sealed class RepeatedLineStream(bool isEightBit, long length) : Stream
{
    private static readonly byte[] Header = "Subject: long\r\n\r\n"u8.ToArray();

    private readonly byte[] _line = [.. isEightBit ? "caf\u00e9 "u8 : "cafe "u8, .. Enumerable.Repeat((byte)'x', 60), (byte)'\r', (byte)'\n'];
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length && (_position < length || AtInLine > 0))
        {
            var source = _position < Header.Length ? Header.AsSpan((int)_position) : _line.AsSpan(AtInLine);
            var count = Math.Min(source.Length, buffer.Length - written);
            source[..count].CopyTo(buffer[written..]);
            written += count;
            _position += count;
        }

        return written;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int AtInLine => _position < Header.Length ? 0 : (int)((_position - Header.Length) % _line.Length);
}
