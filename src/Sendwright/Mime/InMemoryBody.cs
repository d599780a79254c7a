using System.IO.Pipelines;

namespace Sendwright.Mime;

/// <summary>A body whose source is in memory, so that it can be encoded without waiting for anything but the connection.</summary>
internal abstract class InMemoryBody : MimeBody
{
    /// <summary>The least space <see cref="Encode"/> needs to get on.</summary>
    public const int LeastDestination = Base64Lines.LineLength;

    /// <summary>Writes as much as the destination holds.</summary>
    /// <returns>Whether that was the rest.</returns>
    public abstract bool Encode(ref BodyCursor cursor, Span<byte> destination, out int written);

    /// <inheritdoc />
    public sealed override ValueTask<int> WriteToAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        var cursor = default(BodyCursor);
        return WritePiece(writer, ref cursor, out var written) ? ValueTask.FromResult(written) : WriteRestAsync(writer, cursor, cancellationToken);
    }

    private bool WritePiece(PipeWriter writer, ref BodyCursor cursor, out int written)
    {
        written = 0;
        while (written < ContentFlush.Every)
        {
            // No more than until the next flush, whatever the writer has: what is flushed is then still in the cache.
            var free = writer.GetSpan(LeastDestination);
            var isDone = Encode(ref cursor, free[..Math.Min(free.Length, Math.Max(LeastDestination, ContentFlush.Every - written))], out var count);
            writer.Advance(count);
            written += count;
            if (isDone)
                return true;
        }

        return false;
    }

    private async ValueTask<int> WriteRestAsync(PipeWriter writer, BodyCursor cursor, CancellationToken cancellationToken)
    {
        while (true)
        {
            await ContentFlush.FlushAsync(writer, cancellationToken).ConfigureAwait(false);
            if (WritePiece(writer, ref cursor, out var written))
                return written;
        }
    }
}
