using Sendwright.Providers;
using Sendwright.Settings;

namespace Sendwright.Tests.Providers;

public sealed class RouteDefaultsTests
{
    private static MailSettings To(string host) => new() { Host = host, Port = 587, Security = ConnectionSecurity.StartTls };

    [Theory]
    [InlineData("smtp.example.com", 4, 1000)]
    [InlineData("127.0.0.1", 4, 1000)]
    [InlineData("smtp.office365.com", 3, 1000)]
    [InlineData("smtp.sparkpostmail.com", 4, 100)]
    [InlineData("smtp.socketlabs.com", 4, 50)]
    [InlineData("smtp.gmail.com", 4, 1000)]
    public void A_known_limit_lowers_the_default_and_never_raises_it(string host, int connections, int messages)
    {
        var defaults = RouteDefaults.For(To(host));

        Assert.Equal((connections, messages), (defaults.Connections, defaults.MessagesPerConnection));
    }

    [Fact]
    public void The_settings_win_over_what_is_known_of_the_provider()
    {
        var settings = To("smtp.office365.com") with { Pool = new PoolSettings { Connections = 9, MessagesPerConnection = 5 }, Limits = new RateLimits { PerSecond = 7, PerDay = 8 } };

        var defaults = RouteDefaults.For(settings);

        Assert.Equal((9, 5), (defaults.Connections, defaults.MessagesPerConnection));
        Assert.Equal(settings.Limits, defaults.Limits);
    }

    [Fact]
    public void A_limit_a_minute_is_spread_evenly()
    {
        Assert.Equal(new RateLimits { PerSecond = 0.5 }, RouteDefaults.For(To("smtp.office365.com")).Limits);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(2, null, 2.0)]
    [InlineData(null, 30, 0.5)]
    [InlineData(2, 30, 0.5)]
    [InlineData(1, 600, 1.0)]
    public void The_stricter_of_two_rates_counts(int? perSecond, int? perMinute, double? even)
    {
        Assert.Equal(even, new ProviderRate { PerSecond = perSecond, PerMinute = perMinute }.EvenPerSecond);
    }

    [Theory]
    [InlineData("smtp.gmail.com")]
    [InlineData("smtp-relay.gmail.com")]
    [InlineData("email-smtp.eu-west-1.amazonaws.com")]
    [InlineData("smtp-relay.brevo.com")]
    [InlineData("smtp.yandex.com")]
    [InlineData("smtp.sparkpostmail.com")]
    public void What_depends_on_the_plan_or_counts_recipients_is_imposed_on_nobody(string host)
    {
        Assert.NotNull(ProviderCatalog.Default.FindByHost(host)?.Limits);
        Assert.Equal(new RateLimits(), RouteDefaults.For(To(host)).Limits);
    }
}
