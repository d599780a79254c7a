namespace Sendwright.Integration.Tests.Readers;

/// <summary>A stream that hands on a few octets at a time, as a network does: no line of base64 ends where a reading ends.</summary>
internal sealed class TrickleStream(byte[] octets) : MemoryStream(octets, writable: false)
{
    private const int MaxRead = 1_021;

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, MaxRead)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, MaxRead));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span[..Math.Min(buffer.Length, MaxRead)]));
}
