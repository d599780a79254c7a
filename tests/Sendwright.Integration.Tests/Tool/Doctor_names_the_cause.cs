using Sendwright.Diagnosis;
using Sendwright.Integration.Tests.Programs;
using Sendwright.Integration.Tests.Servers;

namespace Sendwright.Integration.Tests.Tool;

/// <summary>The mistakes that people make with mail settings, each made once against real servers: the first finding has to be the cause.</summary>
public sealed class Doctor_names_the_cause
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(10);

    private static readonly IReadOnlyList<Mistake> Mistakes =
    [
        new("wrong port")
        {
            Settings = With("MAIL_PORT", "2525"),
            Code = FaultCodes.ConnectionRefused,
            Fix = ["MAIL_PORT"],
        },
        new("implicit TLS on the STARTTLS port")
        {
            Settings = With(("MAIL_STARTTLS", "False"), ("MAIL_SSL_TLS", "True")),
            Code = FaultCodes.TlsModeImplicitOnStartTlsPort,
            Fix = ["MAIL_STARTTLS", "MAIL_SSL_TLS"],
        },
        new("STARTTLS on the implicit TLS port")
        {
            Settings = With("MAIL_PORT", "465"),
            Code = FaultCodes.TlsModePlainOnImplicitPort,
            Fix = ["MAIL_STARTTLS", "MAIL_SSL_TLS"],
        },
        new("wrong password")
        {
            Target = Postfix(new() { Accounts = [MailAccount.Ann with { Password = "another" }] }),
            Code = FaultCodes.AuthBadCredentials,
            Fix = ["MAIL_PASSWORD"],
        },
        new("wrong password, Exim")
        {
            Target = token => MailTarget.EximAsync(new() { Accounts = [MailAccount.Ann with { Password = "another" }] }, token),
            Code = FaultCodes.AuthBadCredentials,
            Fix = ["MAIL_PASSWORD"],
        },
        new("expired certificate")
        {
            Target = Postfix(new() { Certificate = (made, names) => made.Expired(names) }),
            Code = FaultCodes.TlsCertificateExpired,
        },
        new("self-signed certificate")
        {
            Target = Postfix(new() { Certificate = (made, names) => made.SelfSigned(names) }),
            Settings = With("CERT_BUNDLE", null),
            Code = FaultCodes.TlsCertificateUntrusted,
            Fix = ["CERT_BUNDLE"],
        },
        new("certificate for another name")
        {
            Target = Postfix(new() { Certificate = (made, _) => made.WrongName() }),
            Code = FaultCodes.TlsCertificateNameMismatch,
            Fix = ["MAIL_SERVER"],
        },
        new("refused relay")
        {
            Settings = With(("MAIL_USERNAME", ""), ("MAIL_PASSWORD", ""), ("USE_CREDENTIALS", "False")),
            Arguments = ["--to", "bob@elsewhere.test"],
            Code = FaultCodes.RelayDenied,
            Fix = ["MAIL_USERNAME"],
        },
        new("refused relay, Exim")
        {
            Target = token => MailTarget.EximAsync(new(), token),
            Settings = With(("MAIL_USERNAME", ""), ("MAIL_PASSWORD", ""), ("USE_CREDENTIALS", "False")),
            Arguments = ["--to", "bob@elsewhere.test"],
            Code = FaultCodes.RelayDenied,
            Fix = ["MAIL_USERNAME"],
        },
        new("unknown recipient")
        {
            Arguments = ["--to", $"nobody@{MailAccount.Domain}"],
            Code = FaultCodes.RecipientRejected,
        },
        new("unknown recipient, Exim")
        {
            Target = token => MailTarget.EximAsync(new(), token),
            Arguments = ["--to", $"nobody@{MailAccount.Domain}"],
            Code = FaultCodes.RecipientRejected,
        },
        new("packets dropped on all mail ports")
        {
            Target = token => MailTarget.BehindFirewallAsync([25, 465, 587, 2525], token),
            Code = FaultCodes.ConnectionTimedOut,
        },
        new("packets dropped on one port")
        {
            Target = token => MailTarget.BehindFirewallAsync([587], token),
            Code = FaultCodes.ConnectionTimedOut,
            Fix = ["MAIL_PORT"],
        },
        new("refused port, nothing else there")
        {
            Target = MailTarget.NothingAsync,
            Code = FaultCodes.ConnectionRefused,
            Fix = ["MAIL_SERVER"],
        },
        new("misspelt host")
        {
            Target = token => MailTarget.BehindFirewallAsync([], token),
            Settings = With("MAIL_SERVER", "smpt.example.test"),
            Code = FaultCodes.DnsNameNotFound,
            Fix = ["MAIL_SERVER"],
        },
        new("HTTP server on the port, Python")
        {
            Target = MailTarget.PythonHttpAsync,
            Code = FaultCodes.NotAnSmtpServer,
            Fix = ["MAIL_PORT"],
        },
        new("HTTP server on the port, nginx")
        {
            Target = MailTarget.NginxAsync,
            Code = FaultCodes.NotAnSmtpServer,
            Fix = ["MAIL_PORT"],
        },
        new("silent server")
        {
            Target = MailTarget.SilentAsync,
            Code = FaultCodes.BannerTimeout,
        },
        new("both TLS flags set")
        {
            Settings = With("MAIL_SSL_TLS", "True"),
            Code = FaultCodes.ConfigConflict,
            Fix = ["MAIL_STARTTLS", "MAIL_SSL_TLS"],
        },
        new("space behind the secret")
        {
            Settings = With("MAIL_PASSWORD", $"\"{MailAccount.Ann.Password} \""),
            Code = FaultCodes.SecretHasWhitespace,
            Fix = ["MAIL_PASSWORD"],
        },
    ];

    public static TheoryData<string> Names => [.. Mistakes.Select(mistake => mistake.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task As_the_first_finding(string name)
    {
        var mistake = Mistakes.Single(one => one.Name == name);
        await using var target = await mistake.Target(Token);

        var results = await Task.WhenAll(DoctorAsync(target, mistake, "--json"), DoctorAsync(target, mistake));

        var (forScripts, forPeople) = (results[0], results[1]);
        var report = DoctorReport.Read(forScripts.Output);
        Assert.Equal(("sendwright.diagnosis/1", "fault", false), (report.Schema, report.Verdict, report.Healthy));
        Assert.Equal(mistake.Code, report.Findings[0].Code);
        Assert.Superset(mistake.Fix.ToHashSet(), report.Findings[0].Fix.Select(fix => fix.Setting).OfType<string>().ToHashSet());
        Assert.InRange(TimeSpan.FromMilliseconds(report.ElapsedMs), TimeSpan.Zero, Allowed);
        Assert.Contains(mistake.Code, forPeople.Output, StringComparison.Ordinal);
        Assert.All(mistake.Fix, setting => Assert.Contains(setting, forPeople.Output, StringComparison.Ordinal));
        Assert.All(results, result => Assert.Equal(1, result.ExitCode));
        Assert.All(results, result => Assert.DoesNotContain("Mail:", result.Everything, StringComparison.Ordinal)); // the settings of another vocabulary
        Assert.All(results, result => SecretForms.AssertAbsent(MailAccount.Ann.Password, result.Everything));
    }

    [Theory]
    [InlineData("wrong port")]
    [InlineData("implicit TLS on the STARTTLS port")]
    [InlineData("STARTTLS on the implicit TLS port")]
    [InlineData("packets dropped on one port")]
    public async Task And_suggests_settings_that_work(string name)
    {
        var mistake = Mistakes.Single(one => one.Name == name);
        await using var target = await mistake.Target(Token);
        var before = DoctorReport.Read((await DoctorAsync(target, mistake, "--json")).Output);

        var settings = new Dictionary<string, string?>(mistake.Settings);
        foreach (var (setting, value) in before.Settings.Suggested)
            settings[setting] = value;
        var after = await DoctorAsync(target, mistake with { Settings = settings }, "--json");

        Assert.NotEmpty(before.Settings.Suggested);
        Assert.Equal("healthy", DoctorReport.Read(after.Output).Verdict);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<ProgramResult> DoctorAsync(MailTarget target, Mistake mistake, params string[] more) =>
        FastApiProject.DoctorAsync(target, mistake.Settings, [.. mistake.Arguments, .. more], Token);

    private static Func<CancellationToken, Task<MailTarget>> Postfix(MailServerOptions options) => token => MailTarget.PostfixAsync(options, token);

    private static Dictionary<string, string?> With(string name, string? value) => With((name, value));

    private static Dictionary<string, string?> With(params (string Name, string? Value)[] settings) =>
        settings.ToDictionary(setting => setting.Name, setting => setting.Value);
}
