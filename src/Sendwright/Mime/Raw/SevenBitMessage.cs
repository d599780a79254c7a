using System.IO.Pipelines;
using Sendwright.Transport;

namespace Sendwright.Mime.Raw;

/// <summary>A ready-made message in the form that any server can take.</summary>
internal sealed class SevenBitMessage(RawContent content, string? messageId) : IMessageContent
{
    public long? Size => content.Size;

    public string? MessageId => messageId;

    public bool IsEightBit => false;

    public bool EndsWithLineEnd => true;

    public ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default) => content.WriteToAsync(writer, cancellationToken);
}
