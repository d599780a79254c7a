using Sendwright.Evidence;

namespace Sendwright.Tests.Explain;

/// <summary>Replies as people paste them: bare, quoted in a sentence, folded by a bounce.</summary>
public sealed class ReplyTextTests
{
    [Theory]
    [InlineData("535 5.7.8 Not this secret", MailStage.Auth)]
    [InlineData("534 5.7.9 Another secret please", MailStage.Auth)]
    [InlineData("454 4.7.0 Temporary authentication failure", MailStage.Auth)]
    [InlineData("538 5.7.11 Encryption required for this mechanism", MailStage.Auth)]
    [InlineData("530 5.7.0 Say STARTTLS first", MailStage.Sender)]
    [InlineData("550 5.1.8 Sender address rejected: no such domain", MailStage.Sender)]
    [InlineData("550 5.1.1 <bob@example.net>: nobody here", MailStage.Recipient)]
    [InlineData("452 4.5.3 Enough recipients", MailStage.Recipient)]
    [InlineData("554 5.7.1 <bob@example.net>: Relay access denied", MailStage.Recipient)]
    [InlineData("552 5.3.4 Larger than we take", MailStage.EndOfData)]
    [InlineData("554 5.7.1 Looks like spam", MailStage.EndOfData)]
    [InlineData("504 5.7.4 Unknown authentication type", MailStage.Auth)]
    [InlineData("504 5.5.2 <pc>: Helo command rejected", MailStage.Hello)]
    [InlineData("454 4.7.0 TLS not available", MailStage.Tls)]
    [InlineData("421 4.3.2 Too many connections", MailStage.Greeting)]
    [InlineData("550 refused, says the policy", MailStage.EndOfData)]
    public void A_reply_alone_belongs_to_the_stage_where_it_is_usual(string text, MailStage stage)
    {
        var fault = Reading.FaultIn(text);

        Assert.Equal((FaultKind.Refused, stage, text), (fault.Kind, fault.Stage, fault.Reply!.ToString()));
    }

    [Fact]
    public void All_lines_of_a_reply_belong_to_it()
    {
        var fault = Reading.FaultIn("550-5.7.26 This message has no signature\n550-5.7.26 that we know.\n550 5.7.26 Ask your postmaster.");

        Assert.Equal("550 5.7.26 This message has no signature that we know. Ask your postmaster.", fault.Reply!.ToString());
    }

    [Fact]
    public void Lines_that_were_joined_into_one_are_taken_apart() => Assert.Equal(
        ["550-5.7.26 No signature", "550-5.7.26 that we know.", "550 5.7.26 Ask."],
        Reading.FaultIn("host mx.example.net[192.0.2.1] said: 550-5.7.26 No signature 550-5.7.26 that we know. 550 5.7.26 Ask. (in reply to end of DATA command)").Reply!.WireLines);

    [Theory]
    [InlineData("(in reply to RCPT TO command)", MailStage.Recipient)]
    [InlineData("(in reply to MAIL FROM command)", MailStage.Sender)]
    [InlineData("(in reply to end of DATA command)", MailStage.EndOfData)]
    public void A_bounce_says_which_command_was_refused(string tail, MailStage stage)
    {
        var fault = Reading.FaultIn($"<bob@example.net>: host mx.example.net[192.0.2.1] said: 550 5.7.1\n    Not today {tail}");

        Assert.Equal((stage, "550 5.7.1 Not today"), (fault.Stage, fault.Reply!.ToString()));
    }

    [Theory]
    [InlineData("Error: Invalid login: 535-5.7.8 Not this secret\n535 5.7.8  see our help", "Refused at Auth: 535 5.7.8 Not this secret see our help")]
    [InlineData("Error: Mail command failed: 553 5.7.1 Not your address", "Refused at Sender: 553 5.7.1 Not your address")]
    [InlineData("Error: Message failed: 554 5.6.0 Broken", "Refused at EndOfData: 554 5.6.0 Broken")]
    [InlineData("Can't send mail - all recipients were rejected: 550 5.1.1 Gone", "Refused at Recipient: 550 5.1.1 Gone")]
    [InlineData("Expected response code(s) [250] but got response [530 5.7.0 Say STARTTLS [here] first] in Mailer.php", "Refused at Sender: 530 5.7.0 Say STARTTLS [here] first")]
    [InlineData("mailer: send failed err=\"535 Who are you\"", "Refused at Auth: 535 Who are you")]
    [InlineData("NOQUEUE: reject: RCPT from pc.example.com[192.0.2.5]: 554 5.7.1 Not from there", "Refused at Recipient: 554 5.7.1 Not from there")]
    public void A_reply_inside_a_sentence_is_found_with_what_the_sentence_says_of_it(string text, string told) => Assert.Equal(told, Reading.Told(text));

    [Fact]
    public void An_enhanced_code_without_a_code_is_a_reply_too()
    {
        var fault = Reading.FaultIn("AuthenticationInvalidCredentials: 5.7.8 Not this secret");

        Assert.Equal("5.7.8", fault.Reply!.EnhancedCode.ToString());
        Assert.Contains("does not show", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Internal Server Error")]
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    [InlineData("192.0.2.1 - - [22/Nov/2026:10:00:00 +0000] \"POST /send HTTP/1.1\" 502 Bad Gateway sent mail")]
    [InlineData("404 not found, says the mail page")]
    [InlineData("Processed 550 mails in 421 ms on port 587")]
    [InlineData("nginx 5.7.1 mail module loaded")]
    [InlineData("250 2.0.0 Ok: queued as 4F1B2")]
    [InlineData("smtp[123]: 4F1B2: to=<bob@example.net>, relay=mx.example.net[192.0.2.1]:25, dsn=2.0.0, status=sent (250 2.0.0 Ok)")]
    public void What_only_looks_like_a_refusal_is_none(string text) => Reading.TellsNothing(text);
}
