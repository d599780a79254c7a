using System.IO.Pipelines;

namespace Sendwright.Mime.Raw;

/// <summary>A ready-made message in one of its forms: what it is read from, and what becomes of that.</summary>
/// <param name="source">Where its octets are.</param>
/// <param name="fingerprint">What they were when it was opened; null for octets in memory.</param>
/// <param name="pieces">What becomes of them.</param>
/// <param name="size">How many octets that gives.</param>
internal sealed class RawContent(RawSource source, Fingerprint? fingerprint, IReadOnlyList<ContentPiece> pieces, long size)
{
    private const int FlushEvery = 32 * 1024;

    public long Size { get; } = size;

    /// <summary>The same message in another form.</summary>
    public RawContent As(IReadOnlyList<ContentPiece> otherPieces, long otherSize) => new(source, fingerprint, otherPieces, otherSize);

    /// <summary>Reads it once more and writes it.</summary>
    /// <exception cref="IOException">It cannot be read, is not what it was when it was opened, or whoever reads the other end stopped.</exception>
    public ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        // One message of many: what lies in memory and fits into the connection's buffer needs no reading.
        if (fingerprint is not null || source.InMemory is not { Length: <= FlushEvery } octets)
            return ReadAndWriteAsync(writer, cancellationToken);
        var form = new PieceWriter(pieces);
        form.Write(octets.Span, writer);
        form.Complete(writer);
        return ValueTask.CompletedTask;
    }

    private async ValueTask ReadAndWriteAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        var again = fingerprint is null ? null : new Fingerprint();
        var form = new PieceWriter(pieces);
        var unflushed = 0;
        await foreach (var octets in source.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            again?.Take(octets.Span);
            // Before the octets are handed on: what is no longer as it was checked must not be sent.
            if (again is not null && !again.CouldBecome(fingerprint!))
                throw source.Changed();
            form.Write(octets.Span, writer);
            unflushed += octets.Length;
            if (unflushed < FlushEvery)
                continue;
            await FlushAsync(writer, cancellationToken).ConfigureAwait(false);
            unflushed = 0;
        }

        if (again is not null && !again.Matches(fingerprint!))
            throw source.Changed();
        form.Complete(writer);
    }

    private static async ValueTask FlushAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        var result = await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (result.IsCanceled)
            throw new OperationCanceledException("Writing the message was cancelled.", cancellationToken);
        if (result.IsCompleted)
            throw new IOException("The connection stopped taking the message before its end.");
    }
}
