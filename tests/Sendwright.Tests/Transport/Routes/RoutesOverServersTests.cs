using Sendwright.Diagnosis;
using Sendwright.Mime;
using Sendwright.Settings;
using Sendwright.Testing;
using Sendwright.Tests.Smtp;
using Sendwright.Transport;

namespace Sendwright.Tests.Transport.Routes;

/// <summary>What real conversations lead to: the same replies that a single route diagnoses.</summary>
public sealed class RoutesOverServersTests
{
    private const string Hello = """
        S: 220 mail.example.com ESMTP
        C: EHLO *
        S: 250 mail.example.com

        """;

    private const string Accepting = Hello + """
        C: MAIL FROM:<ann@example.com>
        S: 250 ok
        C: RCPT TO:<bob@example.net>
        S: 250 ok
        C: DATA
        S: 354 go
        DATA
        S: 250 2.0.0 queued as 7
        C: QUIT
        S: 221 bye
        """;

    private static readonly Envelope ToBob = new() { Sender = "ann@example.com", Recipients = ["bob@example.net"] };

    private static readonly IMessageContent Content = new MimeComposer(TimeProvider.System).Compose(Sending.Message);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static MailRoute To(ScriptedSmtpServer server, string name, int order) =>
        new() { Name = name, Order = order, Transport = new SmtpTransport(Sending.SettingsFor(server, ConnectionSecurity.None, hasLogin: false)) };

    [Theory]
    [InlineData("S: 421 4.3.2 too many connections\nCLOSE", FaultCodes.ServerBusy)]
    [InlineData("S: 554 5.7.1 no service for you\nCLOSE", FaultCodes.ServerRejectsClient)]
    [InlineData("CLOSE", FaultCodes.ConnectionReset)]
    [InlineData(Hello + "C: MAIL FROM:<ann@example.com>\nS: 451 4.7.1 rate limit exceeded, slow down\nC: QUIT\nS: 221 bye", FaultCodes.RateLimited)]
    [InlineData(Hello + "C: MAIL FROM:<ann@example.com>\nS: 550 5.4.5 daily sending limit exceeded\nC: QUIT\nS: 221 bye", FaultCodes.QuotaExceeded)]
    [InlineData(Hello + "C: MAIL FROM:<ann@example.com>\nS: 553 5.7.1 sender address rejected: not owned by user\nC: QUIT\nS: 221 bye", FaultCodes.SenderNotAllowed)]
    [InlineData(Hello + "C: MAIL FROM:<ann@example.com>\nS: 452 4.3.1 insufficient system storage\nC: QUIT\nS: 221 bye", FaultCodes.ServerBusy)]
    [InlineData(Hello + "C: MAIL FROM:<ann@example.com>\nS: 250 ok\nC: RCPT TO:<bob@example.net>\nS: 554 5.7.1 relay access denied\nC: QUIT\nS: 221 bye", FaultCodes.RelayDenied)]
    [InlineData(Hello + "C: MAIL FROM:<ann@example.com>\nS: 250 ok\nC: RCPT TO:<bob@example.net>\nRESET", FaultCodes.ServerDisconnected)]
    public async Task Another_route_takes_what_this_server_cannot(string script, string code)
    {
        await using var primary = ScriptedSmtpServer.Start(script);
        await using var backup = ScriptedSmtpServer.Start(Accepting);
        await using var transport = new FailoverTransport([To(primary, "primary", 0), To(backup, "backup", 1)]);

        var receipt = await transport.SendAsync(ToBob, Content, Cancellation);

        Assert.Equal("backup", receipt.Route);
        Assert.Equal($"{backup.Host}:{backup.Port}", receipt.Server);
        Assert.Equal(code, Assert.Single(receipt.OtherRoutes).FaultCode);
        Assert.Single(backup.Messages);
        await transport.DisposeAsync();
        await backup.CompleteAsync(Cancellation);
    }

    [Theory]
    [InlineData("C: RCPT TO:<bob@example.net>\nS: 550 5.1.1 user unknown\nC: QUIT\nS: 221 bye", FaultCodes.RecipientRejected)]
    [InlineData("C: RCPT TO:<bob@example.net>\nS: 450 4.1.1 user unknown in virtual alias table\nC: QUIT\nS: 221 bye", FaultCodes.RecipientRejected)]
    [InlineData("C: RCPT TO:<bob@example.net>\nS: 452 4.2.2 mailbox full\nC: QUIT\nS: 221 bye", FaultCodes.MailboxFull)]
    [InlineData("C: RCPT TO:<bob@example.net>\nS: 451 4.7.1 greylisted, try again\nC: QUIT\nS: 221 bye", FaultCodes.Greylisted)]
    [InlineData("C: RCPT TO:<bob@example.net>\nS: 250 ok\nC: DATA\nS: 354 go\nDATA\nS: 554 5.7.1 message rejected as spam\nC: QUIT\nS: 221 bye", FaultCodes.ContentRejected)]
    [InlineData("C: RCPT TO:<bob@example.net>\nS: 250 ok\nC: DATA\nS: 354 go\nDATA\nS: 552 5.3.4 message too large\nC: QUIT\nS: 221 bye", FaultCodes.MessageTooLarge)]
    [InlineData("C: RCPT TO:<bob@example.net>\nS: 250 ok\nC: DATA\nS: 354 go\nDATA\nCLOSE", FaultCodes.OutcomeUnknown)]
    public async Task No_other_route_is_asked_for_what_it_could_not_cure(string script, string code)
    {
        await using var primary = ScriptedSmtpServer.Start(Hello + "C: MAIL FROM:<ann@example.com>\nS: 250 ok\n" + script);
        await using var backup = ScriptedSmtpServer.Start(Accepting);
        await using var transport = new FailoverTransport([To(primary, "primary", 0), To(backup, "backup", 1)]);

        var failure = await Assert.ThrowsAnyAsync<MailException>(() => transport.SendAsync(ToBob, Content, Cancellation));

        Assert.Equal((code, "primary"), (failure.Failure.FaultCode, failure.Failure.Route));
        Assert.Equal(code == FaultCodes.OutcomeUnknown, failure is MailOutcomeUnknownException);
        Assert.Empty(backup.Connections);
    }

