namespace Sendwright.Smtp;

/// <summary>A time limit on one wait, joined with the limits around it. One that was not reached can be used for the next wait.</summary>
/// <remarks>
/// Waits are many and short, limits long and rarely reached: the timer is not set for each wait. Where it goes off and the limit has been moved since, it is set for what is left.
/// </remarks>
internal sealed class Deadline : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40); // what timers can be set to is little more

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _end;
    private readonly ITimer _timer;
    private long _startedAt;
    private TimeSpan _timerLeft = Timeout.InfiniteTimeSpan;
    private long _timerSetAt;
    private bool _runs;
    private bool _isDisposed;

    public Deadline(TimeSpan limit, TimeProvider clock, CancellationToken outer)
    {
        _clock = clock;
        _end = CancellationTokenSource.CreateLinkedTokenSource(outer);
        _timer = clock.CreateTimer(static state => ((Deadline)state!).GoOff(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Restart(limit);
    }

    public TimeSpan Limit { get; private set; }

    public CancellationToken Token => _end.Token;

    /// <summary>Whether this limit, and not one around it, has passed.</summary>
    public bool Expired { get; private set; }

    /// <summary>Starts anew.</summary>
    public void Restart(TimeSpan limit)
    {
        lock (_gate)
        {
            Limit = limit;
            _runs = limit != Timeout.InfiniteTimeSpan;
            if (!_runs || _isDisposed)
                return;
            _startedAt = _clock.GetTimestamp();
            if (_timerLeft == Timeout.InfiniteTimeSpan || _timerLeft - _clock.GetElapsedTime(_timerSetAt, _startedAt) > limit)
                SetTimer(limit, _startedAt);
        }
    }

    /// <summary>Stops the clock.</summary>
    /// <returns>Whether it can be started again: not if it, or a limit around it, has passed.</returns>
    public bool TryStop()
    {
        lock (_gate)
        {
            _runs = false;
            // The timer may have gone off already and not have come as far as the cancelling: the next wait must not be ended by that.
            return !Expired && !_end.IsCancellationRequested;
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _isDisposed = true;
        _timer.Dispose();
        _end.Dispose();
    }

    private void GoOff()
    {
        lock (_gate)
        {
            _timerLeft = Timeout.InfiniteTimeSpan;
            if (!_runs || _isDisposed)
                return;
            var now = _clock.GetTimestamp();
            var left = Limit - _clock.GetElapsedTime(_startedAt, now);
            // A timer counts whole milliseconds and forgets the rest, so it may be early by less than one.
            if (left >= TimeSpan.FromMilliseconds(1))
            {
                SetTimer(left, now);
                return;
            }

            Expired = true;
        }

        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The wait ended at the same moment.
        }
    }

    private void SetTimer(TimeSpan left, long now)
    {
        var due = left > Longest ? Longest : left;
        _timerLeft = due;
        _timerSetAt = now;
        _timer.Change(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
