namespace Sendwright;

/// <summary>Sends mail.</summary>
public interface IMailer
{
    /// <summary>Composes and sends one message to its To, Cc and Bcc.</summary>
    /// <returns>The server's word for it, with each recipient's own outcome.</returns>
    /// <exception cref="MailException">It was not sent, or nobody knows: the subclass, the failure and the diagnosis say which and why.</exception>
    /// <exception cref="ArgumentException">The message or its envelope has no recipient, or what it has does not go together.</exception>
    /// <exception cref="IOException">Before anything was sent, while it was signed, an attachment could not be read.</exception>
    /// <exception cref="InvalidDataException">It cannot be signed: see <see cref="Mime.DkimSigner.SignAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled before the message was complete; it was not sent.</exception>
    Task<DeliveryReceipt> SendAsync(EmailMessage message, CancellationToken cancellationToken = default);

    /// <summary>Sends a ready-made message to whom the envelope names; <see cref="RawMessage.ReadEnvelope"/> takes one from its header.</summary>
    /// <returns>The server's word for it, with each recipient's own outcome.</returns>
    /// <exception cref="MailException">It was not sent, or nobody knows: the subclass, the failure and the diagnosis say which and why.</exception>
    /// <exception cref="ArgumentException">The message or its envelope has no recipient, or what it has does not go together.</exception>
    /// <exception cref="IOException">Before anything was sent, while it was signed, an attachment could not be read.</exception>
    /// <exception cref="InvalidDataException">It cannot be signed: see <see cref="Mime.DkimSigner.SignAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled before the message was complete; it was not sent.</exception>
    Task<DeliveryReceipt> SendAsync(RawMessage message, Envelope envelope, CancellationToken cancellationToken = default);
}