    [Fact]
    public async Task A_recipient_who_was_refused_in_part_stays_refused()
    {
        await using var primary = ScriptedSmtpServer.Start(Hello + """
            C: MAIL FROM:<ann@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: RCPT TO:<cleo@example.net>
            S: 554 5.7.1 relay access denied
            C: DATA
            S: 354 go
            DATA
            S: 250 ok
            C: QUIT
            S: 221 bye
            """);
        await using var backup = ScriptedSmtpServer.Start(Accepting);
        await using var transport = new FailoverTransport([To(primary, "primary", 0), To(backup, "backup", 1)]);

        var receipt = await transport.SendAsync(ToBob with { Recipients = ["bob@example.net", "cleo@example.net"] }, Content, Cancellation);

        Assert.Equal("primary", receipt.Route);
        Assert.Equal([true, false], receipt.Recipients.Select(recipient => recipient.Accepted));
        Assert.Empty(backup.Connections);
    }

    [Fact]
    public async Task A_message_larger_than_one_server_takes_goes_to_one_that_takes_more()
    {
        await using var small = ScriptedSmtpServer.Start("""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250-mail.example.com
            S: 250 SIZE 10
            C: QUIT
            S: 221 bye
            """);
        await using var large = ScriptedSmtpServer.Start(Accepting);
        await using var transport = new FailoverTransport([To(small, "small", 0), To(large, "large", 1)]);

        var receipt = await transport.SendAsync(ToBob, Content, Cancellation);

        Assert.Equal("large", receipt.Route);
        Assert.Equal(FaultCodes.MessageTooLarge, Assert.Single(receipt.OtherRoutes).FaultCode);
    }

    [Fact]
    public async Task Where_nobody_listens_the_failure_has_every_servers_attempt()
    {
        using var one = new ClosedPort();
        using var two = new ClosedPort();
        await using var transport = new FailoverTransport([Closed(one, "one", 0), Closed(two, "two", 1)]);

        var failure = await Assert.ThrowsAsync<MailConnectException>(() => transport.SendAsync(ToBob, Content, Cancellation));

        Assert.Equal((FaultCodes.ConnectionRefused, "one"), (failure.Failure.FaultCode, failure.Failure.Route));
        Assert.Equal([one.Port, two.Port], failure.Diagnosis.Evidence.Attempts.Select(attempt => attempt.Port!.Value));
        Assert.Equal([FaultCodes.ConnectionRefused, FaultCodes.ConnectionRefused], failure.Diagnosis.Findings.Select(finding => finding.Code));
        Assert.Contains($"127.0.0.1:{two.Port}", failure.Message, StringComparison.Ordinal);

        static MailRoute Closed(ClosedPort port, string name, int order) => new()
        {
            Name = name,
            Order = order,
            Transport = new SmtpTransport(new MailSettings { Host = "127.0.0.1", Port = port.Port, Security = ConnectionSecurity.None }),
        };
    }

    [Fact]
    public async Task No_secret_of_any_route_is_in_the_failure_of_all()
    {
        var script = $"""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250-mail.example.com
            S: 250 AUTH PLAIN
            C: AUTH PLAIN *
            S: 535 5.7.8 no such login: ann/{Sending.Secret} ({Sending.SecretForms[2].TrimEnd('=')})
            C: QUIT
            S: 221 bye
            """;
        await using var one = ScriptedSmtpServer.Start(script);
        await using var two = ScriptedSmtpServer.Start(script);
        await using var transport = new FailoverTransport([WithLogin(one, "one"), WithLogin(two, "two")]);

        var failure = await Assert.ThrowsAsync<MailAuthenticationException>(() => transport.SendAsync(ToBob, Content, Cancellation));

        var everything = Sending.Everything(failure) + string.Join('\n', failure.Failure.OtherRoutes.SelectMany(other => other.Transcript.Append(other.ToString())));
        Assert.All(Sending.SecretForms, secret => Assert.DoesNotContain(secret, everything, StringComparison.Ordinal));

        static MailRoute WithLogin(ScriptedSmtpServer server, string name) =>
            new() { Name = name, Transport = new SmtpTransport(Sending.SettingsFor(server, ConnectionSecurity.None, hasLogin: true)) };
    }
}
