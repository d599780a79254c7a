using System.IO.Pipelines;

namespace Sendwright.Load;

/// <summary>Takes what is written and throws it away, with one buffer as a connection has it.</summary>
internal sealed class DiscardingPipeWriter : PipeWriter
{
    private const int BufferSize = 64 * 1024;

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _used;

    /// <summary>How many octets were written.</summary>
    public long Octets { get; private set; }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsMemory(_used);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsSpan(_used);
    }

    public override void Advance(int bytes)
    {
        _used += bytes;
        Octets += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        _used = 0;
        return default;
    }

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }

    private void MakeRoom(int sizeHint)
    {
        if (_buffer.Length - _used < Math.Max(sizeHint, 256))
            _used = 0;
    }
}
