using Sendwright.Settings;

namespace Sendwright.Tests.Settings;

public sealed class PoolSettingsTests
{
    [Fact]
    public void Numbers_with_which_nothing_would_be_sent_are_refused_by_name_with_the_range()
    {
        Assert.Contains("PoolSettings.Connections is from 1 to 1000", Refusal(() => new PoolSettings { Connections = 0 }), StringComparison.Ordinal);
        Assert.Contains("PoolSettings.Connections is from 1 to 1000", Refusal(() => new PoolSettings { Connections = 1001 }), StringComparison.Ordinal);
        Assert.Contains("PoolSettings.MessagesPerConnection", Refusal(() => new PoolSettings { MessagesPerConnection = -1 }), StringComparison.Ordinal);
        Assert.Contains("PoolSettings.Window is from 1 to 100", Refusal(() => new PoolSettings { Window = 0 }), StringComparison.Ordinal);
        Assert.Contains("RateLimits.PerSecond", Refusal(() => new RateLimits { PerSecond = double.NaN }), StringComparison.Ordinal);
        Assert.Contains("RateLimits.PerDay", Refusal(() => new RateLimits { PerDay = 0 }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_ends_of_the_ranges_and_null_are_taken()
    {
        Assert.Equal((1, 1000), (new PoolSettings { Connections = 1 }.Connections, new PoolSettings { Connections = 1000 }.Connections));
        Assert.Null(new PoolSettings { Connections = null, MessagesPerConnection = null }.Connections);
        Assert.Equal(PoolSettings.DefaultWindow, new PoolSettings().Window);
        Assert.Equal(0.5, new RateLimits { PerSecond = 0.5, PerDay = 1 }.PerSecond);
    }

    private static string Refusal(Func<object> make) => Assert.Throws<ArgumentOutOfRangeException>(make).Message;
}
