using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Sendwright.Transport;

namespace Sendwright.Tests.Mime.Dkim;

/// <summary>Octets as a message, written in pieces of a given size.</summary>
internal sealed class RawContent(byte[] octets, int pieceLength = int.MaxValue) : IMessageContent
{
    public RawContent(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public long? Size => octets.Length;

    public string? MessageId => "<raw@example.com>";

    public bool IsEightBit => octets.AsSpan().ContainsAnyInRange((byte)0x80, (byte)0xFF);

    public IMessageContent? SevenBit { get; init; }

    public IMessageContent? ToSevenBit() => IsEightBit ? SevenBit : this;

    public async ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default)
    {
        for (var start = 0; start < octets.Length; start += Math.Min(pieceLength, octets.Length - start))
        {
            writer.Write(octets.AsSpan(start, Math.Min(pieceLength, octets.Length - start)));
            await writer.FlushAsync(cancellationToken);
        }
    }
}
