using Sendwright.Evidence;
using Sendwright.Smtp;
using Sendwright.Smtp.Wire;

namespace Sendwright.Transport.Pool;

/// <summary>One connection of a route, from its opening to its end: it takes messages from the route's queue for as long as there are some and the connection is good.</summary>
internal sealed class ConnectionPump : IAsyncDisposable
{
    private const int MostLosses = 2;

    /// <summary>As many more as it can take to find out that a server does not bear groups.</summary>
    private const int MostDoubtfulLosses = MostLosses + ConnectionPool.EnoughDoubts;

    private readonly ConnectionPool _pool;
    private readonly AttemptRecorder _recorder;
    private readonly CancellationTokenSource _abort = new();
    private readonly bool _isCautious;
    private TaskCompletionSource<bool>? _work;
    private Attempt? _connection;
    private SmtpSession? _session;
    private SmtpPipeline? _pipeline;
    private long _openedAt;
    private int _taken;

    public ConnectionPump(ConnectionPool pool, long startedBefore, bool isCautious)
    {
        _pool = pool;
        _isCautious = isCautious;
        StartedBefore = startedBefore;
        _recorder = new AttemptRecorder(pool.Clock, pool.Settings.Host, pool.Settings.Port, pool.Settings.Security, pool.Masker, isExperiment: false, pool.OnStage);
    }

    /// <summary>The number of the first message that came after the connection was begun: one that could not be opened is no news of that one.</summary>
    public long StartedBefore { get; }

    /// <summary>Whether it is open.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether it sends one command at a time, because groups are in doubt.</summary>
    public bool IsCautious => _isCautious;

    /// <summary>The messages on it, as far as the pool has been told. Never less than there are. Changed under the pool's lock.</summary>
    public int UnderWay { get; set; }

    /// <summary>Whether it is about to ask for a message. Changed under the pool's lock.</summary>
    public bool IsComing { get; set; }

    /// <summary>Whether it must end as it is.</summary>
    public bool IsDoomed { get; private set; }

    public string? TlsVersion { get; private set; }

    public SmtpCapabilities Capabilities => _session!.Capabilities;

    public IReadOnlyList<Resolution> Resolutions => _recorder.Resolutions;

