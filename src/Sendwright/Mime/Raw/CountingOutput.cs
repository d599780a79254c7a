using System.Buffers;

namespace Sendwright.Mime.Raw;

/// <summary>Counts what is written, and keeps none of it.</summary>
internal sealed class CountingOutput : IBufferWriter<byte>
{
    private byte[] _scratch = new byte[256];

    public long Count { get; private set; }

    public void Advance(int count) => Count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_scratch.Length < sizeHint)
            _scratch = new byte[sizeHint];
        return _scratch;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
