using Sendwright.Diagnosis;
using Sendwright.Doctor.ForeignSettings;
using Sendwright.Settings;
using Sendwright.Tests.Settings;

namespace Sendwright.Tests.ForeignSettings;

public sealed class FastApiMailSettingsTests
{
    private const string Healthy = $"""
        # outgoing mail
        MAIL_USERNAME=ann@gmail.com
        MAIL_PASSWORD="{Settle.Secret}"
        MAIL_FROM=ann@gmail.com
        MAIL_FROM_NAME='Ann at Example'
        MAIL_PORT=587
        MAIL_SERVER=smtp.gmail.com
        MAIL_STARTTLS=True
        MAIL_SSL_TLS=False
        USE_CREDENTIALS=True
        VALIDATE_CERTS=True
        TEMPLATE_FOLDER=./templates
        MAIL_DEBUG=0

        """;

    [Fact]
    public void Reads_a_healthy_file()
    {
        var reading = Read(Healthy);

        var settings = reading.Settings!;
        Assert.Empty(reading.Evidence.Problems);
        Assert.Equal(("smtp.gmail.com", 587, ConnectionSecurity.StartTls), (settings.Host, settings.Port, settings.Security));
        Assert.Equal(("ann@gmail.com", Settle.Secret), (settings.Credentials!.Username, settings.Credentials.Password.Reveal()));
        Assert.Equal("Ann at Example", settings.From!.Name);
        Assert.True(settings.ChecksCertificate);
        Assert.Equal("fastapi-mail .env", reading.Evidence.Source);
        Assert.Equal("MAIL_SERVER", reading.Evidence.Vocabulary.NameOf(SettingKey.Host));
        Assert.Equal(
            [new SettingChange("MAIL_PORT", "465"), new SettingChange("MAIL_STARTTLS", "False"), new SettingChange("MAIL_SSL_TLS", "True")],
            reading.Evidence.Vocabulary.Express(465, ConnectionSecurity.Implicit));
    }

    [Theory]
    [InlineData("export MAIL_PORT = 587", "MAIL_PORT=587")]
    [InlineData("mail_port=587", "MAIL_PORT=587")]
    [InlineData("MAIL_STARTTLS='on'", "MAIL_STARTTLS=True")]
    [InlineData("MAIL_STARTTLS=Y # required", "MAIL_STARTTLS=True")]
    [InlineData("MAIL_SSL_TLS=0", "MAIL_SSL_TLS=False")]
    [InlineData("LOCAL_HOSTNAME=app.example.com", "MAIL_DEBUG=0")]
    [InlineData("SUPPRESS_SEND=0", "MAIL_DEBUG=0")]
    [InlineData("TIMEOUT=30", "MAIL_DEBUG=0")]
    [InlineData("DATABASE_URL=postgres://u:p@db/x", "MAIL_DEBUG=0")]
    [InlineData("MAIL_PASSWORD='tr0ub4dor-S3CRET#x'", "MAIL_PASSWORD=\"tr0ub4dor-S3CRET\"")]
    [InlineData("MAIL_PASSWORD=tr0ub4dor-S3CRET#x", "MAIL_PASSWORD=\"tr0ub4dor-S3CRET\"")]
    [InlineData("MAIL_PASSWORD=tr0ub4dor-S3CRET # of the app", "MAIL_PASSWORD=\"tr0ub4dor-S3CRET\"")]
    [InlineData("MAIL_PASSWORD=tr0ub4dor-S3CRET$x;", "MAIL_PASSWORD=\"tr0ub4dor-S3CRET\"")]
    [InlineData("MAIL_PASSWORD=abcd efgh ijkl mnop", "MAIL_PASSWORD=\"tr0ub4dor-S3CRET\"")]
    public void Other_ways_to_write_it_are_healthy_too(string line, string insteadOf)
    {
        Assert.Empty(Read(With(line, insteadOf)).Evidence.Problems);
    }