    /// <summary>Opens the connection and serves the queue until there is an end to one of them.</summary>
    public async Task RunAsync(TimeSpan patience)
    {
        using var time = new SessionTime(_pool.Settings.Timeouts, _pool.Clock, _abort.Token);
        time.RestartTotal(patience);
        try
        {
            _session = new SmtpSession(_pool.SessionOptions, time, _recorder);
            await _session.OpenAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await EndAsync(mayQuit: true).ConfigureAwait(false);
            _pool.OpenFailed(this, _recorder, e as SmtpSessionException ?? Unforeseen(e));
            _abort.Dispose();
            return;
        }

        _openedAt = _pool.Clock.GetTimestamp();
        _connection = _recorder.ToAttempt();
        TlsVersion = _recorder.CurrentTls?.Protocol;
        _recorder.StartMessage();
        _pipeline = _session.StartPipeline(_isCautious ? SmtpPipelineOptions.OneAtATime : _pool.PipelineOptions);
        _pool.Opened(this);
        var mayQuit = false;
        try
        {
            await ServeAsync(_pipeline).ConfigureAwait(false);
            mayQuit = !_pipeline.IsSpoilt;
        }
        catch (SmtpSessionException e)
        {
            Lost(_pipeline, e);
        }
        catch (Exception e)
        {
            Lost(_pipeline, Unforeseen(e));
        }
        finally
        {
            await EndAsync(mayQuit).ConfigureAwait(false);
            _pool.Closed(this);
            // Only now: as long as the pool knows it, it can be told to end.
            _abort.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
            await _session.DisposeAsync().ConfigureAwait(false);
        _abort.Dispose();
    }

    /// <summary>Ends the connection at once: what is under way is lost or unknown. Called under the pool's lock, and so not carried out in it.</summary>
    public void Doom()
    {
        IsDoomed = true;
        _ = _abort.CancelAsync();
    }

    /// <summary>Whether this is the rest that it takes now.</summary>
    public bool IsResting(TaskCompletionSource<bool> rest) => _work == rest;

    /// <summary>Gives it work, or word that there will be none. Called under the pool's lock, once for each time it rests.</summary>
    public void Wake(bool hasWork)
    {
        var work = _work;
        _work = null;
        work?.TrySetResult(hasWork);
    }

    /// <summary>The connection as the evidence of this message's failure: its own facts, and of what was said only what was said for this message.</summary>
    public Attempt Describe(PendingMessage message, AttemptFault fault)
    {
        var masked = fault with
        {
            Message = _recorder.Mask(fault.Message),
            Reply = fault.Reply is { } reply ? _recorder.Mask(reply) : null,
            UnexpectedText = fault.UnexpectedText is { } text ? _recorder.Mask(text) : null,
        };
        var stages = message.Stages(_pool.Clock, _recorder.Mask);
        stages.RemoveAll(stage => stage.Stage == fault.Stage);
        var failed = new StageRecord(fault.Stage, StageOutcome.Failed, null, masked.Message);
        _pool.OnStage?.Invoke(failed);
        return _connection! with
        {
            Stages = [.. _connection.Stages, .. stages, failed],
            Exchanges = [.. _connection.Exchanges, .. message.Exchanges(Capabilities)],
            Fault = masked,
            Elapsed = _pool.Clock.GetElapsedTime(_openedAt) + _connection.Elapsed,
        };
    }

    private bool IsWornOut => IsDoomed || _taken >= _pool.MessagesPerConnection || _pool.Clock.GetElapsedTime(_openedAt) >= _pool.Settings.Pool.MaxAge;

    private static SmtpSessionException Unforeseen(Exception exception) =>
        new(new AttemptFault { Stage = MailStage.Connect, Kind = FaultKind.Other, Message = $"The connection failed: {exception.Message}", ExceptionType = exception.GetType().Name }, exception);

    private async Task ServeAsync(SmtpPipeline pipeline)
    {
        while (true)
        {
            while (pipeline.HasRoom && !IsWornOut && _pool.TryTake(this, pipeline.Flights.Count) is { } message)
            {
                _taken++;
                await pipeline.AddAsync(message).ConfigureAwait(false);
            }

            if (pipeline.Flights.Count > 0)
            {
                // One that is alone now, on a connection that takes no other, can be cancelled.
                if (UnderWay > pipeline.Flights.Count)
                    _pool.Left(this, pipeline.Flights.Count);
                await pipeline.AdvanceAsync().ConfigureAwait(false);
                if (_isCautious && pipeline.Completed > 0)
                    _pool.CautionPaidOff();
                else if (pipeline.BearsGroups)
                    _pool.GroupsWork(pipeline.BearsFollowers);
            }
            else if (pipeline.IsClosing || IsWornOut || !await RestAsync(pipeline).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private async ValueTask<bool> RestAsync(SmtpPipeline pipeline)
    {
        var work = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work = work;
        if (_pool.Rest(this) is var leisure and not Leisure.Rest)
        {
            _work = null;
            return leisure == Leisure.None;
        }

        var idleTimeout = _pool.Settings.Pool.IdleTimeout;
        if (idleTimeout != Timeout.InfiniteTimeSpan)
            idleTimeout = ConnectionPool.ForTimer(idleTimeout);
        // Whoever ends this rest must mean this one: the next may have begun before he comes.
        using var patience = _pool.Clock.CreateTimer(_ => _pool.Retire(this, work), null, idleTimeout, Timeout.InfiniteTimeSpan);
        using var aborted = _abort.Token.UnsafeRegister(_ => _pool.Retire(this, work), null);
        _ = _session!.WatchAsync().ContinueWith(
            (read, _) =>
            {
                _ = read.Exception; // seen: whoever reads next is told
                _pool.Retire(this, work);
            },
            null,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        pipeline.Rest();
        var hasWork = await work.Task.ConfigureAwait(false);
        pipeline.Wake();
        return hasWork;
    }

    // Each message that was under way is refused, if the server had said why; unknown, if it may have arrived; and else not sent, which another connection can make good.
    private void Lost(SmtpPipeline pipeline, SmtpSessionException failure)
    {
        // A connection that was kept may have been closed meanwhile, even where no message has come to an end on it.
        var isFresh = pipeline.Completed == 0 && !pipeline.HasRested;
        _pool.Doubts(this, pipeline.Doubt, isFresh);
        if (pipeline.ChunksFailed)
            _pool.ForgoChunking();
        var again = new List<PendingMessage>();
        for (var i = 0; i < pipeline.Flights.Count; i++)
        {
            var message = (PendingMessage)pipeline.Flights[i];
            var isTurnedAway = message.SenderReply is { Code: 421 } && !isFresh;
            // What was refused because it came too early can be said again in its turn; not so where the server said yes to the content, whoever it took that for.
            var isTooEarly = i == 0 && pipeline.Doubt == PipeliningDoubt.Certain && message.FinalReply is not { IsPositive: true };
            if (pipeline.IsRefused(message) && !isTurnedAway && !pipeline.ChunksFailed && !isTooEarly)
                message.Refuse(pipeline.ReasonFor(message) ?? failure.Fault, null);
            else if (!pipeline.IsCertainlyNotSent(message))
                message.Lose(Unknown(i == 0 ? failure.Fault : OfAnother(failure.Fault)), failure.InnerException);
            else if (message.IsCancelled)
                message.Cancel();
            else if (failure.Fault.Kind == FaultKind.Cancelled)
                message.Fail(ConnectionPool.Disposed());
            else if (failure.Fault.Kind is FaultKind.Disconnected or FaultKind.ConnectionReset && !isTurnedAway && !isTooEarly && pipeline.ReasonFor(message) is { } reason)
                message.Refuse(reason, null);
            else if (i > 0 || MayTryAgain(message, pipeline, isFresh))
                again.Add(message);
            else
                message.Lose(AsNotSent(failure.Fault), failure.InnerException);
        }

        for (var i = again.Count - 1; i >= 0; i--)
            _pool.TakeBack(again[i]);
    }

    private bool MayTryAgain(PendingMessage message, SmtpPipeline pipeline, bool isFresh) =>
        ++message.Losses <= (pipeline.Doubt == PipeliningDoubt.None ? MostLosses : MostDoubtfulLosses) && message.TimeLeft > TimeSpan.Zero && !_abort.IsCancellationRequested && (!isFresh || pipeline.ChunksFailed || pipeline.Doubt != PipeliningDoubt.None);

    // What ended the connection was said to the message in front. Its addresses and replies are no business of those behind it.
    private static AttemptFault OfAnother(AttemptFault fault) => fault with
    {
        Command = null,
        Reply = null,
        UnexpectedText = null,
        Message = fault.Kind switch
        {
            FaultKind.ReplyTimedOut or FaultKind.TotalTimedOut => "The connection stood still at the message before it.",
            FaultKind.ProtocolViolation => "The server broke the protocol at the message before it.",
            _ => "The connection ended at the message before it.",
        },
    };

    private static AttemptFault AsNotSent(AttemptFault fault) => fault.Stage == MailStage.EndOfData ? fault with { Stage = MailStage.Data } : fault;

    private static AttemptFault Unknown(AttemptFault fault) => fault with
    {
        Stage = MailStage.EndOfData,
        Kind = FaultKind.OutcomeUnknown,
        Message = $"The whole message was sent, and no reply says whether the server took it. {fault.Message}",
    };

    private async Task EndAsync(bool mayQuit)
    {
        if (_session is not { } session)
            return;
        await using (session.ConfigureAwait(false))
        {
            if (mayQuit && !_abort.IsCancellationRequested)
                await session.QuitAsync().ConfigureAwait(false);
        }
    }
}
