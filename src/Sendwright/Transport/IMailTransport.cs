namespace Sendwright.Transport;

/// <summary>Takes messages to a server.</summary>
public interface IMailTransport
{
    /// <summary>Sends one message.</summary>
    /// <returns>The server's word for it, with each recipient's own outcome.</returns>
    /// <exception cref="MailException">It was not sent, or nobody knows: the subclass, the failure and the diagnosis say which and why.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled before the message was complete; it was not sent.</exception>
    Task<DeliveryReceipt> SendAsync(Envelope envelope, IMessageContent content, CancellationToken cancellationToken = default);
}
