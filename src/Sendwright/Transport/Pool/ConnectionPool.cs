using System.Globalization;
using Sendwright.Evidence;
using Sendwright.Providers;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Transport.RateLimit;

namespace Sendwright.Transport.Pool;

/// <summary>
/// A route's queue and the connections that drain it. Messages leave in the order in which they came. A connection is opened when messages wait and none is at leisure; while
/// it is not known whether the server can be reached and takes the login, one only, so that a wrong password is tried once and not by each.
/// </summary>
internal sealed class ConnectionPool : IAsyncDisposable
{
    /// <summary>How long whoever disposes of the transport is kept waiting for messages that are under way.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long no further connection is tried after the server refused one beside others that it keeps.</summary>
    private static readonly TimeSpan CeilingTime = TimeSpan.FromSeconds(30);

    /// <summary>How often, while a connection is being opened, a message that is out of time is looked at again: the end of the opening tells more.</summary>
    private static readonly TimeSpan ALittleMore = TimeSpan.FromMilliseconds(100);

    /// <summary>What timers can be set to is little more.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    /// <summary>How often in a row a server hangs up in the middle of a group, and does not without one, before that is held to be the reason.</summary>
    public const int EnoughDoubts = 3;

    private readonly Lock _gate = new();
    private readonly Queue<PendingMessage> _waiting = new();
    private readonly Stack<PendingMessage> _returned = new();
    private readonly HashSet<ConnectionPump> _pumps = [];
    private readonly Stack<ConnectionPump> _idle = new();
    private readonly Func<SmtpSessionOptions> _sessionOptions;
    private readonly long[] _tallies = new long[Enum.GetValues<Tally>().Length];
    private readonly RouteRate? _rate;
    private readonly ITimer _expiry;
    private readonly ITimer _rateTimer;
    private readonly ITimer _ceilingTimer;
    private readonly int _connections;
    private TaskCompletionSource? _drained;
    private long _numbers;
    private int _ceiling = int.MaxValue;
    private int _connecting;
    private int _coming;
    private int _gone;
    private bool _isProven;
    private bool _isExpiryArmed;
    private bool _isOverRate;
    private bool _isClosed;
    private bool _isAborted;
    private int _weakDoubts;
    private bool _isDoubtLikely;
    private volatile int _groupCredit;
    private volatile int _followerCredit;
    private bool _isOneAtATime;
    private bool _isOnProbation;

