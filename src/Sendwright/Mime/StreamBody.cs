using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Sendwright.Messages;
using Sendwright.Transport;

namespace Sendwright.Mime;

/// <summary>A file that is read from a stream each time it is written. It is always base64: what was given is what arrives, line ends included.</summary>
internal sealed class StreamBody(string fileName, Func<CancellationToken, ValueTask<Stream>> open, long length) : MimeBody
{
    /// <summary>Read at once: whole lines, whose encoding is about one piece between two flushes.</summary>
    private const int BlockSize = 6 * Base64Lines.LinesPerBlock * Base64Lines.OctetsPerLine;

    /// <summary>What errors call it.</summary>
    private string Name => field ??= $"The attachment {VisibleText.Quote(fileName)}";

    /// <inheritdoc />
    public override TransferEncoding Encoding => TransferEncoding.Base64;

    /// <inheritdoc />
    public override long Size => Base64Lines.EncodedLength(length);

    /// <inheritdoc />
    public override bool ClosesLastLine => length > 0;

    /// <inheritdoc />
    public override bool EndsAtLineStart => true;

    /// <inheritdoc />
    /// <exception cref="IOException">The stream cannot be read, or holds more or less than was announced.</exception>
    public override async ValueTask<int> WriteToAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        var stream = await MessageUnreadableException.OpenAsync(Name, open, cancellationToken).ConfigureAwait(false);
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                return await CopyAsync(stream, block.AsMemory(0, BlockSize), writer, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(block);
            }
        }
    }

    private async ValueTask<int> CopyAsync(Stream stream, Memory<byte> block, PipeWriter writer, CancellationToken cancellationToken)
    {
        long total = 0;
        int count, written;
        do
        {
            count = await MessageUnreadableException.ReadAsync(Name, stream, block, cancellationToken).ConfigureAwait(false);
            total += count;
            // The size went out before the content: a message of another size would be cut off, or run into the next.
            if (total > length)
                throw WrongLength("more");
            await ContentFlush.FlushAsync(writer, cancellationToken).ConfigureAwait(false);
            written = Encode(block.Span[..count], writer);
        }
        while (count == block.Length);
        if (total < length)
            throw WrongLength(string.Create(CultureInfo.InvariantCulture, $"{total}"));
        return written;
    }

    private static int Encode(ReadOnlySpan<byte> block, PipeWriter writer)
    {
        var free = writer.GetSpan((int)Base64Lines.EncodedLength(block.Length));
        _ = Base64Lines.Encode(block, free, out _, out var written, isFinalBlock: true);
        writer.Advance(written);
        return written;
    }

    private MessageChangedException WrongLength(string found) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{Name} was announced with {length} octets, but its stream holds {found}. Give the length that the stream has from where it is opened, and leave the file alone until the message has been sent."));
}
