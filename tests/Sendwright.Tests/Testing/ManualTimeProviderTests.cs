using Sendwright.Testing;

namespace Sendwright.Tests.Testing;

public sealed class ManualTimeProviderTests
{
    [Fact]
    public void Timers_fall_due_in_the_order_of_their_times_and_only_when_the_clock_is_moved()
    {
        var time = new ManualTimeProvider();
        var fired = new List<string>();
        using var late = time.CreateTimer(_ => fired.Add("late"), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using var early = time.CreateTimer(_ => fired.Add("early"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Empty(fired);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["early", "early"], fired);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["early", "early", "late", "early"], fired);
    }

    [Fact]
    public async Task Task_Delay_and_cancellation_follow_it()
    {
        var time = new ManualTimeProvider();
        var delay = Task.Delay(TimeSpan.FromMinutes(1), time, TestContext.Current.CancellationToken);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2), time);

        time.Advance(TimeSpan.FromMinutes(1));
        await delay;
        Assert.False(deadline.IsCancellationRequested);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(deadline.IsCancellationRequested);
    }
}
