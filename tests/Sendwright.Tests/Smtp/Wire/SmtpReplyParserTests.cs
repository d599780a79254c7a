using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sendwright.Smtp.Wire;

namespace Sendwright.Tests.Smtp.Wire;

public sealed class SmtpReplyParserTests
{
    [Theory]
    [InlineData("250 OK\r\n", 250, "OK")]
    [InlineData("250\r\n", 250, "")]
    [InlineData("250 \r\n", 250, "")]
    [InlineData("250-one\r\n250 two\r\n", 250, "one two")]
    [InlineData("250-one\r\n250\r\n", 250, "one")]
    [InlineData("220 bare line feed\n", 220, "bare line feed")]
    [InlineData("534-5.7.9 Application-specific password required.\r\n534 5.7.9  See the page\r\n", 534, "5.7.9 Application-specific password required. See the page")]
    public void Reads_a_whole_reply(string bytes, int code, string text)
    {
        var (status, reply, consumed) = Parse(bytes);

        Assert.Equal(ReplyParseStatus.Complete, status);
        Assert.Equal((code, text), (reply!.Code, reply.Text));
        Assert.Equal(bytes.Length, consumed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("25")]
    [InlineData("250")]
    [InlineData("250 O")]
    [InlineData("250 OK\r")]
    [InlineData("250-one\r\n")]
    [InlineData("250-one\r\n250")]
    public void Waits_for_the_rest_of_a_reply(string bytes) => Assert.Equal(ReplyParseStatus.Incomplete, Parse(bytes).Status);

    [Theory]
    [InlineData("* OK IMAP4rev1\r\n")]
    [InlineData("+OK POP3\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("S")]
    [InlineData("\r\n")]
    [InlineData("25x OK\r\n")]
    [InlineData("150 no SMTP code begins with 1\r\n")]
    [InlineData("650 nor with 6\r\n")]
    [InlineData("2500 OK\r\n")]
    public void Knows_what_is_no_reply(string bytes) => Assert.Equal(ReplyParseStatus.NotAReply, Parse(bytes).Status);

    [Theory]
    [InlineData("250-one\r\n550 two\r\n")]
    [InlineData("250-one\r\nnonsense\r\n")]
    public void Refuses_a_reply_whose_lines_do_not_belong_together(string bytes) => Assert.Equal(ReplyParseStatus.Malformed, Parse(bytes).Status);

    [Fact]
    public void Refuses_a_line_and_a_reply_without_end()
    {
        Assert.Equal(ReplyParseStatus.Malformed, Parse("250 " + new string('x', SmtpReplyParser.MaxLineOctets)).Status);
        Assert.Equal(ReplyParseStatus.Malformed, Parse(string.Concat(Enumerable.Repeat("250-more\r\n", SmtpReplyParser.MaxLines + 1))).Status);
    }

    [Fact]
    public void Leaves_the_next_reply_in_the_buffer()
    {
        var (_, reply, consumed) = Parse("250 first\r\n354 second\r\n");

        Assert.Equal("250 first", reply!.ToString());
        Assert.Equal("250 first\r\n".Length, consumed);
    }

    [Fact]
    public void Shows_no_control_character_of_a_hostile_server()
    {
        var (_, reply, _) = Parse("250 \u001b[31mred\u0007 \u009bcsi\r\n");

        Assert.DoesNotContain(reply!.Text, char.IsControl);
    }

    [Theory]
    [InlineData("5.7.8 no", "5.7.8")]
    [InlineData("5.1.10 no", "5.1.10")]
    [InlineData("2.1.5 class differs from the code's", null)]
    [InlineData("5.7 no", null)]
    [InlineData("5.7.8x no", null)]
    [InlineData("no", null)]
    public void Reads_the_enhanced_code(string text, string? expected) => Assert.Equal(expected, new SmtpReply(550, text).EnhancedCode?.ToString());

    [Fact]
    public void Whatever_comes_is_read_without_an_exception_and_never_past_the_end() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            var status = SmtpReplyParser.TryParse(bytes, out var reply, out var consumed);
            return consumed >= 0 && consumed <= bytes.Length && (status == ReplyParseStatus.Complete) == (reply is not null);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_prefix_of_a_good_reply_is_never_taken_for_a_bad_one() =>
        Prop.ForAll(GoodReplies().ToArbitrary(), reply =>
        {
            var bytes = Encoding.ASCII.GetBytes(reply);
            return Enumerable.Range(0, bytes.Length).All(length => SmtpReplyParser.TryParse(bytes.AsSpan(0, length), out _, out _) == ReplyParseStatus.Incomplete)
                && SmtpReplyParser.TryParse(bytes, out _, out var consumed) == ReplyParseStatus.Complete && consumed == bytes.Length;
        }).QuickCheckThrowOnFailure();

    private static Gen<string> GoodReplies() =>
        from code in Gen.Choose(200, 559)
        from lines in Gen.NonEmptyListOf(Gen.Elements("", "OK", "5.7.1 no", "mail.example.com", "AUTH PLAIN LOGIN", "- dash", "a  b "))
        select string.Concat(lines.Select((line, index) => $"{code}{(index < lines.Count - 1 ? '-' : ' ')}{line}\r\n"));

    private static (ReplyParseStatus Status, SmtpReply? Reply, int Consumed) Parse(string bytes)
    {
        var status = SmtpReplyParser.TryParse(Encoding.UTF8.GetBytes(bytes), out var reply, out var consumed);
        return (status, reply, consumed);
    }
}
