using FsCheck;
using FsCheck.Fluent;
using Sendwright.Testing;
using Sendwright.Transport.RateLimit;

namespace Sendwright.Tests.Transport.RateLimit;

public sealed class TokenBucketTests
{
    private readonly ManualTimeProvider _clock = new();

    private static Arbitrary<(int Capacity, double PerSecond, int[] PausesMs)> Uses =>
        (from capacity in Gen.Choose(1, 50)
         from perThousandSeconds in Gen.Choose(1, 5_000_000)
         from pauses in Gen.Choose(0, 3_000).ArrayOf(200)
         select (capacity, perThousandSeconds / 1000.0, pauses)).ToArbitrary();

    [Fact]
    public void A_full_bucket_gives_its_capacity_at_once_and_then_one_at_a_time()
    {
        var bucket = new TokenBucket(_clock, capacity: 3, perSecond: 2);

        Assert.Equal([true, true, true, false], Take(bucket, 4));
        Assert.Equal(TimeSpan.FromMilliseconds(500), bucket.UntilNext);
        _clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(bucket.TryTake());
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([true, false], Take(bucket, 2));
    }

    [Fact]
    public void What_is_not_used_is_kept_up_to_the_capacity()
    {
        var bucket = new TokenBucket(_clock, capacity: 2, perSecond: 0.5);

        Take(bucket, 2);
        _clock.Advance(TimeSpan.FromDays(400));

        Assert.Equal([true, true, false], Take(bucket, 3));
    }

    [Fact]
    public void In_no_time_is_more_given_than_the_rate_and_the_capacity_allow() => Prop.ForAll(Uses, use =>
    {
        var (capacity, perSecond, pauses) = use;
        var clock = new ManualTimeProvider();
        var bucket = new TokenBucket(clock, capacity, perSecond);
        var taken = new List<DateTimeOffset>();
        foreach (var pause in pauses)
        {
            while (taken.Count < 1000 && bucket.TryTake())
                taken.Add(clock.GetUtcNow());
            clock.Advance(TimeSpan.FromMilliseconds(pause));
        }

        for (var first = 0; first < taken.Count; first++)
        {
            for (var last = first; last < taken.Count; last++)
                Assert.True(last - first + 1 <= ((taken[last] - taken[first]).TotalSeconds * perSecond) + capacity + 1e-6);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whoever_waits_as_long_as_it_says_finds_a_token_and_the_rate_is_reached() => Prop.ForAll(Uses, use =>
    {
        var (capacity, perSecond, _) = use;
        var clock = new ManualTimeProvider();
        var bucket = new TokenBucket(clock, capacity, perSecond);
        var start = clock.GetUtcNow();
        for (var taken = 0; taken < capacity + 100; taken++)
        {
            clock.Advance(bucket.UntilNext);
            Assert.True(bucket.TryTake());
        }

        // The clock's ticks are whole: each wait may be one too long.
        Assert.InRange((clock.GetUtcNow() - start).TotalSeconds, (100 / perSecond) - 1e-6, (100 / perSecond) + (200 * 1e-7));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Many_threads_share_what_there_is()
    {
        var bucket = new TokenBucket(_clock, capacity: 1000, perSecond: 1);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Take(bucket, 500).Count(one => one))));

        Assert.Equal(1000, taken.Sum());
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-9)]
    [InlineData(1e300)]
    public void Rates_beyond_measure_overflow_nothing(double perSecond)
    {
        var bucket = new TokenBucket(_clock, int.MaxValue, perSecond);

        Assert.All(Take(bucket, 3).Skip(1), _ => Assert.True(bucket.UntilNext >= TimeSpan.Zero));
        Assert.True(bucket.UntilNext >= TimeSpan.Zero);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    [InlineData(1, double.NaN)]
    [InlineData(1, double.PositiveInfinity)]
    public void A_bucket_that_could_give_nothing_is_refused(int capacity, double perSecond)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenBucket(_clock, capacity, perSecond));
    }

    private static List<bool> Take(TokenBucket bucket, int times) => [.. Enumerable.Range(0, times).Select(_ => bucket.TryTake())];
}
