using Sendwright.Mime;

namespace Sendwright.Transport;

/// <summary>Composes messages and hands them to a transport.</summary>
public sealed class Mailer : IMailer
{
    private readonly MimeComposer _composer;
    private readonly IMailTransport _transport;

    /// <summary>A mailer over this transport.</summary>
    public Mailer(IMailTransport transport, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _transport = transport;
        _composer = new MimeComposer(clock ?? TimeProvider.System);
    }

    /// <inheritdoc />
    public Task<DeliveryReceipt> SendAsync(EmailMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return _transport.SendAsync(Envelope.For(message), _composer.Compose(message), cancellationToken);
    }

    /// <inheritdoc />
    public Task<DeliveryReceipt> SendAsync(RawMessage message, Envelope envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(envelope);
        return _transport.SendAsync(envelope, message, cancellationToken);
    }
}
