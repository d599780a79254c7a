using Sendwright.Evidence;
using Sendwright.Providers;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Smtp.Connecting;
using Sendwright.Transport.Pool;

namespace Sendwright.Transport;

/// <summary>
/// Sends messages over SMTP, on connections that are kept: make one for an upstream and use it from everywhere. Messages wait in one queue, in the order in which they came,
/// and up to <see cref="PoolSettings.Connections"/> connections take them from it.
/// </summary>
/// <remarks>
/// Where the server offers PIPELINING (RFC 2920) or CHUNKING (RFC 3030), a connection goes ahead of its replies by up to <see cref="PoolSettings.Window"/> messages. Where
/// a connection ends, the messages that were certainly not sent go to another; those that may have been are reported by <see cref="MailOutcomeUnknownException"/>.
/// </remarks>
public sealed class SmtpTransport : IMailTransport, IAsyncDisposable, IDisposable
{
    private readonly MailSettings _settings;
    private readonly TimeProvider _clock;
    private readonly HostLookup _lookup;
    private readonly Lazy<TlsParameters> _tls;
    private readonly Lazy<ConnectionPool> _pool;

    /// <summary>A transport to the server that the settings name.</summary>
    public SmtpTransport(MailSettings settings, TimeProvider? clock = null)
        : this(settings, clock ?? TimeProvider.System, lookup: null)
    {
    }

    internal SmtpTransport(MailSettings settings, TimeProvider clock, HostLookup? lookup)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _clock = clock;
        _lookup = lookup ?? SystemHostLookup.With(clock);
        // A file that cannot be read now may be there again for the next connection: a failure is not kept.
        _tls = new Lazy<TlsParameters>(() => settings.ToTlsParameters(), LazyThreadSafetyMode.PublicationOnly);
        _pool = new Lazy<ConnectionPool>(MakePool);
    }

    /// <summary>What it is doing now, and has done so far.</summary>
    public TransportStatistics Statistics => _pool.Value.Statistics();

    /// <summary>Told of each stage as it ends: the tool's live lines.</summary>
    internal Action<StageRecord>? OnStage { get; init; }

    /// <inheritdoc />
    /// <remarks>
    /// Cancelling takes a message out of the queue. One that is alone on its connection takes that with it: it was not sent, or, behind its end, the outcome is unknown. One
    /// that shares its connection with others is completed, so that it does them no harm, and its true result is given.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">The transport was disposed of.</exception>
    public Task<DeliveryReceipt> SendAsync(Envelope envelope, IMessageContent content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(content);
        if (envelope.Recipients.Count == 0)
            throw new ArgumentException("The envelope has no recipient. Set Envelope.Recipients.", nameof(envelope));
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<DeliveryReceipt>(cancellationToken)
            : _pool.Value.SendAsync(envelope, content, cancellationToken);
    }

    /// <summary>Takes no further message, sends those that wait, and takes leave of the server.</summary>
    /// <exception cref="OperationCanceledException">The token ended it: what waited has failed, and what was on a connection is lost or unknown.</exception>
    public Task DrainAsync(CancellationToken cancellationToken = default) => _pool.Value.DrainAsync(cancellationToken);

    /// <summary>As <see cref="DrainAsync"/> with 10 seconds of patience: whoever waits for a message gets its result, or after that time its failure.</summary>
    public ValueTask DisposeAsync() => _pool.Value.DisposeAsync();

    /// <summary>Ends every connection at once. Messages that wait fail; use <see cref="DisposeAsync"/> or <see cref="DrainAsync"/> where there can be some.</summary>
    public void Dispose() => _pool.Value.Abort();

    private ConnectionPool MakePool() => new(
        _settings,
        RouteDefaults.For(_settings),
        _clock,
        SecretMasker.For(_settings.Credentials),
        () => _settings.ToSessionOptions(_tls.Value, _lookup),
        OnStage);
}
