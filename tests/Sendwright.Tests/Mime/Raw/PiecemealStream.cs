namespace Sendwright.Tests.Mime.Raw;

/// <summary>Gives at most so many octets with each read.</summary>
internal sealed class PiecemealStream(byte[] octets, int piece) : MemoryStream(octets)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
}
