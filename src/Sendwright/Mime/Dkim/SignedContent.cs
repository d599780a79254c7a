using System.Buffers;
using System.IO.Pipelines;
using Sendwright.Transport;

namespace Sendwright.Mime.Dkim;

/// <summary>A message behind its signatures. It writes the message anew each time, so nothing of it is kept in memory but these.</summary>
internal sealed class SignedContent(byte[] signatures, IMessageContent message, long messageLength) : IMessageContent
{
    public long? Size => signatures.Length + messageLength;

    public string? MessageId => message.MessageId;

    public bool IsEightBit => message.IsEightBit;

    public bool NeedsSmtpUtf8 => message.NeedsSmtpUtf8;

    public bool HasOverlongLine => message.HasOverlongLine;

    public bool EndsWithLineEnd => message.EndsWithLineEnd;

    public ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(signatures);
        return message.WriteToAsync(writer, cancellationToken);
    }
}
