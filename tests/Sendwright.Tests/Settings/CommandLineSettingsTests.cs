using Sendwright.Diagnosis;
using Sendwright.Settings;

namespace Sendwright.Tests.Settings;

public sealed class CommandLineSettingsTests
{
    private static readonly CommandLineSettings Good = new() { Host = "smtp.example.com", Port = "587", Username = "ann", Password = new Secret(Settle.Secret), PasswordOrigin = "$SMTP_PASSWORD (--password-env)", From = "ann@example.com", To = ["bob@example.net"] };

    [Fact]
    public void Options_alone_are_settings()
    {
        var reading = Settle.Options(Good);

        Assert.Empty(reading.Evidence.Problems);
        Assert.Equal("command line", reading.Evidence.Source);
        Assert.Equal([new SettingChange("--port", "465"), new SettingChange("--security", "implicit")], reading.Evidence.Vocabulary.Express(465, ConnectionSecurity.Implicit));
    }

    [Fact]
    public void Every_problem_speaks_of_options()
    {
        Assert.Equal("--port", Settle.Only(Settle.Options(Good with { Port = "smtp" })).Name);
        Assert.Equal("--security", Settle.Only(Settle.Options(Good with { Security = "ssl" })).Name);
        Assert.Equal("implicit", Assert.Single(Settle.Only(Settle.Options(Good with { Security = "ssl" })).Changes).Value);
        Assert.Equal("--host", Settle.Only(Settle.Options(Good with { Host = null })).Name);
        Assert.Equal("$SMTP_PASSWORD (--password-env)", Settle.Only(Settle.Options(Good with { Password = new Secret(Settle.Secret + "\n") })).Name);
        Assert.Equal("--password-env", Settle.Only(Settle.Options(Good with { Password = null, PasswordOrigin = null })).Name);
        Assert.Equal("--to", Settle.Only(Settle.Options(Good with { To = ["bob@example.net", "bob"] })).Name);
        Assert.Equal("--ca-file", Settle.Only(Settle.Options(Good with { CaFile = "/nonexistent/ca.pem" })).Name);
    }

    [Fact]
    public void A_URL_is_called_by_the_variable_it_comes_from()
    {
        var problem = Settle.Only(Settle.Options(new CommandLineSettings { Url = new Secret($"smtp://ann:{Settle.Secret}@x@smtp.example.com"), UrlOrigin = "$SMTP_URL (--url-env)" }));

        Assert.Equal((FaultCodes.ConfigInvalid, "$SMTP_URL (--url-env)"), (problem.Code, problem.Name));
    }

    [Fact]
    public void Options_lie_over_a_file_and_each_setting_keeps_its_own_name()
    {
        var file = new SettingsSource
        {
            Name = "fastapi-mail .env",
            Vocabulary = SettingsVocabulary.Sendwright with { Framework = "fastapi-mail" },
            Entries =
            [
                new RawSetting { Key = SettingKey.Host, Name = "MAIL_SERVER", Value = "smtp.example.com" },
                new RawSetting { Key = SettingKey.Port, Name = "MAIL_PORT", Value = "not a port" },
                new RawSetting { Key = SettingKey.StartTlsFlag, Name = "MAIL_STARTTLS", Value = "True" },
                new RawSetting { Key = SettingKey.ImplicitTlsFlag, Name = "MAIL_SSL_TLS", Value = "True" },
            ],
        };

        var reading = Settle.Checked(SettingsInterpreter.Interpret(file, new CommandLineSettings { Port = "465", Security = "implicit" }.ToSource()));

        Assert.Empty(reading.Evidence.Problems);
        Assert.Equal(("smtp.example.com", 465, ConnectionSecurity.Implicit), (reading.Settings!.Host, reading.Settings.Port, reading.Settings.Security));
        Assert.Equal("fastapi-mail .env", reading.Evidence.Source);
        Assert.Equal(("MAIL_SERVER", "--port"), (reading.Evidence.Vocabulary.NameOf(SettingKey.Host), reading.Evidence.Vocabulary.NameOf(SettingKey.Port)));
        Assert.Equal([new SettingChange("--security", "starttls")], reading.Evidence.Vocabulary.Express(ConnectionSecurity.StartTls));
    }

    [Fact]
    public void A_URL_above_takes_no_login_from_below()
    {
        var below = Good.ToSource();
        var above = new CommandLineSettings { Url = new Secret("smtp://smtp.example.net"), UrlOrigin = "$SMTP_URL (--url-env)" }.ToSource();

        var settings = Settle.Checked(SettingsInterpreter.Interpret(below, above)).Settings!;

        Assert.Equal("smtp.example.net", settings.Host);
        Assert.Null(settings.Credentials);
        Assert.Equal("ann@example.com", settings.From!.Address);
    }

    [Fact]
    public void Nothing_prints_a_value()
    {
        var source = Good.ToSource();

        Assert.All(source.Entries, entry => Assert.DoesNotContain(Settle.Secret, entry.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(Settle.Secret, source.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Settle.Secret, Good.ToString(), StringComparison.Ordinal);
    }
}
