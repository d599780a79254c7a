using System.Text;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp.Auth;

namespace Sendwright.Tests.Smtp.Auth;

public sealed class PasswordLoginTests
{
    private static readonly ScramConversation Scram = ScramMechanismTests.Sha256;

    [Theory]
    [InlineData("CRAM-MD5 LOGIN PLAIN SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-256-PLUS XOAUTH2 EXTERNAL", "SCRAM-SHA-256")]
    [InlineData("CRAM-MD5 LOGIN PLAIN SCRAM-SHA-1", "SCRAM-SHA-1")]
    [InlineData("CRAM-MD5 LOGIN PLAIN", "PLAIN")]
    [InlineData("CRAM-MD5 LOGIN", "LOGIN")]
    [InlineData("DIGEST-MD5 CRAM-MD5", "CRAM-MD5")]
    public async Task Takes_the_best_mechanism_whatever_the_servers_order_and_no_second_after_535(string offered, string taken)
    {
        var question = taken is "LOGIN" or "CRAM-MD5" ? "S: 334 Zm9v\nC: *\n" : "";
        var secondQuestion = taken == "LOGIN" ? "S: 334 Zm9v\nC: *\n" : "";

        var run = await LoginRun.Of($"{LoginRun.Offering(offered)}C: AUTH {taken}*\n{question}{secondQuestion}S: 535 5.7.8 no{LoginRun.Farewell}", ScramMechanismTests.Pencil);

        Assert.Equal((FaultKind.Refused, 535), (run.Fault!.Kind, run.Fault.Reply!.Code));
        Assert.Equal(new AuthEvidence { Mechanism = taken, Accepted = false }, run.Attempt.Auth);
    }

    [Fact]
    public async Task After_504_goes_on_down_to_the_last_and_then_says_so()
    {
        var run = await LoginRun.Of(
            $"""
            {LoginRun.Offering("SCRAM-SHA-256 SCRAM-SHA-1 PLAIN LOGIN CRAM-MD5")}
            C: AUTH SCRAM-SHA-256 *
            S: 504 5.5.4 no
            C: AUTH SCRAM-SHA-1 *
            S: 504 5.5.4 no
            C: AUTH PLAIN *
            S: 504 5.5.4 no
            C: AUTH LOGIN
            S: 504 5.5.4 no
            C: AUTH CRAM-MD5
            S: 504 5.5.4 not even that{LoginRun.Farewell}
            """,
            ScramMechanismTests.Pencil);

        Assert.Contains("not even that", run.Fault!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScramMechanism.Sha256Name)]
    [InlineData(ScramMechanism.Sha1Name)]
    public async Task SCRAM_logs_in_at_a_server_that_proves_itself(string name)
    {
        var scram = name == Scram.Name ? Scram : ScramMechanismTests.Sha1;

        var run = await LoginRun.Of($"{UpToProof(scram)}S: 334 {Base64(scram.ServerFinal)}\nC:\nS: 235 2.7.0 welcome{LoginRun.Farewell}", ScramMechanismTests.Pencil, options => options with { NewNonce = () => scram.Nonce });

        Assert.Null(run.Fault);
        Assert.Equal(new AuthEvidence { Mechanism = name, Accepted = true }, run.Attempt.Auth);
        Assert.Contains($"{name} as user: 235 2.7.0 welcome", run.Attempt.Stages[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_signature_ends_the_connection_and_nothing_else_is_sent()
    {
        var wrong = Scram.ServerFinal.Replace("6rri", "7rri", StringComparison.Ordinal);

        var run = await LoginRun.Of($"{UpToProof(Scram)}S: 334 {Base64(wrong)}\nEOF", ScramMechanismTests.Pencil, WithNonce);

        Assert.Equal((MailStage.Auth, FaultKind.ServerNotProven), (run.Fault!.Stage, run.Fault.Kind));
        Assert.Contains("not the server that it claims to be", run.Fault.Message, StringComparison.Ordinal);
        Assert.Null(run.Attempt.Auth!.Accepted);
    }

    [Fact]
    public async Task A_yes_without_a_signature_is_not_believed()
    {
        var run = await LoginRun.Of($"{UpToProof(Scram)}S: 235 2.7.0 come in\nEOF", ScramMechanismTests.Pencil, WithNonce);

        Assert.Equal(FaultKind.ServerNotProven, run.Fault!.Kind);
    }

    [Fact]
    public async Task A_yes_to_SCRAM_at_once_is_not_believed()
    {
        var run = await LoginRun.Of($"{LoginRun.Offering(Scram.Name)}C: AUTH {Scram.Name} *\nS: 235 2.7.0 come in\nEOF", ScramMechanismTests.Pencil, WithNonce);

        Assert.Equal(FaultKind.ServerNotProven, run.Fault!.Kind);
    }

    [Fact]
    public async Task A_password_that_SCRAM_refuses_is_no_second_try_with_PLAIN()
    {
        var run = await LoginRun.Of($"{UpToProof(Scram, "PLAIN ")}S: 535 5.7.8 no{LoginRun.Farewell}", ScramMechanismTests.Pencil, WithNonce);

        Assert.Equal((FaultKind.Refused, 535), (run.Fault!.Kind, run.Fault.Reply!.Code));
    }

    [Fact]
    public async Task A_servers_reason_is_told_with_its_refusal()
    {
        var run = await LoginRun.Of($"{UpToProof(Scram)}S: 334 {Base64("e=invalid-proof")}\nC:\nS: 535 5.7.8 no{LoginRun.Farewell}", ScramMechanismTests.Pencil, WithNonce);

        Assert.Equal("The server refused the login: 535 5.7.8 no (its reason: invalid-proof)", run.Fault!.Message);
    }

    [Theory]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2147483647", "S: 501 5.7.0 cancelled", true)]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1", "S: 235 2.7.0 all the same", true)]
    [InlineData("r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "S: 334 Z28gb24=", true)]
    [InlineData("", "CLOSE", false)]
    public async Task A_hostile_challenge_cancels_the_login_and_is_the_fault_whatever_the_server_says_to_that(string challenge, string then, bool isOpen)
    {
        var run = await LoginRun.Of(
            $"{LoginRun.Offering("SCRAM-SHA-256 PLAIN")}C: AUTH SCRAM-SHA-256 *\nS: 334 {Base64(challenge)}\nC: \\*\n{then}{(isOpen ? LoginRun.Farewell : "")}", ScramMechanismTests.Pencil, WithNonce);

        Assert.Equal(FaultKind.ProtocolViolation, run.Fault!.Kind);
        Assert.Contains("SCRAM-SHA-256 challenge", run.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_challenge_that_is_no_base64_is_none()
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("CRAM-MD5")}C: AUTH CRAM-MD5\nS: 334 <not base64>\nC: \\*\nS: 501 ok{LoginRun.Farewell}", ScramMechanismTests.Pencil);

        Assert.Equal((FaultKind.ProtocolViolation, "The server's CRAM-MD5 challenge is empty or no base64."), (run.Fault!.Kind, run.Fault.Message));
    }

    [Fact]
    public async Task A_password_that_cannot_be_prepared_goes_by_PLAIN_as_it_is()
    {
        var run = await LoginRun.Of(
            $"{LoginRun.Offering("SCRAM-SHA-256 SCRAM-SHA-1 PLAIN")}C: AUTH PLAIN {Base64("\0ann\0bell\u0007")}\nS: 235 ok{LoginRun.Farewell}", new MailCredentials("ann", new Secret("bell\u0007")));

        Assert.Null(run.Fault);
    }

    [Fact]
    public async Task A_first_answer_too_long_for_a_command_waits_to_be_asked_for()
    {
        var secret = new string('x', 400);

        var run = await LoginRun.Of($"{LoginRun.Offering("PLAIN")}C: AUTH PLAIN\nS: 334 \nC: {Base64($"\0ann\0{secret}")}\nS: 235 ok{LoginRun.Farewell}", new MailCredentials("ann", new Secret(secret)));

        Assert.Null(run.Fault);
    }

    [Fact]
    public async Task A_user_name_that_would_end_its_field_is_never_sent()
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("PLAIN")}{LoginRun.Farewell}", new MailCredentials("ann\0eve", new Secret("secret")));

        Assert.Equal(FaultKind.SettingsUnusable, run.Fault!.Kind);
    }

    [Fact]
    public async Task What_neither_side_has_in_common_is_said_of_both()
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("GSSAPI XOAUTH2")}{LoginRun.Farewell}", ScramMechanismTests.Pencil);

