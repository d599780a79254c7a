using System.Text;
using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Testing;
using Sendwright.Transport;

namespace Sendwright.Tests.Smtp.Auth;

public sealed class TokenLoginTests
{
    private const string Old = "ya29.old-S3CRET-token";
    private const string New = "ya29.new-S3CRET-token";
    private const string Error = """{"status":"invalid_token"}""";

    private readonly List<MailTokenRequest> _requests = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Logs_in_by_OAUTHBEARER_where_both_are_offered_and_never_by_a_mechanism_for_passwords()
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("SCRAM-SHA-256 PLAIN LOGIN XOAUTH2 OAUTHBEARER")}C: AUTH OAUTHBEARER *\nS: 235 2.7.0 welcome{LoginRun.Farewell}", Giving(Old));

        Assert.Null(run.Fault);
        Assert.Equal("OAUTHBEARER", run.Attempt.Auth!.Mechanism);
        Assert.Equal(new MailTokenRequest { Username = "ann@example.com", Host = "127.0.0.1" }, Assert.Single(_requests));
    }

    [Fact]
    public async Task Logs_in_by_XOAUTH2_where_the_provider_documents_that_one()
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("OAUTHBEARER XOAUTH2")}C: AUTH XOAUTH2 {XOAuth2(Old)}\nS: 235 2.7.0 welcome{LoginRun.Farewell}", Giving(Old), options => options with { PrefersXOAuth2 = true });

        Assert.Null(run.Fault);
    }

    [Theory]
    [InlineData("smtp.gmail.com", true)]
    [InlineData("smtp.office365.com", true)]
    [InlineData("smtp-mail.outlook.com", true)]
    [InlineData("mail.example.com", false)]
    public void Known_providers_get_what_they_document(string host, bool isXOAuth2)
    {
        var settings = new MailSettings { Host = host, Port = 587, Security = ConnectionSecurity.StartTls, Credentials = Giving(Old) };

        Assert.Equal(isXOAuth2, settings.ToSessionOptions(settings.ToTlsParameters(), null!).PrefersXOAuth2);
    }

    [Fact]
    public async Task Without_a_mechanism_for_tokens_nothing_is_asked_and_nothing_is_sent()
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("PLAIN LOGIN")}{LoginRun.Farewell}", Giving(Old));

        Assert.Equal("The server offers AUTH PLAIN LOGIN; a login with a token has OAUTHBEARER, XOAUTH2.", run.Fault!.Message);
        Assert.Empty(_requests);
    }

    [Theory]
    [InlineData("OAUTHBEARER", "AQ==")]
    [InlineData("XOAUTH2", "")]
    public async Task A_refused_token_is_renewed_once(string mechanism, string answer)
    {
        var run = await LoginRun.Of(
            $"""
            {LoginRun.Offering(mechanism)}
            C: AUTH {mechanism} {Encoded(mechanism, Old)}
            S: 334 {Base64(Error)}
            C: {answer}
            S: 535 5.7.8 expired
            C: AUTH {mechanism} {Encoded(mechanism, New)}
            S: 235 2.7.0 welcome{LoginRun.Farewell}
            """,
            Giving(Old, New));

        Assert.Null(run.Fault);
        Assert.Equal([null, Old], _requests.Select(request => request.RefusedToken?.Reveal()));
        Assert.Equal([false, true], _requests.Select(request => request.IsRefused));
    }

    [Fact]
    public async Task A_second_refusal_is_the_result_and_nothing_is_tried_a_third_time()
    {
        var run = await LoginRun.Of(
            $"{LoginRun.Offering("XOAUTH2 OAUTHBEARER PLAIN")}C: AUTH OAUTHBEARER *\nS: 535 5.7.3 no\nC: AUTH OAUTHBEARER *\nS: 334 {Base64(Error)}\nC: AQ==\nS: 535 5.7.3 no again{LoginRun.Farewell}", Giving(Old, New, "third"));

        Assert.Equal((FaultKind.Refused, $"The server refused the login: 535 5.7.3 no again (its reason: {Error})"), (run.Fault!.Kind, run.Fault.Message));
        Assert.Equal(2, _requests.Count);
    }

    [Fact]
    public async Task The_same_token_again_is_not_sent_again()
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("XOAUTH2")}C: AUTH XOAUTH2 *\nS: 535 5.7.3 no{LoginRun.Farewell}", Giving(Old, Old));

        Assert.Equal(535, run.Fault!.Reply!.Code);
        Assert.Equal(2, _requests.Count);
    }

    [Theory]
    [InlineData("S: 535 5.7.8 no\nC: AUTH *\nCLOSE")]
    [InlineData("S: 535 5.7.8 no\nC: AUTH *\nRESET")]
    [InlineData("S: 535 5.7.8 no\nC: AUTH *\nS: 421 4.7.0 too many errors\nCLOSE")]
    [InlineData("S: 535 5.7.8 no\nC: AUTH *\nS: 503 5.5.1 no second login here\nC: QUIT\nS: 221 bye")]
    public async Task Where_the_server_allows_no_second_login_the_refusal_is_the_result(string then)
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("XOAUTH2")}C: AUTH XOAUTH2 *\n{then}", Giving(Old, New));

        Assert.Equal((FaultKind.Refused, "535 5.7.8 no"), (run.Fault!.Kind, run.Fault.Reply!.ToString()));
    }

    [Fact]
    public async Task A_trouble_of_the_server_is_no_refusal_of_the_token()
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("XOAUTH2")}C: AUTH XOAUTH2 *\nS: 454 4.7.0 try later{LoginRun.Farewell}", Giving(Old, New));

        Assert.Equal(454, run.Fault!.Reply!.Code);
        Assert.Single(_requests);
    }

    [Fact]
    public async Task After_504_the_other_mechanism_gets_the_same_token()
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("XOAUTH2 OAUTHBEARER")}C: AUTH OAUTHBEARER *\nS: 504 5.5.4 no\nC: AUTH XOAUTH2 {XOAuth2(Old)}\nS: 235 ok{LoginRun.Farewell}", Giving(Old, New));

        Assert.Null(run.Fault);
        Assert.Single(_requests);
    }

    [Fact]
    public async Task A_server_that_answers_the_end_with_another_error_is_cancelled()
    {
        var run = await LoginRun.Of(
            $"{LoginRun.Offering("XOAUTH2")}C: AUTH XOAUTH2 *\nS: 334 {Base64(Error)}\nC:\nS: 334 {Base64(Error)}\nC: \\*\nS: 501 5.7.0 cancelled{LoginRun.Farewell}", Giving(Old, Old));

        Assert.Equal(501, run.Fault!.Reply!.Code);
    }

    [Fact]
    public async Task A_token_too_long_for_a_command_waits_to_be_asked_for()
    {
        var large = new string('t', 2500);

        var run = await LoginRun.Of($"{LoginRun.Offering("XOAUTH2")}C: AUTH XOAUTH2\nS: 334 \nC: {XOAuth2(large)}\nS: 235 ok{LoginRun.Farewell}", Giving(large));

        Assert.Null(run.Fault);
    }

    [Theory]
    [InlineData(null, "gave no token")]
    [InlineData("", "gave no token")]
    [InlineData("Bearer abc", "Return the access token alone")]
    [InlineData("abc\r\nMAIL FROM:<eve@example.org>", "a control character")]
    [InlineData("abc\u0001auth=Bearer other", "a control character")]
    [InlineData("abc def", "a blank")]
    [InlineData("t\u00F6ken", "beyond ASCII")]
    public async Task What_is_no_token_is_never_sent(string? token, string why)
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("XOAUTH2")}{LoginRun.Farewell}", Giving(token!));

        Assert.Equal((MailStage.Auth, FaultKind.TokenUnavailable), (run.Fault!.Stage, run.Fault.Kind));
        Assert.Contains(why, run.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_larger_than_any_login_can_carry_is_never_sent()
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("XOAUTH2")}{LoginRun.Farewell}", Giving(new string('t', 9217)));

        Assert.Contains("9217 octets", run.Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_fails_is_the_cause_and_its_words_are_told()
    {
        var broken = new InvalidOperationException("The refresh token has been revoked");

        var run = await LoginRun.Of($"{LoginRun.Offering("XOAUTH2")}{LoginRun.Farewell}", new MailCredentials("ann", (_, _) => throw broken));

        Assert.Equal((FaultKind.TokenUnavailable, "The application's token source failed: The refresh token has been revoked."), (run.Fault!.Kind, run.Fault.Message));
        Assert.Same(broken, run.Cause);
    }

    [Fact]
    public async Task A_source_that_fails_to_renew_says_what_came_before()
    {
        var run = await LoginRun.Of(
            $"{LoginRun.Offering("XOAUTH2")}C: AUTH XOAUTH2 *\nS: 535 5.7.3 no{LoginRun.Farewell}",
            new MailCredentials("ann", async (request, _) =>
            {
                await Task.Yield();
                return request.IsRefused ? throw new HttpRequestException($"no other than {request.RefusedToken!.Reveal()}\r\nCookie: x") : Old;
            }));

        Assert.Equal(FaultKind.TokenUnavailable, run.Fault!.Kind);
        Assert.Equal(@"The server refused the token, and asked for another the application's token source failed: no other than ***\u000D\u000ACookie: x.", run.Attempt.Fault!.Message);
    }

    [Fact]
    public async Task A_source_that_cancels_itself_has_failed_and_nobody_else_cancelled()
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("XOAUTH2")}{LoginRun.Farewell}", new MailCredentials("ann", (_, _) => ValueTask.FromCanceled<string>(new CancellationToken(canceled: true))));

        Assert.Equal(FaultKind.TokenUnavailable, run.Fault!.Kind);
    }

    [Fact]
    public async Task A_source_that_never_answers_is_left_when_the_time_is_up()
    {
        var clock = new ManualTimeProvider();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = LoginRun.Of(
            $"{LoginRun.Offering("XOAUTH2")}{LoginRun.Farewell}",
            new MailCredentials("ann", async (_, _) =>
            {
                asked.SetResult();
                await new TaskCompletionSource().Task;
                return Old;
            }),
            clock: clock);
        await asked.Task.WaitAsync(Cancellation);
        clock.Advance(new MailTimeouts().Command);

        var run = await running;

        Assert.Equal((FaultKind.TokenUnavailable, "The application's token source did not answer: No access token within 60 s, the limit."), (run.Fault!.Kind, run.Fault.Message));
    }

    [Fact]
    public async Task A_caller_who_cancels_while_the_source_works_has_cancelled()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var run = await LoginRun.Of(
            $"{LoginRun.Offering("XOAUTH2")}\nEOF",
            new MailCredentials("ann", async (_, token) =>
            {
                await caller.CancelAsync();
                token.ThrowIfCancellationRequested();
                return Old;
            }),
            caller: caller);

        Assert.Equal(FaultKind.Cancelled, run.Fault!.Kind);
    }

    [Fact]
    public async Task Tokens_are_in_no_part_of_what_a_failed_send_shows_though_the_server_echoes_them()
    {
        await using var server = ScriptedSmtpServer.Start($"""
            {LoginRun.Offering("XOAUTH2")}
            C: AUTH XOAUTH2 *
            S: 334 {Base64($"{{\"status\":\"401\",\"token\":\"{Old}\"}}")}
            C:
            S: 535-5.7.3 not {Old}
            S: 535 5.7.3 nor {XOAuth2(Old)} or {Uri.EscapeDataString(Old)}
            C: AUTH XOAUTH2 *
            S: 334 {Base64($"{{\"padding\":\"{new string('x', 180)} {New}\"}}")}
            C:
            S: 535 5.7.3 nor {New} nor {Base64(New)} nor {XOAuth2(New)}
            C: QUIT
            S: 221 {New}
            """);
        var settings = Sending.SettingsFor(server, ConnectionSecurity.None, hasLogin: false) with { Credentials = Giving(Old, New) };

        var failure = await Assert.ThrowsAsync<MailAuthenticationException>(() => Sending.SendAsync(settings, cancellationToken: Cancellation));

        Assert.Equal(FaultCodes.AuthBadCredentials, failure.Failure.FaultCode);
        Assert.Equal("127.0.0.1 refuses the token.", failure.Diagnosis.Cause!.Title);
        var everything = Sending.Everything(failure) + string.Join('\n', _requests) + settings + settings.Credentials;
        foreach (var token in (string[])[Old, New])
        {
            foreach (var form in (string[])[token, token[..12], Base64(token)[..12], XOAuth2(token), XOAuth2(token)[40..60]])
                Assert.DoesNotContain(form, everything, StringComparison.Ordinal);
        }

        await server.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task A_source_that_fails_is_the_cause_of_what_the_sender_sees()
    {
        await using var server = ScriptedSmtpServer.Start($"{LoginRun.Offering("XOAUTH2")}{LoginRun.Farewell}");
        var broken = new HttpRequestException("login.example.com: 503");
        var settings = Sending.SettingsFor(server, ConnectionSecurity.None, hasLogin: false) with { Credentials = new MailCredentials("ann", (_, _) => throw broken) };

        var failure = await Assert.ThrowsAsync<MailAuthenticationException>(() => Sending.SendAsync(settings, cancellationToken: Cancellation));

        Assert.Same(broken, failure.InnerException);
        Assert.Equal((FaultCodes.TokenUnavailable, true), (failure.Failure.FaultCode, failure.Failure.IsTransient));
        Assert.Contains("login.example.com: 503", failure.Message, StringComparison.Ordinal);
        await server.CompleteAsync(Cancellation);
    }

    private MailCredentials Giving(params string[] tokens) => new("ann@example.com", (request, _) =>
    {
        _requests.Add(request);
        return ValueTask.FromResult(tokens[Math.Min(_requests.Count, tokens.Length) - 1]);
    });

    // The host and port of OAUTHBEARER are the scripted server's own.
    private static string Encoded(string mechanism, string token) => mechanism == "XOAUTH2" ? XOAuth2(token) : "*";

    private static string XOAuth2(string token) => Base64($"user=ann@example.com\u0001auth=Bearer {token}\u0001\u0001");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
