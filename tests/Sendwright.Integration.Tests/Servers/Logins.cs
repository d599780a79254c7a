using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Transport;

namespace Sendwright.Integration.Tests.Servers;

/// <summary>Each mechanism against Dovecot, which judges the logins of a real Postfix and was written by others.</summary>
public sealed class Logins
{
    private const string Good = "ya29.good-T0KEN_for~ann";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-1")]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("CRAM-MD5")]
    public async Task A_password_is_taken_by_each_mechanism(string mechanism)
    {
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions { Mechanisms = [mechanism] }, Token);

        var (auth, failure) = await SendAsync(postfix, new MailCredentials(MailAccount.Ann.Address, new Secret(MailAccount.Ann.Password)));

        Assert.Null(failure);
        Assert.StartsWith($"{mechanism} as {MailAccount.Ann.Address}: 235 ", auth, StringComparison.Ordinal);
        Assert.Single(await postfix.Mailbox(MailAccount.Ann).MessagesAsync(1, Token));
    }

    [Theory]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-1")]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("CRAM-MD5")]
    public async Task A_wrong_password_is_refused_by_each_mechanism_and_tried_once(string mechanism)
    {
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions { Mechanisms = [mechanism, "PLAIN"] }, Token);

        var (_, failure) = await SendAsync(postfix, new MailCredentials(MailAccount.Ann.Address, new Secret("not-" + MailAccount.Ann.Password)));

        var refused = Assert.IsType<MailAuthenticationException>(failure);
        Assert.Equal((FaultKind.Refused, 535, "auth-bad-credentials"), (refused.Failure.Kind, refused.Failure.Reply!.Code, refused.Failure.FaultCode));
        Assert.Single(refused.Failure.Transcript, line => line.StartsWith("C: AUTH ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_password_beyond_ASCII_is_taken_by_SCRAM()
    {
        var account = new MailAccount($"bob@{MailAccount.Domain}", "Grüße-Ключ-密码");
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions { Accounts = [MailAccount.Ann, account], Mechanisms = ["SCRAM-SHA-256"] }, Token);

        var (auth, failure) = await SendAsync(postfix, new MailCredentials(account.Address, new Secret(account.Password)));

        Assert.Null(failure);
        Assert.StartsWith("SCRAM-SHA-256 as ", auth, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_all_mechanisms_the_best_is_taken()
    {
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions { Mechanisms = ["CRAM-MD5", "LOGIN", "PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256"] }, Token);

        var (auth, failure) = await SendAsync(postfix, new MailCredentials(MailAccount.Ann.Address, new Secret(MailAccount.Ann.Password)));

        Assert.Null(failure);
        Assert.StartsWith("SCRAM-SHA-256 as ", auth, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OAUTHBEARER")]
    [InlineData("XOAUTH2")]
    public async Task A_token_is_taken_by_each_mechanism(string mechanism)
    {
        await using var authority = new TokenAuthority();
        authority.Issue(Good, MailAccount.Ann.Address);
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions { Mechanisms = [mechanism, "PLAIN"], TokenIntrospection = authority.Introspection }, Token);

        var (auth, failure) = await SendAsync(postfix, new MailCredentials(MailAccount.Ann.Address, (_, _) => ValueTask.FromResult(Good)));

        Assert.Null(failure);
        Assert.StartsWith($"{mechanism} as {MailAccount.Ann.Address}: 235 ", auth, StringComparison.Ordinal);
        Assert.Equal([Good], authority.Asked);
    }

    [Theory]
    [InlineData("OAUTHBEARER")]
    [InlineData("XOAUTH2")]
    public async Task A_large_token_is_taken_though_no_command_can_hold_it(string mechanism)
    {
        var large = Good + new string('x', 3000);
        await using var authority = new TokenAuthority();
        authority.Issue(large, MailAccount.Ann.Address);
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions { Mechanisms = [mechanism], TokenIntrospection = authority.Introspection }, Token);

        var (_, failure) = await SendAsync(postfix, new MailCredentials(MailAccount.Ann.Address, (_, _) => ValueTask.FromResult(large)));

        Assert.Null(failure);
    }

    [Theory]
    [InlineData("OAUTHBEARER")]
    [InlineData("XOAUTH2")]
    public async Task A_refused_token_is_renewed_on_the_same_connection(string mechanism)
    {
        await using var authority = new TokenAuthority();
        authority.Issue(Good, MailAccount.Ann.Address);
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions { Mechanisms = [mechanism], TokenIntrospection = authority.Introspection }, Token);

        var (auth, failure) = await SendAsync(
            postfix, new MailCredentials(MailAccount.Ann.Address, (request, _) => ValueTask.FromResult(request.IsRefused ? Good : "expired-token")));

        Assert.Null(failure);
        Assert.StartsWith(mechanism, auth, StringComparison.Ordinal);
        Assert.Equal(["expired-token", Good], authority.Asked);
    }

    [Theory]
    [InlineData("OAUTHBEARER")]
    [InlineData("XOAUTH2")]
    public async Task A_token_refused_twice_is_the_result_with_the_servers_reason(string mechanism)
    {
        await using var authority = new TokenAuthority();
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions { Mechanisms = [mechanism], TokenIntrospection = authority.Introspection }, Token);

        var (_, failure) = await SendAsync(
            postfix, new MailCredentials(MailAccount.Ann.Address, (request, _) => ValueTask.FromResult(request.IsRefused ? "revoked-token-2" : "revoked-token-1")));

        var refused = Assert.IsType<MailAuthenticationException>(failure);
        Assert.Equal((FaultKind.Refused, "auth-bad-credentials"), (refused.Failure.Kind, refused.Failure.FaultCode));
        Assert.Contains("\"status\":", refused.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(["revoked-token-1", "revoked-token-2"], authority.Asked);
        Assert.DoesNotContain("revoked-token", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("revoked-token", string.Join('\n', refused.Failure.Transcript), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_was_asked_for_comes_back_with_the_senders_own_words()
    {
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions(), Token);
        var envelope = new Envelope
        {
            Sender = MailAccount.Ann.Address,
            Recipients = [MailAccount.Ann.Address],
            Dsn = new Dsn { Notify = DsnNotify.Success, Return = DsnReturn.Headers, EnvelopeId = "order 7+1" },
        };

        var (_, failure) = await SendAsync(postfix, new MailCredentials(MailAccount.Ann.Address, new Secret(MailAccount.Ann.Password)), envelope);

        Assert.Null(failure);
        var report = string.Concat((await postfix.Mailbox(MailAccount.Ann).MessagesAsync(2, Token)).Select(System.Text.Encoding.UTF8.GetString));
        Assert.Contains("Original-Envelope-Id: order 7+1", report, StringComparison.Ordinal);
        Assert.Contains("Original-Recipient: rfc822;ann@example.test", report, StringComparison.Ordinal);
        Assert.Contains("Action: delivered", report, StringComparison.Ordinal);
    }

    /// <summary>Sends a message over STARTTLS.</summary>
    /// <returns>How the login went, and what stopped it.</returns>
    private static async Task<(string? Auth, MailException? Failure)> SendAsync(PostfixServer postfix, MailCredentials credentials, Envelope? envelope = null)
    {
        string? auth = null;
        var settings = new MailSettings
        {
            Host = postfix.Address.ToString(),
            Port = MailPort.Submission,
            Security = ConnectionSecurity.StartTls,
            Credentials = credentials,
            CaFile = postfix.AuthorityFile,
        };
        var transport = new SmtpTransport(settings) { OnStage = stage => auth = stage.Stage == MailStage.Auth ? stage.Detail : auth };
        try
        {
            await new Mailer(transport).SendAsync(
                RawMessage.FromBytes("From: ann@example.test\r\nSubject: login\r\nMessage-ID: <login.1@example.test>\r\n\r\nHello\r\n"u8.ToArray()),
                envelope ?? new Envelope { Sender = MailAccount.Ann.Address, Recipients = [MailAccount.Ann.Address] },
                Token);
            return (auth, null);
        }
        catch (MailException e)
        {
            return (auth, e);
        }
    }
}
