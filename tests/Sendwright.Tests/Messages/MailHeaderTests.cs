namespace Sendwright.Tests.Messages;

public sealed class MailHeaderTests
{
    [Theory]
    [InlineData("From", "EmailMessage.From")]
    [InlineData("sender", "EmailMessage.Sender")]
    [InlineData("REPLY-TO", "EmailMessage.ReplyTo")]
    [InlineData("To", "EmailMessage.To")]
    [InlineData("cc", "EmailMessage.Cc")]
    [InlineData("bcc", "EmailMessage.Bcc")]
    [InlineData("Subject", "EmailMessage.Subject")]
    [InlineData("date", "EmailMessage.Date")]
    [InlineData("Message-Id", "EmailMessage.MessageId")]
    [InlineData("Mime-Version", "the composer writes it")]
    [InlineData("Content-Type", "EmailMessage.Text, Html, Alternatives and Attachments")]
    [InlineData("content-anything", "EmailMessage.Text, Html, Alternatives and Attachments")]
    [InlineData("Resent-Bcc", "Envelope")]
    [InlineData("Return-Path", "Envelope.Sender")]
    public void A_header_that_a_property_owns_is_refused_and_the_property_named(string name, string expected)
    {
        var message = Assert.Throws<ArgumentException>(() => new MailHeader(name, "x")).Message;
        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Campaign")]
    [InlineData("List-Unsubscribe")]
    [InlineData("In-Reply-To")]
    [InlineData("!#$%&'*+-./0^_`|~")]
    public void Any_other_name_of_printable_ASCII_is_taken(string name) => Assert.Equal($"{name}: 7", new MailHeader(name, " 7\t").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("X Campaign")]
    [InlineData("X-Campaign:")]
    [InlineData("X-Ä")]
    [InlineData("From ")]
    [InlineData("X-\u007f")]
    public void What_is_no_header_name_is_refused(string name) => Assert.Throws<ArgumentException>(() => new MailHeader(name, "x"));

    [Fact]
    public void A_name_has_at_most_75_characters()
    {
        _ = new MailHeader(new string('X', 75), "x");
        Assert.Contains("76 characters", Assert.Throws<ArgumentException>(() => new MailHeader(new string('X', 76), "x")).Message, StringComparison.Ordinal);
    }
}
