using System.IO.Pipelines;

namespace Sendwright.Mime;

/// <summary>Hands on what has been written so far.</summary>
internal static class ContentFlush
{
    /// <summary>A large message is handed on in pieces of about this size, so that it never is in memory as a whole.</summary>
    public const int Every = 32 * 1024;

    /// <summary>Flushes, and fails where nobody takes the rest.</summary>
    /// <exception cref="IOException">Whoever reads the other end stopped before the message's end.</exception>
    public static async ValueTask FlushAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        var result = await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (result.IsCanceled)
            throw new OperationCanceledException("Writing the message was cancelled.", cancellationToken);
        if (result.IsCompleted)
            throw new IOException("The connection stopped taking the message before its end.");
    }
}
