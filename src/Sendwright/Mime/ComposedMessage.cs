using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Sendwright.Transport;

namespace Sendwright.Mime;

/// <summary>
/// A message ready for the wire. Its header fields and boundaries are fixed; its bodies are encoded straight into the connection's buffer each time it is written,
/// with the same octets each time.
/// </summary>
public sealed class ComposedMessage : IMessageContent
{
    private readonly byte[] _frame;
    private readonly BodyPlacement[] _bodies;
    private long _size;

    internal ComposedMessage(byte[] frame, BodyPlacement[] bodies, string messageId, DateTimeOffset date, bool needsSmtpUtf8)
    {
        _frame = frame;
        _bodies = bodies;
        MessageId = messageId;
        Date = date;
        NeedsSmtpUtf8 = needsSmtpUtf8;
    }

    /// <inheritdoc cref="IMessageContent.MessageId" />
    public string MessageId { get; }

    /// <summary>The date in its header.</summary>
    public DateTimeOffset Date { get; }

    /// <summary>Whether a header, its own or one of an attached message, holds an address whose local part is not ASCII, so that only a server with SMTPUTF8 can take it (RFC 6531).</summary>
    public bool NeedsSmtpUtf8 { get; }

    /// <summary>Whether any octet is over 127: only in such addresses, all else is encoded.</summary>
    public bool IsEightBit => NeedsSmtpUtf8;

    /// <summary>The octets that <see cref="WriteToAsync"/> writes, exactly; counted when first asked for.</summary>
    public long Size
    {
        get
        {
            var size = Volatile.Read(ref _size);
            if (size == 0)
            {
                size = _frame.Length;
                foreach (var (_, body) in _bodies)
                    size += body.Size;
                Volatile.Write(ref _size, size);
            }

            return size;
        }
    }

    long? IMessageContent.Size => Size;

    bool IMessageContent.EndsWithLineEnd => true;

    /// <inheritdoc />
    /// <remarks>It flushes about every 32 KiB; what is left at the end is the caller's to flush.</remarks>
    /// <exception cref="IOException">Whoever reads the other end stopped before the message's end, or an attachment's stream holds more or less than was announced.</exception>
    public ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return WriteAsync(writer, cancellationToken);
    }

    // Pooled, because every message that is larger than the connection's buffer waits here.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        var (framed, unflushed) = (0, 0);
        foreach (var (offset, body) in _bodies)
        {
            if (unflushed >= ContentFlush.Every)
            {
                await ContentFlush.FlushAsync(writer, cancellationToken).ConfigureAwait(false);
                unflushed = 0;
            }

            writer.Write(_frame.AsSpan(framed, offset - framed));
            unflushed += offset - framed + await body.WriteToAsync(writer, cancellationToken).ConfigureAwait(false);
            framed = offset;
        }

        writer.Write(_frame.AsSpan(framed));
    }
}
