namespace Sendwright.Smtp;

/// <summary>A time limit on one wait, joined with the limits around it. One that was not reached can be used for the next wait.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;

    public Deadline(TimeSpan limit, TimeProvider clock, CancellationToken outer)
    {
        Limit = limit;
        _timer = new CancellationTokenSource(limit, clock);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, outer);
    }

    public TimeSpan Limit { get; private set; }

    public CancellationToken Token => _linked.Token;

    /// <summary>Whether this limit, and not one around it, has passed.</summary>
    public bool Expired => _timer.IsCancellationRequested;

    /// <summary>Starts anew.</summary>
    public void Restart(TimeSpan limit)
    {
        Limit = limit;
        _timer.CancelAfter(limit);
    }

    /// <summary>Stops the clock.</summary>
    /// <returns>Whether it can be started again: not if it, or a limit around it, has passed.</returns>
    public bool TryStop()
    {
        _timer.CancelAfter(Timeout.InfiniteTimeSpan);
        return !_linked.IsCancellationRequested;
    }

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
