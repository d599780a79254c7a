using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Servers;

/// <summary>Proves that the real Exim of the tests behaves as the tests that rest on it assume, seen by a client that is not ours.</summary>
public sealed class Exim_fixture
{
    [Theory]
    [InlineData(MailPort.Submission, "starttls")]
    [InlineData(MailPort.ImplicitTls, "implicit")]
    [InlineData(MailPort.Plain, "none")]
    public async Task Delivers_a_message_byte_for_byte_after_a_login(int port, string security)
    {
        await using var exim = await EximServer.StartAsync(new MailServerOptions(), Token);

        var answer = await SendAsync(exim, port, Some.Submission with { Security = security });

        Assert.Equal(("end-of-data", 250), (answer.Stage, answer.Code));
        Some.AssertDelivered(await exim.Mailbox(MailAccount.Ann).SingleMessageAsync(Token));
    }

    [Fact]
    public async Task Refuses_a_wrong_password_with_535()
    {
        await using var exim = await EximServer.StartAsync(new MailServerOptions(), Token);

        var answer = await SendAsync(exim, MailPort.Submission, Some.Submission with { Password = "not-" + MailAccount.Ann.Password });

        Assert.Equal(("auth", 535), (answer.Stage, answer.Code));
    }

    [Fact]
    public async Task Refuses_to_relay_without_a_login_with_550()
    {
        await using var exim = await EximServer.StartAsync(new MailServerOptions(), Token);

        var answer = await SendAsync(exim, MailPort.Submission, Some.Submission with { Username = null, To = "bob@elsewhere.test" });

        Assert.Equal(("recipient", 550), (answer.Stage, answer.Code));
    }

    [Fact]
    public async Task Refuses_an_unknown_user_with_550()
    {
        await using var exim = await EximServer.StartAsync(new MailServerOptions(), Token);

        var answer = await SendAsync(exim, MailPort.Submission, Some.Submission with { To = $"nobody@{MailAccount.Domain}" });

        Assert.Equal(("recipient", 550), (answer.Stage, answer.Code));
    }

    [Fact]
    public async Task Refuses_mail_in_clear_text_on_the_submission_port_with_530()
    {
        await using var exim = await EximServer.StartAsync(new MailServerOptions(), Token);

        var answer = await SendAsync(exim, MailPort.Submission, Some.Submission with { Security = "none", Username = null });

        Assert.Equal(("sender", 530), (answer.Stage, answer.Code));
    }

    [Fact]
    public async Task Leaves_nothing_behind()
    {
        var exim = await EximServer.StartAsync(new MailServerOptions(), Token);
        var folder = Path.GetDirectoryName(exim.AuthorityFile)!;

        await exim.DisposeAsync();

        Assert.False(Directory.Exists(folder));
        Assert.DoesNotContain(folder, RunningCommands.All(), StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<SmtpAnswer> SendAsync(EximServer exim, int port, SmtpSubmission submission) =>
        PythonClient.SendAsync(submission, exim.Address, port, exim.AuthorityFile, Token);
}
