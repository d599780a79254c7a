using Microsoft.Extensions.Configuration;
using Sendwright.Diagnosis;
using Sendwright.Settings;
using Sendwright.Tests.Mime.Dkim;

namespace Sendwright.Tests.Settings;

public sealed class RoutesSettingsTests
{
    private static readonly (string, string?) EuHost = ("Routes:eu:Host", "smtp.eu.example");

    private static IConfigurationRoot Configuration(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create("Mail:" + pair.Name, pair.Value))).Build();

    private static RoutesReading Read(params (string Name, string? Value)[] settings) => Checked(MailSettingsReader.ReadRoutes(Configuration(settings))!);

    private static RoutesReading Checked(RoutesReading reading)
    {
        Settle.Checked(new SettingsReading(reading.Settings?.Routes[0].Upstream, reading.Evidence));
        return reading;
    }

    private static SettingProblem Only(RoutesReading reading) => Assert.Single(reading.Evidence.Problems);

    [Fact]
    public void Reads_routes_with_all_that_they_have()
    {
        var reading = Read(
            EuHost, ("Routes:eu:Port", "465"), ("Routes:eu:Username", "ann"), ("Routes:eu:Password", Settle.Secret), ("Routes:eu:Weight", "3"), ("Routes:eu:Order", "1"),
            ("Routes:eu:When:Sender", "*@example.com"), ("Routes:eu:When:RecipientDomain", "example.net, *.example.net"), ("Routes:us:Url", "smtp://smtp.us.example:2525"));

        Assert.Empty(reading.Evidence.Problems);
        Assert.Equal(["eu", "us"], reading.Settings!.Routes.Select(route => route.Name));
        var eu = reading.Settings.Routes[0];
        Assert.Equal(("smtp.eu.example", 465, ConnectionSecurity.Implicit), (eu.Upstream.Host, eu.Upstream.Port, eu.Upstream.Security));
        Assert.Equal(Settle.Secret, eu.Upstream.Credentials!.Password.Reveal());
        Assert.Equal((3, 1), (eu.Weight, eu.Order));
        Assert.Equal(new RouteCondition { Sender = "*@example.com", RecipientDomain = "example.net, *.example.net" }, eu.When);
        var us = reading.Settings.Routes[1];
        Assert.Equal(("smtp.us.example", 2525), (us.Upstream.Host, us.Upstream.Port));
        Assert.Null(us.Upstream.Credentials);
        Assert.Equal((1, 0, RouteCondition.Always), (us.Weight, us.Order, us.When));
    }

    [Fact]
    public void Without_routes_there_is_a_single_upstream()
    {
        Assert.Null(MailSettingsReader.ReadRoutes(Configuration(("Host", "smtp.example.com"))));
        Assert.Null(MailSettingsReader.ReadRoutes(Configuration(("Host", "smtp.example.com"), ("Routes", ""))));
        Assert.Null(MailSettingsReader.ReadRoutes(Configuration()));
    }

    [Fact]
    public void What_does_not_depend_on_the_server_is_inherited_unless_a_route_says_otherwise()
    {
        var reading = Read(
            ("From", "ann@example.com"), ("FromName", "Ann"), ("LocalName", "app.example.com"), ("Timeouts:Connect", "3"), ("Timeouts:Total", "60"), EuHost,
            ("Routes:us:Host", "smtp.us.example"), ("Routes:us:From", "bob@example.com"), ("Routes:us:Timeouts:Connect", "7"), ("Routes:us:LocalName", "us.example.com"));

        Assert.Empty(reading.Evidence.Problems);
        var (eu, us) = (reading.Settings!.Routes[0].Upstream, reading.Settings.Routes[1].Upstream);
        Assert.Equal(("ann@example.com", "Ann", "app.example.com"), (eu.From!.Address, eu.From.Name, eu.LocalName));
        Assert.Equal((3, 60), (eu.Timeouts.Connect.TotalSeconds, eu.Timeouts.Total.TotalSeconds));
        // Ann's name is not Bob's.
        Assert.Equal(("bob@example.com", null, "us.example.com"), (us.From!.Address, us.From.Name, us.LocalName));
        Assert.Equal((7, 60), (us.Timeouts.Connect.TotalSeconds, us.Timeouts.Total.TotalSeconds));
    }

    [Theory]
    [InlineData("Host", "smtp.example.com", "Mail:Routes:eu:Host")]
    [InlineData("Port", "587", "Mail:Routes:eu:Port")]
    [InlineData("Username", "ann", "Mail:Routes:eu:Username")]
    [InlineData("Password", Settle.Secret, "Mail:Routes:eu:Password")]
    [InlineData("Url", $"smtp://ann:{Settle.Secret}@smtp.example.com", "Mail:Routes:eu:Url")]
    public void A_server_or_login_beside_the_routes_goes_to_nobody_and_is_refused(string name, string value, string right)
    {
        var reading = Read((name, value), EuHost);

        Assert.Null(reading.Settings);
        var problem = Only(reading);
        Assert.Equal((FaultCodes.ConfigConflict, "Mail:" + name), (problem.Code, problem.Name));
        Assert.Contains(right, problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "https://smtp.example.com", FaultCodes.ConfigInvalid)]
    [InlineData("Host", "", FaultCodes.ConfigMissing)]
    [InlineData("Port", "abc", FaultCodes.ConfigInvalid)]
    [InlineData("From", "ann", FaultCodes.ConfigInvalid)]
    [InlineData("PasswordFile", "/nowhere/secret", FaultCodes.ConfigInvalid)]
    [InlineData("Weight", "0", FaultCodes.ConfigInvalid)]
    [InlineData("Weight", "1001", FaultCodes.ConfigInvalid)]
    [InlineData("Weight", "heavy", FaultCodes.ConfigInvalid)]
    [InlineData("Weight", "1.5", FaultCodes.ConfigInvalid)]
    [InlineData("Order", "-1", FaultCodes.ConfigInvalid)]
    [InlineData("Order", "99999999999", FaultCodes.ConfigInvalid)]
    [InlineData("When:Sender", "example.com", FaultCodes.ConfigInvalid)]
    [InlineData("When:Sender", "ann@example.com\u001b[2J", FaultCodes.ConfigInvalid)]
    [InlineData("When:RecipientDomain", "bob@example.net", FaultCodes.ConfigInvalid)]
    [InlineData("When:Tag", "signup", FaultCodes.ConfigInvalid)]
    [InlineData("When:Recipient", "example.net", FaultCodes.ConfigInvalid)]
    [InlineData("When", "example.net", FaultCodes.ConfigInvalid)]
    [InlineData("Dkim:Domain", "example.com", FaultCodes.ConfigInvalid)]
    public void A_wrong_setting_of_a_route_is_called_by_its_whole_name(string name, string value, string code)
    {
        var settings = new Dictionary<string, string?> { ["Routes:eu:Host"] = "smtp.eu.example", [$"Routes:eu:{name}"] = value };

        var reading = Read([.. settings.Select(pair => (pair.Key, pair.Value))]);

        Assert.Null(reading.Settings);
        var problem = Only(reading);
        Assert.Equal((code, $"Mail:Routes:eu:{name}"), (problem.Code, problem.Name));
        Assert.DoesNotContain(problem.ToString(), char.IsControl);
    }

    [Fact]
    public void A_route_without_a_server_is_told_where_it_belongs()
    {
        var problem = Only(Read(EuHost, ("Routes:us:Port", "587")));

        Assert.Equal((FaultCodes.ConfigMissing, "Mail:Routes:us:Host"), (problem.Code, problem.Name));
        Assert.Contains("Mail:Routes:us:Host", problem.Fix, StringComparison.Ordinal);
        Assert.Equal("Mail:Routes:us:Host", Only(Read(EuHost, ("Routes:us", ""))).Name);
    }

    [Fact]
    public void The_problems_of_all_routes_are_told_at_once_and_those_of_all_once()
    {
        var reading = Read(("From", "nobody"), ("Routes:eu:Host", "http://a.example"), ("Routes:us:Host", "http://b.example"), ("Routes:us:Weight", "x"));

        Assert.Equal(
            ["Mail:From", "Mail:Routes:eu:Host", "Mail:Routes:us:Host", "Mail:Routes:us:Weight"], reading.Evidence.Problems.Select(problem => problem.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void In_the_environment_a_setting_is_called_as_it_is_there()
    {
        using var variables = new EnvironmentOf(("Mail__Routes__eu__Port", "abc"), ("Mail__Routes__us__Host", "http://us.example"), ("Mail__Host", "smtp.example.com"));

        var reading = Checked(MailSettingsReader.ReadRoutes(new ConfigurationBuilder().AddEnvironmentVariables(variables.Prefix).Build())!);

        Assert.Equal(
            ["Mail__Host", "Mail__Routes__eu__Host", "Mail__Routes__eu__Port", "Mail__Routes__us__Host"], reading.Evidence.Problems.Select(problem => problem.Name).Order(StringComparer.Ordinal));
        Assert.Contains("Mail__Routes__eu__Host", reading.Evidence.Problems.Single(problem => problem.Name == "Mail__Host").Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Wieght", "Mail:Routes:eu:Weight")]
    [InlineData("Hots", "Mail:Routes:eu:Host")]
    [InlineData("SmtpServer", "Mail:Routes:eu:Host")]
    [InlineData("Timeouts:Conect", "Mail:Routes:eu:Timeouts:Connect")]
    public void A_slip_in_a_name_is_named(string name, string right)
    {
        var reading = Read(EuHost, ("Routes:eu:" + name, "7"));

        Assert.NotNull(reading.Settings);
        Assert.Contains(right, Only(reading).Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("e u")]
    [InlineData("é")]
    [InlineData("a\u001bb")]
    public void A_name_that_no_log_should_show_is_refused(string name)
    {
        var problem = Only(Read(($"Routes:{name}:Host", "smtp.eu.example")));

        Assert.Contains("letters, digits", problem.Why, StringComparison.Ordinal);
        Assert.DoesNotContain(problem.ToString(), char.IsControl);
    }

    [Theory]
    [InlineData("Routes")]
    [InlineData("Routes:eu")]
    public void A_value_in_the_place_of_a_section_is_refused_and_not_shown(string name)
    {
        var reading = Read((name, $"smtp://ann:{Settle.Secret}@smtp.example.com"));

        Assert.Null(reading.Settings);
        Assert.Contains(reading.Evidence.Problems, problem => problem.Name == "Mail:" + name && problem.Fix.Contains(":Url", StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_that_strayed_into_another_setting_of_its_route_is_not_shown()
    {
        Read(EuHost, ("Routes:eu:Username", "ann"), ("Routes:eu:Password", Settle.Secret), ("Routes:eu:Weight", Settle.Secret), ("Routes:eu:When:Sender", "x" + Settle.Secret));
    }

    [Fact]
    public void Names_are_one_whatever_their_case()
    {
        var reading = Read(("Routes:EU:Host", "smtp.eu.example"), ("Routes:eu:Port", "2525"), ("routes:Eu:WEIGHT", "5"));

        var route = Assert.Single(reading.Settings!.Routes);
        Assert.Equal((2525, 5), (route.Upstream.Port, route.Weight));
    }

    [Fact]
    public void The_keys_that_sign_stand_beneath_Mail_and_sign_for_all()
    {
        var reading = Read(EuHost, ("Dkim:Domain", "example.com"), ("Dkim:Selector", "s1"), ("Dkim:Key", Keys.Rsa.ExportPkcs8PrivateKeyPem()));

        Assert.Equal("s1", Assert.Single(reading.Settings!.Dkim).Selector);
        Assert.Equal("Mail:Dkim:KeyFile", Only(Read(EuHost, ("Dkim:Domain", "example.com"), ("Dkim:Selector", "s1"), ("Dkim:KeyFile", "/nowhere/s1.pem"))).Name);
    }

    [Fact]
    public void Options_in_code_are_inherited_over_the_configuration_and_a_server_in_them_is_refused()
    {
        var configuration = Configuration(EuHost, ("From", "ann@example.com"));

        var reading = Checked(MailSettingsReader.ReadRoutes(configuration, new MailOptions { From = "bob@example.com" })!);
        var conflict = Checked(MailSettingsReader.ReadRoutes(configuration, new MailOptions { Host = "smtp.example.com" })!);

        Assert.Equal("bob@example.com", reading.Settings!.Routes[0].Upstream.From!.Address);
        Assert.Equal("MailOptions.Host", Only(conflict).Name);
    }
}
