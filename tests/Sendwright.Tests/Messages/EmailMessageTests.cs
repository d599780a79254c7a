namespace Sendwright.Tests.Messages;

public sealed class EmailMessageTests
{
    private static EmailMessage Simple => new() { From = "ann@example.com", To = ["bob@example.net"] };

    [Fact]
    public void A_list_that_changes_later_does_not_change_the_message()
    {
        var recipients = new List<EmailAddress> { "bob@example.net" };
        var headers = new List<MailHeader> { new("X-Own", "7") };
        var message = Simple with { To = recipients, Headers = headers };
        recipients.Add("eve@example.org");
        headers.Clear();
        Assert.Equal("bob@example.net", Assert.Single(message.To).Address);
        Assert.Equal("7", Assert.Single(message.Headers).Value);
        Assert.Throws<NotSupportedException>(() => ((IList<EmailAddress>)message.To).Add("eve@example.org"));
    }

    [Fact]
    public void Null_in_a_list_is_refused_by_the_list_s_name()
    {
        Assert.Contains("Cc holds null at index 1", Assert.Throws<ArgumentException>(() => Simple with { Cc = ["x@example.com", null!] }).Message, StringComparison.Ordinal);
        Assert.Equal("Bcc", Assert.Throws<ArgumentNullException>(() => Simple with { Bcc = null! }).ParamName);
        Assert.Throws<ArgumentNullException>(() => new EmailMessage { From = null! });
    }

    [Theory]
    [InlineData("<1@example.com>", "<1@example.com>")]
    [InlineData("1@example.com", "<1@example.com>")]
    [InlineData("a.b+c@[192.0.2.1]", "<a.b+c@[192.0.2.1]>")]
    public void A_message_id_gets_its_brackets(string given, string expected) => Assert.Equal(expected, (Simple with { MessageId = given }).MessageId);

    [Theory]
    [InlineData("")]
    [InlineData("<>")]
    [InlineData("1")]
    [InlineData("<1@>")]
    [InlineData("<@example.com>")]
    [InlineData("<1 2@example.com>")]
    [InlineData("<1@example.com> <2@example.com>")]
    [InlineData("<1@exämple.com>")]
    [InlineData("<<1@example.com>>")]
    [InlineData("<1@example.com")]
    [InlineData("1@[>]")]
    public void What_is_no_message_id_is_refused(string given) =>
        Assert.Contains("MessageId", Assert.Throws<ArgumentException>(() => Simple with { MessageId = given }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_message_id_that_would_overflow_its_line_is_refused() => Assert.Throws<ArgumentException>(() => Simple with { MessageId = new string('x', 990) + "@y" });

    [Fact]
    public void Prints_neither_its_text_nor_its_hidden_recipients()
    {
        var printed = (Simple with { Subject = "Reset\u202e", Text = "token-4711", Html = "token-4711", Bcc = ["hidden@example.org"] }).ToString();
        Assert.Equal("message from ann@example.com to 2 recipients, subject \"Reset\\u202E\"", printed);
    }
}