    public ConnectionPool(MailSettings settings, RouteDefaults limits, TimeProvider clock, SecretMasker masker, Func<SmtpSessionOptions> sessionOptions, Action<StageRecord>? onStage)
    {
        Settings = settings;
        Clock = clock;
        Masker = masker;
        OnStage = onStage;
        Server = string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{settings.Port}");
        MessagesPerConnection = limits.MessagesPerConnection;
        _connections = limits.Connections;
        _rate = RouteRate.For(limits.Limits, clock);
        _sessionOptions = sessionOptions;
        PipelineOptions = new SmtpPipelineOptions(settings.Pool.Window, settings.Pool.Pipelining ? SmtpPipelineOptions.Grouped : 1, settings.Pool.Chunking);
        _expiry = clock.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _rateTimer = clock.CreateTimer(_ => RateAllows(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ceilingTimer = clock.CreateTimer(_ => LiftCeiling(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public MailSettings Settings { get; }

    public TimeProvider Clock { get; }

    public SecretMasker Masker { get; }

    public Action<StageRecord>? OnStage { get; }

    public string Server { get; }

    public int MessagesPerConnection { get; }

    public SmtpPipelineOptions PipelineOptions { get; private set; }

    /// <summary>Made anew for each connection: the file of trusted certificates may have been missing for the last.</summary>
    public SmtpSessionOptions SessionOptions => _sessionOptions();

    private int WaitingCount => _returned.Count + _waiting.Count - _gone;

    /// <summary>Puts a message into the queue.</summary>
    /// <exception cref="ObjectDisposedException">The transport was disposed of.</exception>
    public Task<DeliveryReceipt> SendAsync(Envelope envelope, IMessageContent content, CancellationToken cancellationToken)
    {
        var message = new PendingMessage(this, envelope, content, cancellationToken);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(SmtpTransport));
            message.Number = ++_numbers;
            message.IsQueued = true;
            _waiting.Enqueue(message);
            ArmExpiry();
            Staff();
        }

        message.Watch();
        return message.Task;
    }

    /// <summary>Gives a connection its next message; null where there is none, or none that it should have.</summary>
    public PendingMessage? TryTake(ConnectionPump pump, int underWay)
    {
        lock (_gate)
        {
            pump.UnderWay = underWay;
            Arrived(pump);
            // A message that another connection could begin at once should not stand behind others on this one.
            if (pump.IsDoomed || (underWay > 0 && _idle.Count > 0) || !Suits(pump) || !SkipGone() || !MayGo())
                return null;
            var message = Pop();
            message.Pump = pump;
            pump.UnderWay++;
            return message;
        }
    }

    /// <summary>A connection has nothing to do.</summary>
    public Leisure Rest(ConnectionPump pump)
    {
        lock (_gate)
        {
            pump.UnderWay = 0;
            Arrived(pump);
            if (pump.IsDoomed || !Suits(pump) || (_isClosed && WaitingCount == 0))
                return Leisure.End;
            if (WaitingCount > 0 && !_isOverRate)
                return Leisure.None;
            _idle.Push(pump);
            return Leisure.Rest;
        }
    }

    /// <summary>A connection has rested long enough, or its server has hung up.</summary>
    public void Retire(ConnectionPump pump, TaskCompletionSource<bool> rest)
    {
        lock (_gate)
        {
            if (!pump.IsResting(rest) || !_idle.Contains(pump))
                return;
            var others = _idle.Where(other => other != pump).Reverse().ToList();
            _idle.Clear();
            others.ForEach(_idle.Push);
            pump.Wake(hasWork: false);
        }
    }

    /// <summary>Fewer messages are on a connection than it had taken.</summary>
    public void Left(ConnectionPump pump, int underWay)
    {
        lock (_gate)
            pump.UnderWay = underWay;
    }

    public void Opened(ConnectionPump pump)
    {
        Count(Tally.Opened);
        lock (_gate)
        {
            pump.IsOpen = true;
            _connecting--;
            _isProven = true;
            Coming(pump);
            Staff();
        }
    }

    /// <summary>A connection could not be opened. Where there is no other, the messages that waited for it fail with what it saw; else they wait for the others.</summary>
    public void OpenFailed(ConnectionPump pump, AttemptRecorder recorder, SmtpSessionException failure)
    {
        Count(Tally.OpenFailed);
        List<PendingMessage> failed = [];
        lock (_gate)
        {
            _pumps.Remove(pump);
            _connecting--;
            if (pump.IsCautious && _isOnProbation)
                EndProbation(worked: false);
            if (_pumps.Any(other => other.IsOpen))
            {
                _ceiling = Math.Max(1, _pumps.Count);
                _ceilingTimer.Change(CeilingTime, Timeout.InfiniteTimeSpan);
            }
            else
            {
                _isProven = false;
                while (SkipGone() && Concerns(failure.Fault, pump, Peek()!))
                    failed.Add(Pop());
            }

            Staff();
            TellIfDrained();
        }

        if (failed.Count == 0)
            return;
        recorder.Failed(failure.Fault);
        foreach (var message in failed)
            message.Fail(failure.Fault, recorder, failure.InnerException);
    }

    public void Closed(ConnectionPump pump)
    {
        lock (_gate)
        {
            _pumps.Remove(pump);
            Arrived(pump);
            // A login that was good once may not be any more: with no connection left that proves it, one tries it, not each.
            _isProven &= _pumps.Any(other => other.IsOpen);
            if (pump.IsCautious && _isOnProbation)
                EndProbation(worked: false);
            Staff();
            TellIfDrained();
        }
    }

    /// <summary>A message comes back: the connection ended before it was sent.</summary>
    public void TakeBack(PendingMessage message)
    {
        lock (_gate)
        {
            message.Pump = null;
            if (!_isAborted && !message.IsCancelled)
            {
                Count(Tally.Resent);
                message.IsQueued = true;
                _returned.Push(message);
                // It came before those for which the timer is set, and has less time.
                _isExpiryArmed = false;
                ArmExpiry();
                return;
            }
        }

        if (message.IsCancelled)
            message.Cancel();
        else
            message.Fail(Disposed());
    }

    /// <summary>The caller of a message cancelled. Waiting, it is out; alone on its connection, that is ended; behind or before others it goes its way, so that it harms nobody.</summary>
    public void Cancelled(PendingMessage message)
    {
        lock (_gate)
        {
            if (message.IsDone)
                return;
            if (message.IsQueued)
            {
                // It stays in the queue until its turn comes, and is passed over then.
                _gone++;
                message.Cancel();
                TellIfDrained();
            }
            else if (message.Pump is { UnderWay: <= 1 } pump)
            {
                pump.Doom();
            }
        }
    }

    /// <summary>A connection ended, and left a doubt whether the server bears commands in groups. One at a time is tried next; what comes of that decides.</summary>
    public void Doubts(ConnectionPump pump, PipeliningDoubt doubt, bool isFresh)
    {
        lock (_gate)
        {
            if (pump.IsCautious)
            {
                if (_isOnProbation)
                    EndProbation(worked: false);
                return;
            }

            if (doubt == PipeliningDoubt.None || _isOneAtATime || (doubt == PipeliningDoubt.Possible && !isFresh) || IsRefuted(doubt))
                return;
            _isDoubtLikely = doubt != PipeliningDoubt.Possible;
            _weakDoubts += _isDoubtLikely ? 0 : 1;
            _isOneAtATime = _isOnProbation = true;
            WakeIdle();
        }
    }

    /// <summary>Groups went well, and, if so it is, what came behind the end of a message too.</summary>
    public void GroupsWork(bool alsoBehindContent)
    {
        // A server that pauses does so on every connection at once.
        var credit = 2 * _connections;
        if (_groupCredit == credit && (_followerCredit == credit || !alsoBehindContent))
            return;
        lock (_gate)
        {
            _groupCredit = credit;
            if (alsoBehindContent)
                _followerCredit = credit;
            _weakDoubts = 0;
        }
    }

    /// <summary>The server does not know BDAT, though it says so: from now on DATA is used.</summary>
    public void ForgoChunking()
    {
        lock (_gate)
            PipelineOptions = PipelineOptions with { Chunking = false };
    }

    /// <summary>What failed in a group went well one at a time.</summary>
    public void CautionPaidOff()
    {
        lock (_gate)
        {
            if (_isOnProbation)
                EndProbation(worked: true);
        }
    }

    public void Count(Tally tally) => Interlocked.Increment(ref _tallies[(int)tally]);

    public MailException Report(AttemptFault fault, Attempt? attempt, IReadOnlyList<Resolution> resolutions, IReadOnlyList<RecipientOutcome> recipients, Exception? cause) =>
        FailureReport.ToException(
            fault,
            new DiagnosisEvidence { Settings = Settings.Evidence, Resolutions = resolutions, Attempts = attempt is null ? [] : [attempt], CollectedAt = Clock.GetUtcNow() },
            recipients,
            cause);

    public TransportStatistics Statistics()
    {
        lock (_gate)
        {
            return new TransportStatistics
            {
                Waiting = WaitingCount,
                UnderWay = _pumps.Sum(pump => pump.UnderWay),
                Connections = _pumps.Count,
                Connecting = _connecting,
                Idle = _idle.Count,
                ConnectionLimit = Math.Min(_connections, _ceiling),
                Accepted = Tallied(Tally.Accepted),
                Refused = Tallied(Tally.Refused),
                Unknown = Tallied(Tally.Unknown),
                Failed = Tallied(Tally.Failed),
                Cancelled = Tallied(Tally.Cancelled),
                Resent = Tallied(Tally.Resent),
                Opened = Tallied(Tally.Opened),
                OpenFailed = Tallied(Tally.OpenFailed),
                OneCommandAtATime = _isOneAtATime && !_isOnProbation,
            };
        }
    }

    /// <summary>Takes no further message, sends those that wait, takes leave of the server and ends.</summary>
    /// <exception cref="OperationCanceledException">The caller's patience ended first: what waited then has failed, and what was on a connection is lost or unknown.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        Task drained;
        lock (_gate)
        {
            _isClosed = true;
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            drained = _drained.Task;
            WakeIdle();
            if (WaitingCount == 0)
            {
                foreach (var pump in _pumps.Where(pump => !pump.IsOpen))
                    pump.Doom();
            }

            TellIfDrained();
        }

        try
        {
            await drained.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Abort();
            throw;
        }
    }

    /// <summary>Ends everything at once.</summary>
    public void Abort()
    {
        List<PendingMessage> left = [];
        lock (_gate)
        {
            _isClosed = _isAborted = true;
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            while (SkipGone())
                left.Add(Pop());
            foreach (var pump in _pumps)
                pump.Doom();
            WakeIdle();
            TellIfDrained();
        }

        foreach (var message in left)
            message.Fail(Disposed());
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(LastPatience, Clock);
        try
        {
            await DrainAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await DrainAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await _expiry.DisposeAsync().ConfigureAwait(false);
        await _rateTimer.DisposeAsync().ConfigureAwait(false);
        await _ceilingTimer.DisposeAsync().ConfigureAwait(false);
    }

    public static ObjectDisposedException Disposed() => new(nameof(SmtpTransport), "The transport was disposed of before the message was complete; it was not sent.");

    private PendingMessage? Peek() => _returned.TryPeek(out var returned) ? returned : _waiting.TryPeek(out var message) ? message : null;

    private PendingMessage Pop()
    {
        if (!_returned.TryPop(out var message))
            message = _waiting.Dequeue();
        message.IsQueued = false;
        return message;
    }

    private static bool Concerns(AttemptFault fault, ConnectionPump pump, PendingMessage message) =>
        // Another try with the same login would count against the account.
        fault.Stage == MailStage.Auth
        || (message.Number < pump.StartedBefore
            // Opening has only as much time as the first message has. Where that is why it ended, others may have more.
            && (fault.Kind != FaultKind.TotalTimedOut || message.TimeLeft <= ALittleMore));

    // Drops the cancelled ones from the head of the queue, and says whether there is another.
    private bool SkipGone()
    {
        while (Peek() is { } message)
        {
            if (!message.IsDone)
                return true;
            Pop();
            _gone--;
        }

        return false;
    }

    // While groups are in doubt only connections that go without them get messages, and afterwards only the others.
    private bool Suits(ConnectionPump pump) => pump.IsCautious == _isOneAtATime;

    private long Tallied(Tally tally) => Interlocked.Read(ref _tallies[(int)tally]);

    // Wakes or opens as many connections as the waiting messages need.
    private void Staff()
    {
        var needed = WaitingCount - _coming;
        if (needed <= 0 || _isOverRate || _isAborted)
            return;
        for (; needed > 0 && _idle.TryPop(out var idle); needed--)
        {
            Coming(idle);
            idle.Wake(hasWork: true);
        }

        var limit = Math.Min(_connections, _ceiling);
        while (needed > _connecting && _pumps.Count < limit && (_isProven || _connecting == 0) && !(_isOnProbation && _pumps.Any(Suits)))
        {
            var pump = new ConnectionPump(this, _numbers + 1, _isOneAtATime);
            _pumps.Add(pump);
            _connecting++;
            var patience = SkipGone() ? Peek()!.TimeLeft : Settings.Timeouts.Total;
            _ = Task.Run(() => pump.RunAsync(patience));
        }
    }

    // A connection that was woken, or has just been opened, will take a message in a moment: none need be opened for that one.
    private void Coming(ConnectionPump pump)
    {
        _coming += pump.IsComing ? 0 : 1;
        pump.IsComing = true;
    }

    private void Arrived(ConnectionPump pump)
    {
        _coming -= pump.IsComing ? 1 : 0;
        pump.IsComing = false;
    }

    private void WakeIdle()
    {
        while (_idle.TryPop(out var pump))
            pump.Wake(hasWork: WaitingCount > 0);
    }

    private void TellIfDrained()
    {
        if (_drained is not null && WaitingCount == 0 && _pumps.Count == 0)
            _drained.TrySetResult();
        else if (_isClosed && WaitingCount == 0)
            WakeIdle();
    }

    // Where groups went well before, a connection that ended or stood still in the midst of one is a loss like any other, as long as there are not many in a row.
    private bool IsRefuted(PipeliningDoubt doubt)
    {
        switch (doubt)
        {
            case PipeliningDoubt.Possible or PipeliningDoubt.Likely when _groupCredit > 0:
                _groupCredit--;
                return true;
            case PipeliningDoubt.LikelyBehindContent when _followerCredit > 0:
                _followerCredit--;
                return true;
            default:
                return false;
        }
    }

    private void EndProbation(bool worked)
    {
        _isOnProbation = false;
        // One at a time failed too: then groups were not the reason. What worked once or twice can be chance, where the server only hung up; a third time it is none.
        _isOneAtATime = worked && (_isDoubtLikely || _weakDoubts >= EnoughDoubts);
        WakeIdle();
        Staff();
    }

    private bool MayGo()
    {
        if (_rate is null || _rate.TryTake(out var wait))
            return true;
        if (!_isOverRate)
        {
            _isOverRate = true;
            // A timer that is early by a fraction of a millisecond would find the rate still used up.
            _rateTimer.Change(ForTimer(wait) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }

        return false;
    }

    /// <summary>A time for which a timer can be set. Where it goes off too early, whoever waits looks again.</summary>
    public static TimeSpan ForTimer(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time > LongestTimer ? LongestTimer : time;

    private void RateAllows()
    {
        lock (_gate)
        {
            _isOverRate = false;
            Staff();
        }
    }

    private void LiftCeiling()
    {
        lock (_gate)
        {
            _ceiling = int.MaxValue;
            Staff();
        }
    }

    // All messages have the same time, so the first to come is the first to be out of it.
    private void ArmExpiry()
    {
        if (_isExpiryArmed || Peek() is not { } first)
            return;
        _isExpiryArmed = true;
        _expiry.Change(ForTimer(first.TimeLeft), Timeout.InfiniteTimeSpan);
    }

    private void Expire()
    {
        List<PendingMessage> expired = [];
        lock (_gate)
        {
            _isExpiryArmed = false;
            while (SkipGone() && Peek()!.TimeLeft <= TimeSpan.Zero)
            {
                if (_connecting > 0)
                {
                    _isExpiryArmed = true;
                    _expiry.Change(ALittleMore, Timeout.InfiniteTimeSpan);
                    break;
                }

                expired.Add(Pop());
            }

            ArmExpiry();
            TellIfDrained();
        }

        foreach (var message in expired)
            message.Fail(OutOfTime(), attempt: null, cause: null);
    }

    private AttemptFault OutOfTime()
    {
        var statistics = Statistics();
        var why = _isOverRate
            ? "the rate that Limits allows is used up"
            : string.Create(CultureInfo.InvariantCulture, $"{statistics.UnderWay} messages are on {statistics.Connections} connections");
        return new AttemptFault
        {
            Stage = MailStage.Connect,
            Kind = FaultKind.TotalTimedOut,
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"The message's turn to go to {Server} did not come within {Settings.Timeouts.Total.TotalSeconds:0.#} s, the limit for everything together: {why}, and {statistics.Waiting} others wait."),
        };
    }
}
