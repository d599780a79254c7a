namespace Sendwright.Transport;

/// <summary>What a message is read from failed while it was written. A transport turns it into its own failure; who writes elsewhere sees an <see cref="IOException"/>.</summary>
internal sealed class MessageUnreadableException(string message, Exception? innerException) : IOException(message, innerException)
{
    /// <summary>Opens what a message is read from.</summary>
    /// <param name="name">What errors call it.</param>
    /// <param name="open">Opens it; it is the application's own, and may fail in any way.</param>
    /// <param name="cancellationToken">The caller's: when that is cancelled, the reason is no failure of the source.</param>
    /// <exception cref="MessageUnreadableException">It cannot be opened.</exception>
    public static async ValueTask<Stream> OpenAsync(string name, Func<CancellationToken, ValueTask<Stream>> open, CancellationToken cancellationToken)
    {
        Stream? stream;
        try
        {
            stream = await open(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!IsOfCaller(e, cancellationToken))
        {
            throw new MessageUnreadableException($"{name} cannot be opened: {e.Message}", e);
        }

        return stream ?? throw new MessageUnreadableException($"{name} cannot be opened: its function gave no stream. Return one that stands at its start, a new one each time.", null);
    }

    /// <summary>Reads until the buffer is full or the stream at its end.</summary>
    /// <exception cref="MessageUnreadableException">It cannot be read.</exception>
    public static async ValueTask<int> ReadAsync(string name, Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!IsOfCaller(e, cancellationToken))
        {
            throw new MessageUnreadableException($"{name} cannot be read to its end: {e.Message}", e);
        }
    }

    private static bool IsOfCaller(Exception exception, CancellationToken cancellationToken) => exception is OperationCanceledException && cancellationToken.IsCancellationRequested;
}