        Assert.Equal(FaultKind.NoSharedMechanism, run.Fault!.Kind);
        Assert.Equal("The server offers AUTH GSSAPI XOAUTH2; this client has SCRAM-SHA-256, SCRAM-SHA-1, PLAIN, LOGIN, CRAM-MD5.", run.Fault.Message);
    }

    [Theory]
    [InlineData("", "=")]
    [InlineData("ann@example.com", "YW5uQGV4YW1wbGUuY29t")]
    public async Task A_client_certificate_without_a_password_logs_in_by_EXTERNAL(string identity, string said)
    {
        var run = await LoginRun.Of(
            $"{LoginRun.Offering("PLAIN EXTERNAL")}C: AUTH EXTERNAL {said}\nS: 235 2.7.0 I know you{LoginRun.Farewell}",
            identity.Length == 0 ? null : new MailCredentials(identity, new Secret("")),
            options => options with { HasClientCertificate = true });

        Assert.Null(run.Fault);
        Assert.Equal("EXTERNAL", run.Attempt.Auth!.Mechanism);
    }

    [Fact]
    public async Task EXTERNAL_asked_again_says_nobody_once()
    {
        var run = await LoginRun.Of(
            $"{LoginRun.Offering("EXTERNAL")}C: AUTH EXTERNAL =\nS: 334 \nC:\nS: 235 2.7.0 I know you{LoginRun.Farewell}", null, options => options with { HasClientCertificate = true });

        Assert.Null(run.Fault);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("")]
    public async Task A_client_certificate_is_the_whole_login_where_the_server_has_no_EXTERNAL(string offered)
    {
        var run = await LoginRun.Of($"{LoginRun.Offering(offered)}{LoginRun.Farewell}", null, options => options with { HasClientCertificate = true });

        Assert.Null(run.Fault);
        Assert.Equal((StageOutcome.Skipped, "the client certificate is the login"), (run.Attempt.Stages[^1].Outcome, run.Attempt.Stages[^1].Detail));
    }

    [Fact]
    public async Task A_password_beside_a_certificate_is_used()
    {
        var run = await LoginRun.Of($"{LoginRun.Offering("EXTERNAL PLAIN")}C: AUTH PLAIN *\nS: 235 ok{LoginRun.Farewell}", ScramMechanismTests.Pencil, options => options with { HasClientCertificate = true });

        Assert.Null(run.Fault);
    }

    private static Sendwright.Smtp.SmtpSessionOptions WithNonce(Sendwright.Smtp.SmtpSessionOptions options) => options with { NewNonce = () => Scram.Nonce };

    private static string UpToProof(ScramConversation scram, string alsoOffered = "") => $"""
        {LoginRun.Offering(alsoOffered + scram.Name)}
        C: AUTH {scram.Name} {Base64($"n,,n=user,r={scram.Nonce}")}
        S: 334 {Base64(scram.ServerFirst)}
        C: {Base64(scram.ClientFinal)}

        """;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