    [Theory]
    [InlineData("MAIL_SERVER=", "MAIL_SERVER=smtp.gmail.com", FaultCodes.ConfigMissing, "MAIL_SERVER", 7)]
    [InlineData("MAIL_SERVER=https://smtp.gmail.com", "MAIL_SERVER=smtp.gmail.com", FaultCodes.ConfigInvalid, "MAIL_SERVER", 7)]
    [InlineData("MAIL_SERVER=\"smtp.gmail.com\";", "MAIL_SERVER=smtp.gmail.com", FaultCodes.ConfigInvalid, "MAIL_SERVER", 7)]
    [InlineData("MAIL_SERVER=smtp.gmail.com;", "MAIL_SERVER=smtp.gmail.com", FaultCodes.ConfigInvalid, "MAIL_SERVER", 7)]
    [InlineData("MAIL_SERVER=\"smtp.gmail.com \"", "MAIL_SERVER=smtp.gmail.com", FaultCodes.ConfigInvalid, "MAIL_SERVER", 7)]
    [InlineData("MAIL_SERVER = smtp.gmail.com:587", "MAIL_SERVER=smtp.gmail.com", FaultCodes.ConfigInvalid, "MAIL_SERVER", 7)]
    [InlineData("MAIL_PORT=smtp", "MAIL_PORT=587", FaultCodes.ConfigInvalid, "MAIL_PORT", 6)]
    [InlineData("MAIL_PORT=587,", "MAIL_PORT=587", FaultCodes.ConfigInvalid, "MAIL_PORT", 6)]
    [InlineData("MAIL_PORT=", "MAIL_PORT=587", FaultCodes.ConfigMissing, "MAIL_PORT", 6)]
    [InlineData("mail_port=70000", "MAIL_PORT=587", FaultCodes.ConfigInvalid, "mail_port", 6)]
    [InlineData("MAIL_STARTTLS=maybe", "MAIL_STARTTLS=True", FaultCodes.ConfigInvalid, "MAIL_STARTTLS", 8)]
    [InlineData("MAIL_STARTTLS=True,", "MAIL_STARTTLS=True", FaultCodes.ConfigInvalid, "MAIL_STARTTLS", 8)]
    [InlineData("MAIL_STARTTLS=", "MAIL_STARTTLS=True", FaultCodes.ConfigMissing, "MAIL_STARTTLS", 8)]
    [InlineData("MAIL_SSL_TLS=True", "MAIL_SSL_TLS=False", FaultCodes.ConfigConflict, "MAIL_SSL_TLS", 9)]
    [InlineData("MAIL_FROM=Ann", "MAIL_FROM=ann@gmail.com", FaultCodes.ConfigInvalid, "MAIL_FROM", 4)]
    [InlineData("MAIL_PASSWORD=", "MAIL_PASSWORD=\"tr0ub4dor-S3CRET\"", FaultCodes.ConfigMissing, "MAIL_PASSWORD", 3)]
    [InlineData("MAIL_PASSWORD=\"tr0ub4dor-S3CRET\"x", "MAIL_PASSWORD=\"tr0ub4dor-S3CRET\"", FaultCodes.ConfigInvalid, "MAIL_PASSWORD", 3)]
    [InlineData("MAIL_PASS=tr0ub4dor-S3CRET", "MAIL_PASSWORD=\"tr0ub4dor-S3CRET\"", FaultCodes.ConfigMissing, "MAIL_PASS", 3)]
    [InlineData("MAIL_PASWORD=tr0ub4dor-S3CRET", "MAIL_PASSWORD=\"tr0ub4dor-S3CRET\"", FaultCodes.ConfigMissing, "MAIL_PASWORD", 3)]
    [InlineData("MAIL_HOST=smtp.gmail.com", "MAIL_SERVER=smtp.gmail.com", FaultCodes.ConfigMissing, "MAIL_HOST", 7)]
    [InlineData("VALIDATE_CERTS=perhaps", "VALIDATE_CERTS=True", FaultCodes.ConfigInvalid, "VALIDATE_CERTS", 11)]
    [InlineData("TIMEOUT=0", "MAIL_DEBUG=0", FaultCodes.ConfigInvalid, "TIMEOUT", 13)]
    [InlineData("CERT_BUNDLE=/nonexistent/ca.pem", "MAIL_DEBUG=0", FaultCodes.ConfigInvalid, "CERT_BUNDLE", 13)]
    public void Names_the_line_that_stops_it(string line, string insteadOf, string code, string name, int number)
    {
        var problem = Settle.Only(Read(With(line, insteadOf)));

        Assert.Equal((code, name, $"mail.env:{number}", true), (problem.Code, problem.Name, problem.Where, problem.IsBlocking));
    }

