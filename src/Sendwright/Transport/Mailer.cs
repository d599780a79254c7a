using Sendwright.Mime;

namespace Sendwright.Transport;

/// <summary>Composes messages, signs them where it has a signer, and hands them to a transport.</summary>
public sealed class Mailer : IMailer
{
    private readonly MimeComposer _composer;
    private readonly IMailTransport _transport;
    private readonly DkimSigner? _signer;
    private readonly MessagePreparation[] _preparations;

    /// <summary>A mailer over this transport.</summary>
    /// <param name="transport">Takes the messages away.</param>
    /// <param name="clock">The clock for messages without a date.</param>
    /// <param name="signer">Signs each message, as the last step before the transport. It stays the caller's to dispose.</param>
    /// <param name="preparations">Complete each message before it is composed, in this order. Ready-made messages are not theirs.</param>
    public Mailer(IMailTransport transport, TimeProvider? clock = null, DkimSigner? signer = null, IEnumerable<MessagePreparation>? preparations = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _transport = transport;
        _signer = signer;
        _preparations = [.. preparations ?? []];
        _composer = new MimeComposer(clock ?? TimeProvider.System);
    }

    /// <inheritdoc />
    public async Task<DeliveryReceipt> SendAsync(EmailMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (var prepare in _preparations)
            message = prepare(message) ?? throw new InvalidOperationException("A MessagePreparation returned null. Return the message that it was given where there is nothing to do.");

        // The envelope comes after: a preparation may add a recipient.
        return await SendAsync(Envelope.For(message), _composer.Compose(message), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<DeliveryReceipt> SendAsync(RawMessage message, Envelope envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(envelope);
        return await SendAsync(envelope, message, cancellationToken).ConfigureAwait(false);
    }

    // Signing is the last step: whatever changed the message behind it would break the signature.
    private Task<DeliveryReceipt> SendAsync(Envelope envelope, IMessageContent content, CancellationToken cancellationToken) =>
        _signer is null ? _transport.SendAsync(envelope, content, cancellationToken) : SignAndSendAsync(_signer, envelope, content, cancellationToken);

    private async Task<DeliveryReceipt> SignAndSendAsync(DkimSigner signer, Envelope envelope, IMessageContent content, CancellationToken cancellationToken)
    {
        var signed = await signer.SignAsync(content, cancellationToken).ConfigureAwait(false);
        return await _transport.SendAsync(envelope, signed, cancellationToken).ConfigureAwait(false);
    }
}
