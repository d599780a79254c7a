using FsCheck;
using FsCheck.Fluent;
using Sendwright.Testing;
using Sendwright.Transport.RateLimit;

namespace Sendwright.Tests.Transport.RateLimit;

public sealed class DailyQuotaTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void A_message_counts_for_a_day_and_a_minute_at_most()
    {
        var quota = new DailyQuota(_clock, 2);
        Assert.True(quota.TryTake());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.True(quota.TryTake());

        Assert.False(quota.TryTake());
        Assert.InRange(quota.UntilNext, TimeSpan.FromHours(23), TimeSpan.FromHours(23) + TimeSpan.FromMinutes(1));
        _clock.Advance(quota.UntilNext);
        Assert.True(quota.TryTake());
        Assert.False(quota.TryTake());
    }

    [Fact]
    public void After_a_long_silence_the_whole_quota_is_there_and_no_more()
    {
        var quota = new DailyQuota(_clock, 3);
        Assert.Equal(3, Taken(quota));
        _clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal(3, Taken(quota));
    }

    [Fact]
    public void In_no_24_hours_is_more_let_through_than_the_quota() => Prop.ForAll(
        (from limit in Gen.Choose(1, 20)
         from pauses in Gen.Choose(0, 9 * 3600).ArrayOf(100)
         select (limit, pauses)).ToArbitrary(),
        use =>
        {
            var clock = new ManualTimeProvider();
            var quota = new DailyQuota(clock, use.limit);
            var taken = new List<DateTimeOffset>();
            foreach (var pause in use.pauses)
            {
                for (var i = 0; i < 7 && quota.TryTake(); i++)
                    taken.Add(clock.GetUtcNow());
                clock.Advance(TimeSpan.FromSeconds(pause));
                // And not less: what is older than a day and a minute is forgotten.
                var counting = taken.Count(one => clock.GetUtcNow() - one < Day + TimeSpan.FromMinutes(1));
                Assert.True(counting >= use.limit || quota.UntilNext == TimeSpan.Zero);
            }

            for (var first = 0; first + use.limit < taken.Count; first++)
                Assert.True(taken[first + use.limit] - taken[first] >= Day);
        }).QuickCheckThrowOnFailure();

    private static int Taken(DailyQuota quota) => Enumerable.Range(0, 10).Count(_ => quota.TryTake());
}