    [Theory]
    [InlineData("MAIL_PASSWORD=\"tr0ub4dor-S3CRET \"", FaultCodes.SecretHasWhitespace, "a trailing space", false)]
    [InlineData("MAIL_PASSWORD='tr0ub4dor-S3CRET\n'", FaultCodes.SecretHasWhitespace, "a trailing newline", false)]
    [InlineData("MAIL_PASSWORD=\"tr0ub4dor-S3CRET\\r\"", FaultCodes.SecretHasWhitespace, "a trailing carriage return", false)]
    [InlineData("MAIL_PASSWORD=\"'tr0ub4dor-S3CRET'\"", FaultCodes.SecretHasWhitespace, "quotes around it", false)]
    [InlineData("MAIL_PASSWORD=tr0ub4dor-S3CRET ", FaultCodes.SecretHasWhitespace, "a trailing space", true)]
    [InlineData("MAIL_PASSWORD=tr0ub4dor-S3CRET\t", FaultCodes.SecretHasWhitespace, "a trailing tab", true)]
    [InlineData("MAIL_PASSWORD=tr0ub4dor-S3CRET\r", FaultCodes.SecretHasWhitespace, "a trailing carriage return", true)]
    [InlineData("MAIL_PASSWORD=tr0ub4dor-S3CRET #x", FaultCodes.ConfigInvalid, null, false)]
    [InlineData("MAIL_PASSWORD=tr0ub4dor${S3CRET}", FaultCodes.ConfigInvalid, null, false)]
    [InlineData("MAIL_PASSWORD='tr0ub4dor${S3CRET}'", FaultCodes.ConfigInvalid, null, false)]
    [InlineData("MAIL_PASSWORD=tr0ub4dor-S3CRET;\nSECRET_KEY=x;", FaultCodes.ConfigInvalid, null, false)]
    [InlineData("MAIL_PASSWORD=other\nMAIL_PASSWORD=tr0ub4dor-S3CRET", FaultCodes.ConfigConflict, null, false)]
    public void A_secret_that_its_file_mangles_is_told_and_tried(string line, string code, string? stray, bool isDropped)
    {
        var reading = Read(With(line, "MAIL_PASSWORD=\"tr0ub4dor-S3CRET\""));

        var problem = Settle.Only(reading);
        Assert.Equal((code, "MAIL_PASSWORD", "***", false), (problem.Code, problem.Name, problem.Value, problem.IsBlocking));
        Assert.StartsWith("mail.env:", problem.Where, StringComparison.Ordinal);
        Assert.Equal((stray, isDropped), (reading.Evidence.Secret!.StrayEnd, reading.Evidence.Secret.StrayEndDroppedByReader));
        Assert.NotNull(reading.Settings!.Credentials);
    }

    [Fact]
    public void A_file_of_CRLF_lines_has_no_stray_carriage_return()
    {
        var reading = Read(Healthy.Replace("\"", "", StringComparison.Ordinal).ReplaceLineEndings("\r\n"));

        Assert.Empty(reading.Evidence.Problems);
        Assert.Equal(Settle.Secret, reading.Settings!.Credentials!.Password.Reveal());
    }

    [Theory]
    [InlineData("587", "True", "False")]
    [InlineData("465", "False", "True")]
    [InlineData("2525", "True", "False")]
    public void Both_flags_on_are_mended_by_the_port(string port, string startTls, string implicitTls)
    {
        var problem = Settle.Only(Read($"MAIL_SERVER=smtp.example.com\nMAIL_PORT={port}\nMAIL_STARTTLS=True\nMAIL_SSL_TLS=True\nUSE_CREDENTIALS=False\nMAIL_FROM=ann@example.com\n"));

        Assert.Equal((FaultCodes.ConfigConflict, true), (problem.Code, problem.IsBlocking));
        Assert.Equal([new SettingChange("MAIL_STARTTLS", startTls), new SettingChange("MAIL_SSL_TLS", implicitTls)], problem.Changes);
    }

