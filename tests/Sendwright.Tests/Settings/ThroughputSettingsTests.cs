using Microsoft.Extensions.Configuration;
using Sendwright.Diagnosis;
using Sendwright.Settings;

namespace Sendwright.Tests.Settings;

public sealed class ThroughputSettingsTests
{
    [Fact]
    public void Reads_pool_and_limits()
    {
        var reading = Settle.Mail(
            ("Host", "smtp.example.com"), ("Pool:Connections", "8"), ("pool:messagesperconnection", "100"), ("Pool:MaxAge", "00:02:00"), ("Pool:IdleTimeout", "10"), ("Pool:Window", "1"),
            ("Pool:Pipelining", "False"), ("Pool:Chunking", "no"), ("Limits:PerSecond", "0.5"), ("Limits:PerDay", "2000"), ("AllRecipientsOrNone", "true"));

        Assert.Empty(reading.Evidence.Problems);
        var expected = new PoolSettings
        {
            Connections = 8, MessagesPerConnection = 100, MaxAge = TimeSpan.FromMinutes(2), IdleTimeout = TimeSpan.FromSeconds(10), Window = 1, Pipelining = false, Chunking = false,
        };
        Assert.Equal(expected, reading.Settings!.Pool);
        Assert.Equal(new RateLimits { PerSecond = 0.5, PerDay = 2000 }, reading.Settings.Limits);
        Assert.True(reading.Settings.AllRecipientsOrNone);
    }

    [Fact]
    public void What_is_not_set_is_the_default()
    {
        var settings = Settle.Mail(("Host", "smtp.example.com")).Settings!;

        Assert.Equal((new PoolSettings(), new RateLimits(), false), (settings.Pool, settings.Limits, settings.AllRecipientsOrNone));
    }

    [Theory]
    [InlineData("Pool:Connections", "0", "not within 1 to 1000")]
    [InlineData("Pool:Connections", "1001", "not within 1 to 1000")]
    [InlineData("Pool:Connections", "many", "not a whole number")]
    [InlineData("Pool:Connections", "99999999999999999999", "not a whole number")]
    [InlineData("Pool:MessagesPerConnection", "0", "less than 1")]
    [InlineData("Pool:Window", "101", "not within 1 to 100")]
    [InlineData("Pool:MaxAge", "0", "not positive")]
    [InlineData("Pool:IdleTimeout", "soon", "neither a number of seconds")]
    [InlineData("Pool:Pipelining", "maybe", "neither True nor False")]
    [InlineData("Pool:Chunking", "2", "neither True nor False")]
    [InlineData("Limits:PerSecond", "0", "not more than 0")]
    [InlineData("Limits:PerSecond", "1e9", "not a number")]
    [InlineData("Limits:PerSecond", "NaN", "not a number")]
    [InlineData("Limits:PerSecond", "2000000", "at most 1000000")]
    [InlineData("Limits:PerDay", "0.5", "not a whole number")]
    [InlineData("Limits:PerDay", "-1", "less than 1")]
    [InlineData("AllRecipientsOrNone", "perhaps", "neither True nor False")]
    public void A_value_that_cannot_be_used_is_named_with_its_reason(string name, string value, string because)
    {
        var problem = Settle.Only(Settle.Mail(("Host", "smtp.example.com"), (name, value)));

        Assert.Equal((FaultCodes.ConfigInvalid, "Mail:" + name, value, true), (problem.Code, problem.Name, problem.Value, problem.IsBlocking));
        Assert.Contains(because, problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_given_a_value_of_its_own_is_told()
    {
        var problem = Settle.Only(Settle.Mail(("Host", "smtp.example.com"), ("Pool", "4")));

        Assert.Equal(("Mail:Pool", false), (problem.Name, problem.IsBlocking));
        Assert.Contains("Connections", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void One_setting_in_code_leaves_the_others_of_the_configuration()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Mail:Host", "smtp.example.com"), new("Mail:Pool:Connections", "8"), new("Mail:Pool:Window", "2"), new("Mail:Timeouts:Data", "7"), new("Mail:Limits:PerDay", "5"),
        ]).Build();
        var options = new MailOptions { Pool = { Connections = 2, Chunking = false, MaxAge = TimeSpan.FromMinutes(1) }, Timeouts = { Connect = TimeSpan.FromSeconds(3) }, Limits = { PerSecond = 3.5 }, AllRecipientsOrNone = true };

        var settings = Settle.Checked(MailSettingsReader.Read(configuration, options)).Settings!;

        Assert.Equal(new PoolSettings { Connections = 2, Window = 2, Chunking = false, MaxAge = TimeSpan.FromMinutes(1) }, settings.Pool);
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(7)), (settings.Timeouts.Connect, settings.Timeouts.Data));
        Assert.Equal(new RateLimits { PerSecond = 3.5, PerDay = 5 }, settings.Limits);
        Assert.True(settings.AllRecipientsOrNone);
    }

    [Fact]
    public void Options_in_code_are_named_as_they_are_written_there()
    {
        Assert.Equal("MailOptions.Pool.Window", Settle.Only(Settle.Checked(MailSettingsReader.Read(new MailOptions { Host = "smtp.example.com", Pool = { Window = 0 } }))).Name);
    }

    [Fact]
    public void Names_in_the_environment_keep_their_form()
    {
        using var variables = new EnvironmentOf(("Mail__Host", "smtp.example.com"), ("Mail__Pool__Connections", "many"), ("Mail__Pool__Windo", "3"), ("Mail__Limits__PerDay", "9"));

        var reading = Settle.Checked(MailSettingsReader.Read(new ConfigurationBuilder().AddEnvironmentVariables(variables.Prefix).Build()));

        Assert.Equal(["Mail__Pool__Connections", "Mail__Pool__Windo"], reading.Evidence.Problems.Select(problem => problem.Name).Order(StringComparer.Ordinal));
        Assert.Contains(reading.Evidence.Problems, problem => problem.Fix == "Rename it to Mail__Pool__Window.");
    }

    [Fact]
    public void The_same_names_are_read_beneath_another_section()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Mail:Routes:Backup:Host", "smtp.example.net"), new("Mail:Routes:Backup:Pool:Window", "x")]).Build();

        var reading = Settle.Checked(SettingsInterpreter.Interpret(MailSettingsReader.Source(configuration, "Mail:Routes:Backup")));

        Assert.Equal("Mail:Routes:Backup:Pool:Window", Settle.Only(reading).Name);
        Assert.Equal("Mail:Routes:Backup:Username", reading.Evidence.Vocabulary.NameOf(SettingKey.Username));
    }
}
