using Sendwright.Settings;
using Sendwright.Testing;
using Sendwright.Transport.RateLimit;

namespace Sendwright.Tests.Transport.RateLimit;

public sealed class RouteRateTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Without_limits_there_is_no_rate()
    {
        Assert.Null(RouteRate.For(new RateLimits(), _clock));
    }

    [Theory]
    [InlineData(0.5, 1, 2)]
    [InlineData(1.0, 1, 1)]
    [InlineData(10.0, 10, 0.1)]
    public void A_second_gives_its_worth_at_once_and_one_message_in_any_case(double perSecond, int atOnce, double wait)
    {
        var rate = RouteRate.For(new RateLimits { PerSecond = perSecond }, _clock)!;

        for (var i = 0; i < atOnce; i++)
            Assert.True(rate.TryTake(out _));
        Assert.False(rate.TryTake(out var left));
        Assert.Equal(TimeSpan.FromSeconds(wait), left);
    }

    [Fact]
    public void The_longer_wait_is_told()
    {
        var rate = RouteRate.For(new RateLimits { PerSecond = 1, PerDay = 1 }, _clock)!;

        Assert.True(rate.TryTake(out var none));
        Assert.False(rate.TryTake(out var wait));

        Assert.Equal(TimeSpan.Zero, none);
        Assert.InRange(wait, TimeSpan.FromDays(1), TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void What_one_limit_refuses_counts_for_neither()
    {
        var rate = RouteRate.For(new RateLimits { PerSecond = 1, PerDay = 3 }, _clock)!;

        Assert.True(rate.TryTake(out _));
        for (var i = 0; i < 10; i++)
            Assert.False(rate.TryTake(out _));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(rate.TryTake(out _));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(rate.TryTake(out _));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(rate.TryTake(out _));
    }
}