    [Fact]
    public void Both_flags_on_with_a_port_of_no_meaning_leave_the_choice()
    {
        var problem = Settle.Only(Read("MAIL_SERVER=smtp.example.com\nMAIL_PORT=5870\nMAIL_STARTTLS=1\nMAIL_SSL_TLS=1\nUSE_CREDENTIALS=False\nMAIL_FROM=ann@example.com\n"));

        Assert.Empty(problem.Changes);
        Assert.Contains("port 587 set MAIL_STARTTLS=True and MAIL_SSL_TLS=False; with port 465 set MAIL_STARTTLS=False and MAIL_SSL_TLS=True", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_flags_off_mean_no_TLS()
    {
        Assert.Equal(ConnectionSecurity.None, Read(With("MAIL_STARTTLS=False", "MAIL_STARTTLS=True")).Settings!.Security);
    }

    [Fact]
    public void The_wrong_mode_for_a_known_provider_is_told_by_the_flag_that_is_on()
    {
        var problem = Settle.Only(Read(With("MAIL_PORT=465", "MAIL_PORT=587")));

        Assert.Equal((FaultCodes.ConfigConflict, "MAIL_STARTTLS", "True", "mail.env:8"), (problem.Code, problem.Name, problem.Value, problem.Where));
        Assert.Equal([new SettingChange("MAIL_STARTTLS", "False"), new SettingChange("MAIL_SSL_TLS", "True")], problem.Changes);
        Assert.Contains("or keep STARTTLS and set MAIL_PORT=587", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL_TLS", "MAIL_SSL")]
    [InlineData("USE_TLS", "USE_SSL")]
    public void Older_names_are_read_and_spoken(string startTls, string implicitTls)
    {
        var reading = Read(Healthy.Replace("MAIL_STARTTLS", startTls, StringComparison.Ordinal).Replace("MAIL_SSL_TLS", implicitTls, StringComparison.Ordinal));

        Assert.Equal(ConnectionSecurity.StartTls, reading.Settings!.Security);
        Assert.Equal([new SettingChange(startTls, "False"), new SettingChange(implicitTls, "True")], reading.Evidence.Vocabulary.Express(ConnectionSecurity.Implicit));
        Assert.All(reading.Evidence.Problems, problem => Assert.True(problem.IsAdviceWhenHealthy));
    }

    [Fact]
    public void An_older_name_is_advice_that_names_the_newer_one()
    {
        var problem = Settle.Only(Read(Healthy.Replace("MAIL_STARTTLS", "MAIL_TLS", StringComparison.Ordinal).Replace("MAIL_SSL_TLS", "MAIL_SSL", StringComparison.Ordinal)));

        Assert.Equal((FaultCodes.ConfigMissing, "MAIL_TLS"), (problem.Code, problem.Name));
        Assert.Equal(new SettingChange("MAIL_STARTTLS", "True"), Assert.Single(problem.Changes));
    }

    [Fact]
    public void The_names_of_tutorials_are_read()
    {
        var reading = Read($"HOST=smtp.gmail.com\nPORT=465\nUSERNAME=ann@gmail.com\nPASSWORD={Settle.Secret}\nUSE_TLS=False\nUSE_SSL=True\nMAIL_FROM=ann@gmail.com\n");

        Assert.Empty(reading.Evidence.Problems);
        Assert.Equal(("smtp.gmail.com", 465, ConnectionSecurity.Implicit), (reading.Settings!.Host, reading.Settings.Port, reading.Settings.Security));
        Assert.Equal("HOST", reading.Evidence.Vocabulary.NameOf(SettingKey.Host));
    }

    [Fact]
    public void The_port_of_the_web_server_is_not_the_mail_servers()
    {
        var reading = Read(With("PORT=8000\nHOST=0.0.0.0", "MAIL_PORT=587"));

        Assert.Equal(("smtp.gmail.com", 587), (reading.Settings!.Host, reading.Settings.Port));
        Assert.Equal("MAIL_PORT", Settle.Only(reading).Name);
    }

    [Fact]
    public void Flags_that_the_file_leaves_out_may_stand_in_the_code()
    {
        var reading = Read(Healthy.Replace("MAIL_STARTTLS=True\nMAIL_SSL_TLS=False\n", "", StringComparison.Ordinal));

        var problem = Settle.Only(reading);
        Assert.Equal((FaultCodes.ConfigMissing, "MAIL_STARTTLS", false, true), (problem.Code, problem.Name, problem.IsBlocking, problem.IsAdviceWhenHealthy));
        Assert.Equal(ConnectionSecurity.StartTls, reading.Settings!.Security);
    }

    [Fact]
    public void Without_a_login_it_says_how_to_switch_it_off()
    {
        var absent = Settle.Only(Read("MAIL_SERVER=localhost\nMAIL_PORT=1025\nMAIL_STARTTLS=False\nMAIL_SSL_TLS=False\nMAIL_FROM=ann@example.com\n"));
        var empty = Settle.Only(Read("MAIL_SERVER=localhost\nMAIL_PORT=1025\nMAIL_STARTTLS=False\nMAIL_SSL_TLS=False\nMAIL_FROM=ann@example.com\nMAIL_USERNAME=\nMAIL_PASSWORD=\n"));

        Assert.Contains("USE_CREDENTIALS=False", absent.Fix, StringComparison.Ordinal);
        Assert.Equal((false, true, false), (absent.IsBlocking, absent.IsAdviceWhenHealthy, empty.IsAdviceWhenHealthy));
    }

    [Fact]
    public void A_login_that_is_switched_off_is_not_asked_for()
    {
        var reading = Read("MAIL_SERVER=localhost\nMAIL_PORT=1025\nMAIL_STARTTLS=False\nMAIL_SSL_TLS=False\nMAIL_FROM=ann@example.com\nUSE_CREDENTIALS=False\nMAIL_USERNAME=ann\n");

        Assert.Empty(reading.Evidence.Problems);
        Assert.Null(reading.Settings!.Credentials);
    }

    [Fact]
    public void Suppressed_sending_is_told()
    {
        var problem = Settle.Only(Read(With("SUPPRESS_SEND=1", "MAIL_DEBUG=0")));

        Assert.Equal(("SUPPRESS_SEND", false, true), (problem.Name, problem.IsBlocking, problem.IsAdviceWhenHealthy));
    }

    [Fact]
    public void Certificates_may_go_unchecked_and_its_one_timeout_is_no_end_of_data_timeout()
    {
        var settings = Read(With("TIMEOUT=7", "MAIL_DEBUG=0").Replace("VALIDATE_CERTS=True", "VALIDATE_CERTS=False", StringComparison.Ordinal)).Settings!;

        Assert.False(settings.ChecksCertificate);
        Assert.Equal(TimeSpan.FromSeconds(7), settings.Timeouts.Command);
        Assert.Equal(new MailTimeouts().EndOfData, settings.Timeouts.EndOfData);
    }

    [Fact]
    public void What_an_option_overrides_is_no_problem_any_more()
    {
        var text = Healthy.Replace("MAIL_PORT=587", "MAIL_PORT=smtp", StringComparison.Ordinal).Replace("MAIL_PASSWORD=\"tr0ub4dor-S3CRET\"", "MAIL_PASSWORD=tr0ub4dor-S3CRET #x", StringComparison.Ordinal);

        var reading = Read(text, new CommandLineSettings { Port = "587", Password = new Secret(Settle.Secret), PasswordOrigin = "--password-stdin" });

        Assert.Empty(reading.Evidence.Problems);
    }

    private static string With(string line, string insteadOf)
    {
        Assert.Contains(insteadOf + "\n", Healthy, StringComparison.Ordinal);
        return Healthy.Replace(insteadOf + "\n", line + "\n", StringComparison.Ordinal);
    }

    private static SettingsReading Read(string text, CommandLineSettings? options = null)
    {
        var file = DotEnvFile.Parse("mail.env", text, _ => null);
        Assert.True(FastApiMailSettings.Fits(file));
        var source = FastApiMailSettings.Source(file);
        return Settle.Checked(options is null ? SettingsInterpreter.Interpret(source) : SettingsInterpreter.Interpret(source, options.ToSource()));
    }
}
