using Sendwright.Diagnosis;
using Sendwright.Settings;

namespace Sendwright.Tests.Settings;

public sealed class ProviderCheckTests
{
    [Theory]
    [InlineData("smtp.gmail.com", "587", "Implicit", "StartTls")]
    [InlineData("smtp.gmail.com", "465", "StartTls", "Implicit")]
    [InlineData("smtp.resend.com", "2465", null, "Implicit")]
    [InlineData("email-smtp.eu-south-2.amazonaws.com", "465", "StartTls", "Implicit")]
    public void A_port_that_the_provider_serves_otherwise_is_a_conflict_that_stops_nothing(string host, string port, string? security, string served)
    {
        var reading = Settle.Mail(("Host", host), ("Port", port), ("Security", security));

        var problem = Settle.Only(reading);
        Assert.Equal((FaultCodes.ConfigConflict, false, true), (problem.Code, problem.IsBlocking, problem.IsAdviceWhenHealthy));
        Assert.Equal([new SettingChange("Mail:Security", served)], problem.Changes);
        Assert.Empty(Settle.Mail(("Host", host), ("Port", port), ("Security", served)).Evidence.Problems);
    }

    [Theory]
    [InlineData("smtp.gmail.com", "2525", "Implicit")]
    [InlineData("smtp.postmarkapp.com", "465", null)]
    [InlineData("mail-eu.smtp2go.com", "587", "Implicit")]
    [InlineData("smtp.example.com", "587", "Implicit")]
    [InlineData("127.0.0.1", "1025", "Implicit")]
    public void What_the_data_does_not_say_is_no_conflict(string host, string port, string? security)
    {
        Assert.Empty(Settle.Mail(("Host", host), ("Port", port), ("Security", security)).Evidence.Problems);
    }

    [Theory]
    [InlineData("smtp.sendgrid.net", "ann@example.com", "apikey", "apikey")]
    [InlineData("smtp.resend.com", "apikey", "resend", "resend")]
    [InlineData("smtp.gmail.com", "ann", null, "ann@gmail.com")]
    [InlineData("smtp.office365.com", "EXAMPLE\\ann", null, "ann@example.com")]
    [InlineData("email-smtp.eu-west-1.amazonaws.com", "ann@example.com", null, "AKIAIOSFODNN7EXAMPLE")]
    public void A_user_name_of_the_wrong_shape_is_told_and_stops_nothing(string host, string username, string? value, string good)
    {
        var reading = Settle.Mail(("Host", host), ("Username", username), ("Password", Settle.Secret));

        var problem = Settle.Only(reading);
        Assert.Equal((FaultCodes.AuthUsernameFormat, "Mail:Username", false), (problem.Code, problem.Name, problem.IsBlocking));
        Assert.Equal(value, Assert.Single(problem.Changes).Value);
        Assert.Empty(Settle.Mail(("Host", host), ("Username", good), ("Password", Settle.Secret)).Evidence.Problems);
    }

    [Theory]
    [InlineData("smtp.web.de", "ann@web.de")]
    [InlineData("smtp-relay.brevo.com", "8a1b2c@smtp-brevo.com")]
    [InlineData("smtp.example.com", "ann")]
    public void A_shape_that_is_not_certain_is_let_alone(string host, string username)
    {
        Assert.Empty(Settle.Mail(("Host", host), ("Username", username), ("Password", Settle.Secret)).Evidence.Problems);
    }

    [Theory]
    [InlineData(" ann@gmail.com", "ann@gmail.com")]
    [InlineData("'ann@gmail.com'", "ann@gmail.com")]
    public void Blanks_and_quotes_around_a_user_name_are_told(string username, string clean)
    {
        var problem = Settle.Only(Settle.Mail(("Host", "smtp.gmail.com"), ("Username", username), ("Password", Settle.Secret)));

        Assert.Equal((FaultCodes.ConfigInvalid, clean, false), (problem.Code, Assert.Single(problem.Changes).Value, problem.IsBlocking));
    }

    [Fact]
    public void A_control_character_in_a_user_name_stops_everything()
    {
        Assert.True(Settle.Only(Settle.Mail(("Host", "smtp.gmail.com"), ("Username", "ann\0eve"), ("Password", Settle.Secret))).IsBlocking);
    }
}
