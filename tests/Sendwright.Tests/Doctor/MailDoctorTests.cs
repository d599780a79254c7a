using Sendwright.Diagnosis;
using Sendwright.Doctor;
using Sendwright.Doctor.Rendering;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Testing;
using Sendwright.Tests.Smtp;

namespace Sendwright.Tests.Doctor;

public sealed class MailDoctorTests : IDisposable
{
    private const string Healthy = """
        S: 220 mail.example.com ESMTP
        C: EHLO *
        S: 250-mail.example.com
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go
        TLS
        C: EHLO *
        S: 250-mail.example.com
        S: 250-PIPELINING
        S: 250 AUTH PLAIN
        C: AUTH PLAIN *
        S: 235 ok
        C: MAIL FROM:<ann@example.com>
        S: 250 ok
        C: RCPT TO:<bob@example.net>
        S: 250 ok
        C: RSET
        S: 250 ok
        C: QUIT
        S: 221 bye
        """;

    private const string RefusesTheLogin = """
        TLS
        S: 220 mail.example.com ESMTP
        C: EHLO *
        S: 250-mail.example.com
        S: 250 AUTH PLAIN LOGIN
        C: AUTH PLAIN *
        S: 535 5.7.8 authentication failed
        C: QUIT
        S: 221 bye
        """;

    private readonly TestCertificates _certificates = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sendwright-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string CaFile
    {
        get
        {
            var path = Path.Combine(_folder.FullName, "ca.pem");
            File.WriteAllText(path, _certificates.AuthorityPem);
            return path;
        }
    }

