using Sendwright.Integration.Tests.Servers;

namespace Sendwright.Integration.Tests.Tool;

/// <summary>The good twin of <see cref="Doctor_names_the_cause"/>: where nothing is wrong, nothing is said to be.</summary>
public sealed class Doctor_finds_nothing
{
    [Theory]
    [InlineData("Postfix", MailPort.Submission)]
    [InlineData("Postfix", MailPort.ImplicitTls)]
    [InlineData("Exim", MailPort.Submission)]
    [InlineData("Exim", MailPort.ImplicitTls)]
    public async Task Where_nothing_is_wrong(string server, int port)
    {
        await using var target = server == "Exim"
            ? await MailTarget.EximAsync(new MailServerOptions(), Token)
            : await MailTarget.PostfixAsync(new MailServerOptions(), Token);
        var startTls = port == MailPort.Submission;
        var settings = new Dictionary<string, string?> { ["MAIL_PORT"] = $"{port}", ["MAIL_STARTTLS"] = $"{startTls}", ["MAIL_SSL_TLS"] = $"{!startTls}" };

        var result = await FastApiProject.DoctorAsync(target, settings, ["--to", MailAccount.Ann.Address, "--json"], Token);

        var report = DoctorReport.Read(result.Output);
        Assert.Equal(("healthy", true, 0), (report.Verdict, report.Healthy, result.ExitCode));
        Assert.Empty(report.Findings);
        SecretForms.AssertAbsent(MailAccount.Ann.Password, result.Everything);
    }

    [Fact]
    public async Task And_leaves_no_message_behind()
    {
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions(), Token);
        await using var target = new MailTarget { Host = postfix.Address.ToString() };

        var settings = new Dictionary<string, string?> { ["CERT_BUNDLE"] = postfix.AuthorityFile };

        var result = await FastApiProject.DoctorAsync(target, settings, ["--to", MailAccount.Ann.Address], Token);

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("queue active", postfix.Log, StringComparison.Ordinal);
        Assert.Empty(postfix.Mailbox(MailAccount.Ann).Messages);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
