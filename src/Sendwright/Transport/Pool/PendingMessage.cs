using Sendwright.Evidence;
using Sendwright.Smtp;

namespace Sendwright.Transport.Pool;

/// <summary>A message that somebody waits for: in the queue of its route, on a connection, or done.</summary>
internal sealed class PendingMessage : SmtpDelivery
{
    private readonly ConnectionPool _pool;
    private readonly TaskCompletionSource<DeliveryReceipt> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _caller;
    private readonly long _queuedAt;
    private CancellationTokenRegistration _registration;
    private int _isDone;

    public PendingMessage(ConnectionPool pool, Envelope envelope, IMessageContent content, CancellationToken caller)
        : base(envelope, content)
    {
        _pool = pool;
        _caller = caller;
        _queuedAt = pool.Clock.GetTimestamp();
    }

    public Task<DeliveryReceipt> Task => _done.Task;

    /// <summary>Its place in the order in which messages came.</summary>
    public long Number { get; set; }

    /// <summary>Whether it is in the queue. Changed under the pool's lock.</summary>
    public bool IsQueued { get; set; }

    /// <summary>The connection that it is on; null while it waits. Changed under the pool's lock.</summary>
    public ConnectionPump? Pump { get; set; }

    /// <summary>How often a connection was lost under it.</summary>
    public int Losses { get; set; }

    /// <summary>Whether its result is known.</summary>
    public bool IsDone => Volatile.Read(ref _isDone) != 0;

    public override bool IsCancelled => _caller.IsCancellationRequested;

    public override bool IsAllOrNone => Envelope.AllRecipientsOrNone || _pool.Settings.AllRecipientsOrNone;

    public override TimeSpan TimeLeft => _pool.Settings.Timeouts.Total is var total && total == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : total - _pool.Clock.GetElapsedTime(_queuedAt);

    protected override Action<StageRecord>? OnStage => _pool.OnStage;

    /// <summary>From here on the caller's cancelling is heard.</summary>
    public void Watch()
    {
        if (!_caller.CanBeCanceled)
            return;
        _registration = _caller.UnsafeRegister(static state => ((PendingMessage)state!).Cancelled(), this);
        // Whoever ends the message marks it first and then looks for the registration; here it is the other way round, and neither may be put off.
        Interlocked.MemoryBarrier();
        if (IsDone)
            _registration.Unregister();
    }

    public override void Deliver()
    {
        var receipt = new DeliveryReceipt
        {
            MessageId = Content.MessageId,
            Reply = FinalReply!,
            Recipients = Outcomes(),
            Server = _pool.Server,
            Tls = Pump?.TlsVersion,
            DsnRequested = Pump is { } pump ? DsnParameters.AreRequested(Envelope, pump.Capabilities) : null,
            Elapsed = _pool.Clock.GetElapsedTime(_queuedAt),
        };
        if (!Finish())
            return;
        _pool.Count(Tally.Accepted);
        _done.SetResult(receipt);
    }

    public override void Refuse(AttemptFault fault, Exception? cause)
    {
        if (!Finish())
            return;
        _pool.Count(Tally.Refused);
        _done.SetException(Report(fault, cause));
    }

    public override void Fail(Exception exception)
    {
        if (!Finish())
            return;
        _pool.Count(Tally.Failed);
        _done.SetException(exception);
    }

    /// <summary>The connection ended, and the message with it.</summary>
    public void Lose(AttemptFault fault, Exception? cause)
    {
        if (!Finish())
            return;
        _pool.Count(fault.Kind == FaultKind.OutcomeUnknown ? Tally.Unknown : Tally.Failed);
        _done.SetException(Report(fault, cause));
    }

    /// <summary>No connection could be opened for it.</summary>
    public void Fail(AttemptFault fault, AttemptRecorder? attempt, Exception? cause)
    {
        if (!Finish())
            return;
        _pool.Count(Tally.Failed);
        _done.SetException(_pool.Report(fault, attempt?.ToAttempt(), attempt?.Resolutions ?? [], [], cause));
    }

    /// <summary>The caller cancelled before it was sent.</summary>
    public void Cancel()
    {
        if (!Finish())
            return;
        _pool.Count(Tally.Cancelled);
        _done.SetException(new OperationCanceledException("The caller cancelled before the message was complete; it was not sent.", _caller));
    }

    private MailException Report(AttemptFault fault, Exception? cause) => Pump is { } pump
        ? _pool.Report(fault, pump.Describe(this, fault), pump.Resolutions, Outcomes(), cause)
        : _pool.Report(fault, null, [], [], cause);

    private void Cancelled() => _pool.Cancelled(this);

    private bool Finish()
    {
        if (Interlocked.Exchange(ref _isDone, 1) != 0)
            return false;
        _registration.Unregister();
        return true;
    }
}