    [Fact]
    public async Task A_healthy_server_is_healthy_and_gets_no_content()
    {
        await using var server = Start(Healthy);
        var stages = new List<StageRecord>();

        var report = await ExamineAsync(server, ConnectionSecurity.StartTls, options => options with { OnStage = stages.Add });

        Assert.Equal(Verdict.Healthy, report.Verdict);
        Assert.Empty(report.Findings);
        Assert.Empty(server.Messages);
        Assert.Equal(report.Stages, stages);
        Assert.Equal(
            [MailStage.Settings, MailStage.Dns, MailStage.Connect, MailStage.Greeting, MailStage.Hello, MailStage.Tls, MailStage.Hello, MailStage.Auth, MailStage.Sender, MailStage.Recipient],
            stages.Select(stage => stage.Stage));
        Assert.All(stages, stage => Assert.Equal(StageOutcome.Ok, stage.Outcome));
        await server.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task A_refused_login_is_tried_once_and_the_secret_is_nowhere()
    {
        await using var server = Start(RefusesTheLogin);

        var report = await ExamineAsync(server, ConnectionSecurity.Implicit);

        Assert.Equal(FaultCodes.AuthBadCredentials, report.Cause?.Code);
        Assert.Single(server.Received, line => line.StartsWith("AUTH", StringComparison.Ordinal));
        var shown = DiagnosisJson.Write(report) + string.Join('\n', report.Evidence.Attempts.SelectMany(attempt => Sendwright.Evidence.Transcript.Of(attempt.Exchanges)));
        Assert.All(Sending.SecretForms, form => Assert.DoesNotContain(form, shown, StringComparison.Ordinal));
        await server.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task A_server_that_echoes_the_secret_does_not_get_it_into_the_report()
    {
        await using var server = Start(RefusesTheLogin.Replace("535 5.7.8 authentication failed", $"535 5.7.8 no such login: ann/{Sending.Secret} ({Sending.SecretForms[2]})", StringComparison.Ordinal));

        var report = await ExamineAsync(server, ConnectionSecurity.Implicit);

        Assert.Contains("535 5.7.8 no such login: ann/***", DiagnosisJson.Write(report), StringComparison.Ordinal);
        Assert.All(Sending.SecretForms, form => Assert.DoesNotContain(form, DiagnosisJson.Write(report), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ConnectionSecurity.Implicit, "S: 220 mail.example.com ESMTP\nBYTES\nEOF", FaultCodes.TlsModeImplicitOnStartTlsPort)]
    [InlineData(ConnectionSecurity.StartTls, "SILENCE", FaultCodes.BannerTimeout)]
    [InlineData(ConnectionSecurity.StartTls, "BYTES\nRAW HTTP/1.1 400 Bad Request\\r\\nContent-Length: 0\\r\\n\\r\\n\nCLOSE", FaultCodes.NotAnSmtpServer)]
    [InlineData(ConnectionSecurity.StartTls, "TLS\nS: 220 mail.example.com ESMTP\nC: EHLO *\nS: 250 mail.example.com\nC: QUIT\nS: 221 bye", FaultCodes.TlsModePlainOnImplicitPort)]
    public async Task What_is_tried_beside_the_configured_way_settles_the_cause_and_carries_no_secret(ConnectionSecurity security, string script, string code)
    {
        // The probes come in any order, and each plays the part of the script that fits it: what they leave unsaid is no mismatch here.
        var server = ScriptedSmtpServer.Start(SmtpScript.Parse(script), new ScriptedServerOptions { Certificate = _certificates.Server("127.0.0.1"), RepeatLast = true });

        var report = await ExamineAsync(server, security, options => options with { Timeout = TimeSpan.FromSeconds(6) });

        Assert.Equal(code, report.Cause?.Code);
        Assert.DoesNotContain(server.Received, line => line.Contains("AUTH", StringComparison.Ordinal));
        await Record.ExceptionAsync(() => server.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task A_certificate_that_does_not_pass_keeps_the_secret_at_home()
    {
        await using var server = Start("TLS REFUSED\nCLOSE", _certificates.Expired("127.0.0.1"));

        var report = await ExamineAsync(server, ConnectionSecurity.Implicit);

        Assert.Equal(FaultCodes.TlsCertificateExpired, report.Cause?.Code);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task One_refused_recipient_among_several_is_found()
    {
        await using var server = Start(Healthy.Replace("C: RSET", "C: RCPT TO:<cleo@example.net>\nS: 550 5.1.1 no such user\nC: RSET", StringComparison.Ordinal));

        var report = await ExamineAsync(server, ConnectionSecurity.StartTls, options => options with { To = ["bob@example.net", "cleo@example.net"] });

        Assert.Equal(FaultCodes.RecipientRejected, report.Cause?.Code);
        Assert.Contains("cleo@example.net", report.Cause!.Title, StringComparison.Ordinal);
        await server.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task A_server_that_hangs_up_on_RSET_has_answered_what_was_asked()
    {
        await using var server = Start(Healthy[..Healthy.IndexOf("S: 250 ok\nC: QUIT", StringComparison.Ordinal)] + "CLOSE");

        var report = await ExamineAsync(server, ConnectionSecurity.StartTls);

        Assert.Equal(Verdict.Healthy, report.Verdict);
    }

    [Fact]
    public async Task A_server_that_goes_silent_behind_STARTTLS_has_failed_at_it()
    {
        var server = ScriptedSmtpServer.Start(
            SmtpScript.Parse("S: 220 mail.example.com ESMTP\nC: EHLO *\nS: 250-mail.example.com\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nSILENCE"),
            new ScriptedServerOptions { RepeatLast = true });

        var report = await ExamineAsync(server, ConnectionSecurity.StartTls, options => options with { Timeout = TimeSpan.FromSeconds(3) });

        Assert.Equal(FaultCodes.StartTlsFailed, report.Cause?.Code);
        await Record.ExceptionAsync(() => server.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task A_slow_lookup_does_not_keep_the_doctor_from_looking_at_the_other_side()
    {
        var server = ScriptedSmtpServer.Start(
            SmtpScript.Parse("TLS\nS: 220 mail.example.com ESMTP\nC: EHLO *\nS: 250 mail.example.com\nC: QUIT\nS: 221 bye"),
            new ScriptedServerOptions { Certificate = _certificates.Server("127.0.0.1"), RepeatLast = true });
        var lookups = 0;

        var report = await ExamineAsync(server, ConnectionSecurity.StartTls, options => options with
        {
            Timeout = TimeSpan.FromSeconds(6),
            Lookup = async (host, token) =>
            {
                if (Interlocked.Increment(ref lookups) == 1)
                    await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, token);
                return new Resolution(host, "test", ResolutionOutcome.Found, [System.Net.IPAddress.Loopback], TimeSpan.Zero);
            },
        });

        Assert.Equal(FaultCodes.TlsModePlainOnImplicitPort, report.Cause?.Code);
        Assert.Equal(Certainty.Certain, report.Cause?.Certainty);
        await Record.ExceptionAsync(() => server.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task A_CA_file_that_went_away_is_a_finding_and_no_crash()
    {
        var settings = new MailSettings { Host = "127.0.0.1", Port = 587, Security = ConnectionSecurity.StartTls, CaFile = Path.Combine(_folder.FullName, "gone.pem") };

        var report = await new MailDoctor().ExamineAsync(new SettingsReading(settings, settings.Evidence), new DoctorOptions(), Cancellation);

        Assert.Equal(FaultCodes.ConfigInvalid, report.Cause?.Code);
    }

    [Fact]
    public async Task Settings_that_cannot_be_used_are_a_fault_and_nothing_is_tried()
    {
        var problem = new SettingProblem { Code = FaultCodes.ConfigConflict, Key = SettingKey.Security, Name = "MAIL_SSL_TLS", Value = "True", Why = "Both are on.", Fix = "Switch one off." };
        var reading = new SettingsReading(null, new SettingsEvidence { Source = "fastapi-mail .env", Problems = [problem] });

        var report = await new MailDoctor().ExamineAsync(reading, new DoctorOptions(), Cancellation);

        Assert.Equal(Verdict.Fault, report.Verdict);
        Assert.Equal(FaultCodes.ConfigConflict, report.Cause?.Code);
        Assert.Equal((MailStage.Settings, StageOutcome.Failed), (Assert.Single(report.Stages).Stage, report.Stages[0].Outcome));
    }

    [Fact]
    public async Task A_port_where_nothing_listens_is_refused()
    {
        using var closed = new ClosedPort();
        var settings = new MailSettings { Host = closed.EndPoint.Address.ToString(), Port = closed.EndPoint.Port, Security = ConnectionSecurity.StartTls };

        var report = await new MailDoctor().ExamineAsync(new SettingsReading(settings, settings.Evidence), new DoctorOptions(), Cancellation);

        Assert.Equal(FaultCodes.ConnectionRefused, report.Cause?.Code);
    }

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Delete(recursive: true);
    }

    private ScriptedSmtpServer Start(string script, TestCertificate? certificate = null) =>
        ScriptedSmtpServer.Start(SmtpScript.Parse(script), new ScriptedServerOptions { Certificate = certificate ?? _certificates.Server("127.0.0.1") });

    private Task<DiagnosisReport> ExamineAsync(ScriptedSmtpServer server, ConnectionSecurity security, Func<DoctorOptions, DoctorOptions>? change = null)
    {
        var settings = Sending.SettingsFor(server, security, hasLogin: true, CaFile);
        var options = new DoctorOptions { From = "ann@example.com", To = ["bob@example.net"] };
        return new MailDoctor().ExamineAsync(new SettingsReading(settings, settings.Evidence), change?.Invoke(options) ?? options, Cancellation);
    }
}
