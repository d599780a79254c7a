using System.IO.Pipelines;

namespace Sendwright.Tests.Mime.Raw;

/// <summary>Counts what is written and keeps none of it.</summary>
internal sealed class CountingPipeWriter : PipeWriter
{
    private byte[] _space = new byte[16 * 1024];
    private long _unflushed;

    public long Octets { get; private set; }

    public long LargestUnflushed { get; private set; }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_space.Length < sizeHint)
            _space = new byte[sizeHint];
        return _space;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        Octets += bytes;
        _unflushed += bytes;
        LargestUnflushed = Math.Max(LargestUnflushed, _unflushed);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        _unflushed = 0;
        return ValueTask.FromResult(default(FlushResult));
    }

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }
}
