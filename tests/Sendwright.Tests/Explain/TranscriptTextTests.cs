using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Tests.Explain;

/// <summary>Sessions as logs and tools print them; one session in the marks of each.</summary>
public sealed class TranscriptTextTests
{
    private static readonly (bool FromServer, string Words)[] Session =
    [
        (true, "220 mail.example.org ESMTP"),
        (false, "EHLO client.example.com"),
        (true, "250-mail.example.org"),
        (true, "250-STARTTLS"),
        (true, "250 SIZE 1000"),
        (false, "STARTTLS"),
        (true, "220 2.0.0 Go on"),
        (false, "EHLO client.example.com"),
        (true, "250-mail.example.org"),
        (true, "250 AUTH PLAIN"),
        (false, "MAIL FROM:<app@example.com>"),
        (true, "250 2.1.0 Ok"),
        (false, "RCPT TO:<bob@example.net>"),
        (true, "554 5.7.1 <bob@example.net>: Relay access denied"),
    ];

    public static TheoryData<string, string> Marks() => new()
    {
        { "S: ", "C: " },
        { "<< ", ">> " },
        { "<<< ", ">>> " },
        { "<- ", "-> " },
        { "<-  ", " -> " },
        { "< ", "> " },
        { "SERVER -> CLIENT: ", "CLIENT -> SERVER: " },
        { "2026-11-22 10:00:01  SERVER -> CLIENT: ", "2026-11-22 10:00:01  CLIENT -> SERVER: " },
        { "[2026-11-22 10:00:01] DEBUG [fkWx31] S: ", "[2026-11-22 10:00:01] DEBUG [fkWx31] C: " },
        { "S ", "C " },
        { "", "" },
    };

    [Theory]
    [MemberData(nameof(Marks))]
    public void A_session_is_read_whatever_marks_its_sides(string server, string client)
    {
        var text = string.Join('\n', Session.Select(line => (line.FromServer ? server : client) + line.Words));

        var attempt = Reading.AttemptIn(text);

        Assert.Equal("220 mail.example.org ESMTP", attempt.Greeting!.ToString());
        Assert.True(attempt.CapabilitiesBeforeTls!.StartTls);
        Assert.Equal(["PLAIN"], attempt.CapabilitiesAfterTls!.AuthMechanisms);
        Assert.Equal(ConnectionSecurity.StartTls, attempt.Security);
        Assert.Equal((FaultKind.Refused, MailStage.Recipient, "RCPT TO:<bob@example.net>"), (attempt.Fault!.Kind, attempt.Fault.Stage, attempt.Fault.Command));
        Assert.Equal(6, attempt.Exchanges.Count);
    }

    [Fact]
    public void A_session_on_one_line_is_read_too() => Assert.Equal(
        "Refused at Auth: 535 5.7.8 Not you",
        Reading.Told("log: >> AUTH LOGIN << 334 VXNlcm5hbWU6 >> YW5u << 334 UGFzc3dvcmQ6 >> aHVudGVy << 535 5.7.8 Not you"));

    [Fact]
    public void Replies_to_a_pipelined_group_come_in_the_order_of_its_commands()
    {
        var fault = Reading.FaultIn("""
            C: MAIL FROM:<app@example.com>
            C: RCPT TO:<bob@example.net>
            C: DATA
            S: 250 2.1.0 Ok
            S: 550 5.1.1 Nobody
            S: 554 5.5.1 No valid recipients
            """);

        Assert.Equal((MailStage.Recipient, "RCPT TO:<bob@example.net>"), (fault.Stage, fault.Command));
    }

    [Fact]
    public void A_mechanism_refused_before_another_worked_is_no_failure() => Reading.TellsNothing("""
        C: AUTH CRAM-MD5
        S: 504 5.7.4 Not that one
        C: AUTH PLAIN AGFubgBodW50ZXI=
        S: 235 2.7.0 Welcome
        C: MAIL FROM:<app@example.com>
        S: 250 2.1.0 Ok
        C: QUIT
        S: 221 2.0.0 Bye
        """);

    [Fact]
    public void One_refused_recipient_of_two_is_a_failure() => Assert.Equal("Refused at Recipient: 550 5.1.1 Nobody", Reading.Told("""
        C: RCPT TO:<nobody@example.net>
        S: 550 5.1.1 Nobody
        C: RCPT TO:<bob@example.net>
        S: 250 2.1.5 Ok
        C: DATA
        S: 354 Go on
        S: 250 2.0.0 Taken
        """));

    [Fact]
    public void What_an_offer_lacks_is_told_only_where_an_offer_is_shown()
    {
        var shown = Reading.AttemptIn("C: EHLO pc\nS: 250-mail.example.org\nS: 250 SIZE 1000\nSTARTTLS extension not supported by server.");
        var notShown = Reading.AttemptIn("STARTTLS extension not supported by server.");

        Assert.False(shown.Capabilities!.StartTls);
        Assert.Null(notShown.Capabilities);
    }

    [Fact]
    public void The_content_of_a_message_is_never_evidence()
    {
        var attempt = Reading.AttemptIn("""
            C: DATA
            S: 354 Go on
            C: Subject: our merger with Initech
            C: MAIL FROM:<not a command>
            C: .
            S: 554 5.7.1 Looks like spam
            """);

        Assert.Equal("554 5.7.1 Looks like spam", attempt.Fault!.Reply!.ToString());
        Assert.DoesNotContain(attempt.Exchanges, exchange => exchange.Command?.Contains("merger", StringComparison.Ordinal) == true || exchange.Command?.Contains("MAIL", StringComparison.Ordinal) == true);
    }
}
