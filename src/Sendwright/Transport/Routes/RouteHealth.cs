namespace Sendwright.Transport.Routes;

/// <summary>
/// Whether a route is in use or set aside. A failure of the route sets it aside for <see cref="Shortest"/>, each further one for twice as long, up to <see cref="Longest"/>; when
/// the time is over, one message at a time goes over it and decides. Thread-safe.
/// </summary>
internal sealed class RouteHealth(TimeProvider clock)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private int _failures;
    private long _change;
    private long _setAsideAt;
    private bool _isProbed;

    /// <summary>How long it is set aside; zero where it is in use.</summary>
    public TimeSpan SetAsideFor
    {
        get
        {
            lock (_gate)
                return CurrentSpan;
        }
    }

    private TimeSpan CurrentSpan => _failures == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(Shortest.Ticks << Math.Min(_failures - 1, 16), Longest.Ticks));

    private bool IsDue => clock.GetElapsedTime(_setAsideAt) >= CurrentSpan;

    /// <summary>Begins a message's attempt where the route is in use, or where it is due and nobody else has begun to probe it.</summary>
    public RouteUse? TryBegin()
    {
        lock (_gate)
        {
            if (_failures == 0)
                return new RouteUse(_change, IsProbe: false);
            if (_isProbed || !IsDue)
                return null;
            _isProbed = true;
            return new RouteUse(_change, IsProbe: true);
        }
    }

    /// <summary>Begins an attempt though the route is set aside: the message has no other left.</summary>
    public RouteUse BeginAnyway()
    {
        lock (_gate)
            return new RouteUse(_change, IsProbe: false);
    }

    /// <summary>The route does its work, whatever became of the message.</summary>
    public void Worked(RouteUse use)
    {
        lock (_gate)
        {
            End(use);
            // What began before the last failure says nothing about the time after it.
            if (use.Change != _change || _failures == 0)
                return;
            _failures = 0;
            _change++;
        }
    }

    /// <summary>The route failed, and would fail the next message.</summary>
    public void Failed(RouteUse use)
    {
        lock (_gate)
        {
            End(use);
            // Many messages that are under way when a server goes down are one failure; so are those that are sent in spite of it.
            if (use.Change != _change || (_failures > 0 && !IsDue))
                return;
            _failures++;
            _change++;
            _setAsideAt = clock.GetTimestamp();
        }
    }

    /// <summary>The attempt says nothing about the route.</summary>
    public void Undecided(RouteUse use)
    {
        lock (_gate)
            End(use);
    }

    private void End(RouteUse use)
    {
        if (use.IsProbe)
            _isProbed = false;
    }
}

/// <summary>One message's attempt on a route.</summary>
/// <param name="Change">How often the route had been set aside or taken back when it began: what began before the last time is out of date.</param>
/// <param name="IsProbe">Whether it is the one that decides whether the route is back.</param>
internal readonly record struct RouteUse(long Change, bool IsProbe);
