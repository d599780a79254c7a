using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using Sendwright.Diagnosis;
using Sendwright.Settings;

namespace Sendwright.Tests.Settings;

public sealed class MailSettingsReaderTests
{
    [Fact]
    public void Reads_a_whole_section()
    {
        var reading = Settle.Mail(
            ("Host", "smtp.example.com"), ("Port", "2525"), ("Security", "StartTls"), ("Username", "ann"), ("Password", Settle.Secret), ("From", "ann@example.com"),
            ("FromName", "Ann"), ("LocalName", "app.example.com"), ("Timeouts:Connect", "5"), ("Timeouts:EndOfData", "00:20:00"));

        var settings = reading.Settings!;
        Assert.Empty(reading.Evidence.Problems);
        Assert.Equal(("smtp.example.com", 2525, ConnectionSecurity.StartTls), (settings.Host, settings.Port, settings.Security));
        Assert.Equal("ann", settings.Credentials!.Username);
        Assert.Equal(Settle.Secret, settings.Credentials.Password.Reveal());
        Assert.Equal("Ann", settings.From!.Name);
        Assert.Equal("app.example.com", settings.LocalName);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Timeouts.Connect);
        Assert.Equal(TimeSpan.FromMinutes(20), settings.Timeouts.EndOfData);
        Assert.Same(reading.Evidence, settings.Evidence);
    }

    [Theory]
    [InlineData("smtp.example.com", null, null, 587, ConnectionSecurity.StartTls)]
    [InlineData("smtp.example.com", "465", null, 465, ConnectionSecurity.Implicit)]
    [InlineData("smtp.example.com", "465", "Auto", 465, ConnectionSecurity.Implicit)]
    [InlineData("smtp.example.com", "25", "auto", 25, ConnectionSecurity.StartTls)]
    [InlineData("smtp.example.com", null, "Implicit", 465, ConnectionSecurity.Implicit)]
    [InlineData("smtp.example.com", "465", "StartTls", 465, ConnectionSecurity.StartTls)]
    [InlineData("smtp.example.com", "25", "None", 25, ConnectionSecurity.None)]
    [InlineData("localhost", "1025", null, 1025, ConnectionSecurity.None)]
    [InlineData("127.0.0.2", "1025", null, 1025, ConnectionSecurity.None)]
    [InlineData("::1", "1025", null, 1025, ConnectionSecurity.None)]
    [InlineData("[::1]", "465", null, 465, ConnectionSecurity.Implicit)]
    [InlineData("localhost", "587", "StartTls", 587, ConnectionSecurity.StartTls)]
    [InlineData("localhost.example.com", "1025", null, 1025, ConnectionSecurity.StartTls)]
    public void Decides_port_and_TLS_mode(string host, string? port, string? security, int expectedPort, ConnectionSecurity expected)
    {
        var settings = Settle.Mail(("Host", host), ("Port", port), ("Security", security)).Settings!;

        Assert.Equal((expectedPort, expected), (settings.Port, settings.Security));
    }

    [Theory]
    [InlineData("Host", "", FaultCodes.ConfigMissing)]
    [InlineData("Host", "   ", FaultCodes.ConfigMissing)]
    [InlineData("Port", "", FaultCodes.ConfigMissing)]
    [InlineData("Port", "smtp", FaultCodes.ConfigInvalid)]
    [InlineData("Port", "0", FaultCodes.ConfigInvalid)]
    [InlineData("Port", "65536", FaultCodes.ConfigInvalid)]
    [InlineData("Port", "99999999999999999999", FaultCodes.ConfigInvalid)]
    [InlineData("Port", "-587", FaultCodes.ConfigInvalid)]
    [InlineData("Port", "\"587\"", FaultCodes.ConfigInvalid)]
    [InlineData("Port", "587;", FaultCodes.ConfigInvalid)]
    [InlineData("Port", "5 87", FaultCodes.ConfigInvalid)]
    [InlineData("Port", "٥٨٧", FaultCodes.ConfigInvalid)]
    [InlineData("Security", "ssl", FaultCodes.ConfigInvalid)]
    [InlineData("Security", "1", FaultCodes.ConfigInvalid)]
    [InlineData("From", "ann", FaultCodes.ConfigInvalid)]
    [InlineData("From", "ann@", FaultCodes.ConfigInvalid)]
    [InlineData("From", "@example.com", FaultCodes.ConfigInvalid)]
    [InlineData("From", "ann@example.com, bob@example.com", FaultCodes.ConfigInvalid)]
    [InlineData("From", "ann@exa mple.com", FaultCodes.ConfigInvalid)]
    [InlineData("From", "ann@example.com\r\nBcc: eve@example.net", FaultCodes.ConfigInvalid)]
    [InlineData("From", "ann..bob@example.com", FaultCodes.ConfigInvalid)]
    [InlineData("From", "ann@-example.com", FaultCodes.ConfigInvalid)]
    [InlineData("From", "\"ann@example.com\"", FaultCodes.ConfigInvalid)]
    [InlineData("FromName", "Ann\r\nBcc: eve@example.net", FaultCodes.ConfigInvalid)]
    [InlineData("LocalName", "my host", FaultCodes.ConfigInvalid)]
    [InlineData("LocalName", "app\r\nMAIL FROM:<eve@example.net>", FaultCodes.ConfigInvalid)]
    [InlineData("Timeouts:Connect", "0", FaultCodes.ConfigInvalid)]
    [InlineData("Timeouts:Connect", "-3", FaultCodes.ConfigInvalid)]
    [InlineData("Timeouts:Connect", "soon", FaultCodes.ConfigInvalid)]
    [InlineData("Timeouts:Connect", "1e400", FaultCodes.ConfigInvalid)]
    [InlineData("Timeouts:Connect", "99999999999999999999", FaultCodes.ConfigInvalid)]
    [InlineData("Timeouts:Connect", "2.00:00:00", FaultCodes.ConfigInvalid)]
    [InlineData("CaFile", "/nonexistent/roots.pem", FaultCodes.ConfigInvalid)]
    [InlineData("PasswordFile", "/nonexistent/secret", FaultCodes.ConfigInvalid)]
    [InlineData("ClientCertificate", "client.pfx", FaultCodes.ConfigInvalid)]
    public void Names_a_setting_that_cannot_be_used(string name, string value, string code)
    {
        (string, string?)[] good = [("Host", "smtp.example.com"), ("Port", "587"), ("From", "ann@example.com")];

        Assert.Empty(Settle.Mail(good).Evidence.Problems);
        var problem = Settle.Only(Settle.Mail([.. good.Where(pair => pair.Item1 != name), (name, value)]));

        Assert.Equal((code, "Mail:" + name, true), (problem.Code, problem.Name, problem.IsBlocking));
        Assert.All(problem.Changes, change => Assert.StartsWith("Mail:", change.Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ann@example.com", null)]
    [InlineData(" ann@example.com ", null)]
    [InlineData("Ann <ann@example.com>", "Ann")]
    [InlineData("\"Doe, Ann\" <ann@example.com>", "Doe, Ann")]
    public void Takes_a_from_address_with_and_without_a_name(string from, string? name)
    {
        var reading = Settle.Mail(("Host", "smtp.example.com"), ("From", from));

        Assert.Equal((new EmailAddress("ann@example.com", name), "ann@example.com"), (reading.Settings!.From, reading.Evidence.From));
    }

    [Fact]
    public void Half_a_character_in_the_from_name_is_found()
    {
        Assert.Equal("Mail:FromName", Settle.Only(Settle.Mail(("Host", "smtp.example.com"), ("From", "ann@example.com"), ("FromName", "Ann \ud800"))).Name);
    }

    [Fact]
    public void No_text_in_any_setting_is_more_than_a_problem()
    {
        string[] names = ["Url", "Host", "Port", "Security", "Username", "Password", "PasswordFile", "From", "FromName", "CaFile", "ClientCertificate", "LocalName", "Timeouts:Data", "Pasword",
            "ClientCertificateKey", "ClientCertificatePassword", "PinnedCertificates", "PinnedCertificates:1", "MinimumTls", "Proxy", "BindAddress", "AllRecipientsOrNone", "Pool:Window", "Pool:MaxAge", "Pool:Chunking", "Limits:PerSecond", "Limits:PerDay", "Pool", "Pol:Window"];
        var text = Gen.ListOf(Gen.Elements("smtp", "smtps", "://", ":", "@", "/", "[", "]", "%", "%41", ".", "com", "587", "-", " ", "\t", "\r\n", "\0", "\"", "'", ";", ",", "<", ">", "é", "\ud83d", "#", "?", "\u001b[31m"))
            .Select(string.Concat);
        Prop.ForAll(
            Gen.ListOf(Gen.Elements(names).Zip(text)).ToArbitrary(),
            settings =>
            {
                var configuration = settings.DistinctBy(pair => pair.Item1).Select(pair => KeyValuePair.Create<string, string?>("Mail:" + pair.Item1, pair.Item2));
                var reading = MailSettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build());
                return reading.Settings is null == reading.Evidence.Problems.Any(problem => problem.IsBlocking)
                    && !reading.Evidence.Problems.Any(problem => problem.ToString().Any(char.IsControl));
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_missing_host_is_found_and_named()
    {
        var problem = Settle.Only(Settle.Mail(("Port", "587")));

        Assert.Equal((FaultCodes.ConfigMissing, "Mail:Host"), (problem.Code, problem.Name));
        Assert.Null(problem.Value);
    }

    [Fact]
    public void No_settings_at_all_are_a_missing_host()
    {
        Assert.Equal((FaultCodes.ConfigMissing, "Mail:Host"), Settle.Only(Settle.Mail()) is var problem ? (problem.Code, problem.Name) : default);
    }

    [Fact]
    public void A_user_name_without_a_password_is_found()
    {
        var reading = Settle.Mail(("Host", "smtp.example.com"), ("Username", "ann"));

        Assert.Equal((FaultCodes.ConfigMissing, "Mail:Password"), Settle.Only(reading) is var problem ? (problem.Code, problem.Name) : default);
        Assert.Equal("ann", reading.Evidence.Username);
    }

    [Fact]
    public void A_password_without_a_user_name_is_found()
    {
        var problem = Settle.Only(Settle.Mail(("Host", "smtp.sendgrid.net"), ("Password", Settle.Secret)));

        Assert.Equal((FaultCodes.ConfigMissing, "Mail:Username"), (problem.Code, problem.Name));
        Assert.Contains("apikey", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_login_is_no_login()
    {
        var reading = Settle.Mail(("Host", "smtp.example.com"), ("Username", ""), ("Password", ""));

        Assert.Empty(reading.Evidence.Problems);
        Assert.Null(reading.Settings!.Credentials);
    }

    [Fact]
    public void A_blank_around_the_port_is_understood_and_told()
    {
        var reading = Settle.Mail(("Host", "smtp.example.com"), ("Port", "587 "));

        Assert.Equal(587, reading.Settings!.Port);
        Assert.True(Settle.Only(reading).IsAdviceWhenHealthy);
    }

    [Fact]
    public void What_is_readable_stays_evidence_beside_a_blocking_problem()
    {
        var evidence = Settle.Mail(("Host", "smtp.example.com"), ("Port", "smtp"), ("Username", "ann"), ("Password", Settle.Secret + " "), ("From", "ann@example.com")).Evidence;

        Assert.Equal(("smtp.example.com", null, ConnectionSecurity.StartTls), (evidence.Host, evidence.Port, evidence.Security));
        Assert.Equal(("ann", "ann@example.com"), (evidence.Username, evidence.From));
        Assert.Equal("a trailing space", evidence.Secret!.StrayEnd);
    }

    [Theory]
    [InlineData("Pasword", "Password")]
    [InlineData("Usernam", "Username")]
    [InlineData("SmtpServer", "Host")]
    [InlineData("Timeouts:Conect", "Timeouts:Connect")]
    [InlineData("Pool:Conections", "Pool:Connections")]
    [InlineData("Pol:Window", "Pool:Window")]
    [InlineData("Limit:PerSecnd", "Limits:PerSecond")]
    [InlineData("PinedCertificates", "PinnedCertificates")]
    [InlineData("MinTls", "MinimumTls")]
    [InlineData("HttpProxy", "Proxy")]
    [InlineData("Proxi", "Proxy")]
    [InlineData("ClientCertificatePasword", "ClientCertificatePassword")]
    [InlineData("LocalAddress", "BindAddress")]
    public void A_name_that_nobody_reads_is_told_with_the_one_that_was_meant(string written, string meant)
    {
        var reading = Settle.Mail(("Host", "smtp.example.com"), ("Username", "ann"), ("Password", Settle.Secret), (written, Settle.Secret));

        var problem = Settle.Only(reading);
        Assert.Equal(("Mail:" + written, false, true), (problem.Name, problem.IsBlocking, problem.IsAdviceWhenHealthy));
        Assert.Contains("Mail:" + meant, problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Routes:Backup:Host", "smtp.example.net")]
    [InlineData("Routes:Backup:Pasword", "x")]
    [InlineData("Pool", "")]
    [InlineData("Pools:Size", "4")]
    [InlineData("Templates", "mails")]
    public void Names_of_others_are_let_alone(string name, string value)
    {
        Assert.Empty(Settle.Mail(("Host", "smtp.example.com"), (name, value)).Evidence.Problems);
    }

    [Fact]
    public void A_misspelt_name_is_the_reason_why_a_setting_is_missing()
    {
        var problem = Settle.Only(Settle.Mail(("Host", "smtp.example.com"), ("Username", "ann"), ("Pasword", Settle.Secret)));

        Assert.Equal((FaultCodes.ConfigMissing, "Mail:Pasword", true), (problem.Code, problem.Name, problem.IsBlocking));
        Assert.Contains("Mail:Password", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_fixes_follow_the_environment_where_the_settings_stand_there()
    {
        using var variables = new EnvironmentOf(("Mail__Host", "http://smtp.example.com"), ("Mail__Port", "587"));
        var reading = Settle.Checked(MailSettingsReader.Read(new ConfigurationBuilder().AddEnvironmentVariables(variables.Prefix).Build()));

        var problem = Settle.Only(reading);
        Assert.Equal("Mail__Host", problem.Name);
        Assert.Equal(new SettingChange("Mail__Host", "smtp.example.com"), Assert.Single(problem.Changes));
        Assert.Equal("Mail__Username", reading.Evidence.Vocabulary.NameOf(SettingKey.Username));
        Assert.Equal([new SettingChange("Mail__Security", "Implicit")], reading.Evidence.Vocabulary.Express(ConnectionSecurity.Implicit));
    }

    [Fact]
    public void Each_setting_is_called_as_the_source_that_supplied_it_calls_it()
    {
        using var variables = new EnvironmentOf(("Mail__Password", Settle.Secret + " "));
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>("Mail:Host", "smtp.example.com"), KeyValuePair.Create<string, string?>("Mail:Username", "ann")])
            .AddEnvironmentVariables(variables.Prefix)
            .Build();

        Assert.Equal("Mail__Password", Settle.Only(Settle.Checked(MailSettingsReader.Read(configuration))).Name);
    }

    [Fact]
    public void Settings_given_in_code_win_and_are_judged_alike()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Mail:Host", "smtp.example.com")]).Build();

        var good = Settle.Checked(MailSettingsReader.Read(configuration, new MailOptions { Port = 465, Timeouts = { Connect = TimeSpan.FromSeconds(3) } }));
        var bad = Settle.Checked(MailSettingsReader.Read(configuration, new MailOptions { Port = 0 }));

        Assert.Equal(("smtp.example.com", 465, TimeSpan.FromSeconds(3)), (good.Settings!.Host, good.Settings.Port, good.Settings.Timeouts.Connect));
        Assert.Equal("MailOptions.Port", Settle.Only(bad).Name);
    }

    [Fact]
    public void Options_are_validated_with_the_same_words()
    {
        var validator = new MailOptionsValidator();

        Assert.True(validator.Validate(null, new MailOptions { Host = "smtp.example.com" }).Succeeded);
        var failure = Assert.Single(validator.Validate(null, new MailOptions { Host = "smtp.example.com", Username = Settle.Secret, PasswordFile = Settle.Secret }).Failures!);
        Assert.StartsWith("MailOptions.PasswordFile = \"***\": The setting names no file that exists.", failure, StringComparison.Ordinal);
    }
}
