using System.IO.Pipelines;
using Sendwright.Transport;

namespace Sendwright.Mime;

/// <summary>A message inside a message (RFC 2046, 5.2.1; RFC 6532, 3.7). It goes as it is: "no encoding other than 7bit, 8bit, or binary is permitted".</summary>
internal sealed class MessageBody(IMessageContent message, long size) : MimeBody
{
    /// <inheritdoc />
    public override TransferEncoding Encoding => message.IsEightBit ? TransferEncoding.EightBit : TransferEncoding.SevenBit;

    /// <inheritdoc />
    public override long Size => size;

    /// <inheritdoc />
    public override bool ClosesLastLine => false;

    /// <inheritdoc />
    public override bool EndsAtLineStart => true;

    /// <inheritdoc />
    public override async ValueTask<int> WriteToAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        await message.WriteToAsync(writer, cancellationToken).ConfigureAwait(false);
        return ContentFlush.Every; // when it last flushed is its own secret, so it is time to
    }
}
