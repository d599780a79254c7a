using System.IO.Pipelines;

namespace Sendwright.Tests.Mime;

/// <summary>Hands out exactly the space asked for and no octet more (or a fixed number more), so that every boundary between two spans is met.</summary>
internal sealed class NarrowPipeWriter(int extra = 0) : PipeWriter
{
    private readonly List<byte> _written = [];
    private byte[] _handedOut = [];

    public byte[] Written => [.. _written];

    public int Flushes { get; private set; }

    public long LargestUnflushed { get; private set; }

    public FlushResult NextFlush { get; set; }

    private long _unflushed;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _handedOut = new byte[Math.Max(sizeHint, 1) + extra];

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        _written.AddRange(_handedOut.AsSpan(0, bytes));
        _handedOut = [];
        _unflushed += bytes;
        LargestUnflushed = Math.Max(LargestUnflushed, _unflushed);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Flushes++;
        _unflushed = 0;
        return new ValueTask<FlushResult>(NextFlush);
    }

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }
}
