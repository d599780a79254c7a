namespace Sendwright.Transport.RateLimit;

/// <summary>
/// A number of messages in any 24 hours. Never waits. Thread-safe. A token bucket would not do: full at first and filled up through the day, it gives twice the number in
/// the first 24 hours, and a provider's quota does not. Minutes are counted whole, so that a message counts for up to a minute longer than a day.
/// </summary>
internal sealed class DailyQuota
{
    private const int Slots = 24 * 60 + 1;

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly int _limit;
    private readonly int[] _sent = new int[Slots];
    private long _minute;
    private int _total;

    /// <summary>A quota of which nothing is used.</summary>
    /// <param name="clock">The clock by which days pass.</param>
    /// <param name="limit">The messages in 24 hours, 1 or more.</param>
    public DailyQuota(TimeProvider clock, int limit)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _clock = clock;
        _limit = limit;
        _start = clock.GetTimestamp();
    }

    /// <summary>How long until a message may go; zero where one may. Somebody else's may go first.</summary>
    public TimeSpan UntilNext
    {
        get
        {
            lock (_gate)
            {
                var elapsed = MoveOn();
                return _total < _limit ? TimeSpan.Zero : TimeSpan.FromMinutes(OldestMinute() + Slots) - elapsed;
            }
        }
    }

    /// <summary>Counts a message where one may go.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            MoveOn();
            if (_total >= _limit)
                return false;
            _total++;
            _sent[_minute % Slots]++;
            return true;
        }
    }

    // Forgets what is a day old.
    private TimeSpan MoveOn()
    {
        var elapsed = _clock.GetElapsedTime(_start);
        var minute = (long)(elapsed / TimeSpan.FromMinutes(1));
        for (var passed = Math.Max(_minute + 1, minute - Slots + 1); passed <= minute; passed++)
        {
            _total -= _sent[passed % Slots];
            _sent[passed % Slots] = 0;
        }

        _minute = Math.Max(_minute, minute);
        return elapsed;
    }

    private long OldestMinute()
    {
        var minute = Math.Max(0, _minute - Slots + 1);
        while (_sent[minute % Slots] == 0)
            minute++;
        return minute;
    }
}
