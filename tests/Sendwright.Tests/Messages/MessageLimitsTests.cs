using Sendwright.Tests.Mime;

namespace Sendwright.Tests.Messages;

public sealed class MessageLimitsTests
{
    public static TheoryData<string, string> Exceeded => new() { { "To", "1,001 entries; at most 1,000" }, { "Cc", "1,001 entries; at most 1,000" }, { "ReplyTo", "1,001 entries; at most 1,000" }, { "Bcc", "10,001 entries; at most 10,000" }, };

    [Fact]
    public void What_is_at_the_limit_is_taken_and_composed()
    {
        var message = Wire.Simple with
        {
            To = Mailboxes(MessageLimits.MaxMailboxesPerField),
            Bcc = Mailboxes(MessageLimits.MaxRecipients - MessageLimits.MaxMailboxesPerField, "hidden"),
            Subject = new string('s', MessageLimits.MaxSubjectLength),
            Headers = [new MailHeader(new string('X', MessageLimits.MaxHeaderNameLength), new string('字', MessageLimits.MaxHeaderValueLength)), .. Enumerable.Repeat(new MailHeader("X-Own", "7"), MessageLimits.MaxHeaders - 1)],
            Attachments = [Attachment.FromBytes(new string('f', MessageLimits.MaxFileNameLength), default) with { ContentId = new string('c', MessageLimits.MaxContentIdLength) }, .. Enumerable.Repeat(Attachment.FromBytes("a", default), MessageLimits.MaxAttachments - 1)],
            MessageId = new string('m', MessageLimits.MaxMessageIdLength - 2) + "@x",
        };
        Assert.Equal(MessageLimits.MaxRecipients, Envelope.For(message).Recipients.Count);
        _ = StrictMessage.Shape(Wire.Octets(Wire.Compose(message)));
    }

    [Fact]
    public void A_value_of_any_script_at_the_limit_stays_within_one_field()
    {
        var field = Wire.Field(Wire.Simple with { Headers = [new MailHeader("X-Own", new string('字', MessageLimits.MaxHeaderValueLength))] }, "X-Own");
        Assert.InRange(field.Length, MessageLimits.MaxHeaderValueLength, MessageLimits.MaxFieldOctets);
    }

    [Theory]
    [MemberData(nameof(Exceeded))]
    public void Too_many_mailboxes_are_refused_by_the_property_s_name_and_the_count(string property, string expected)
    {
        var refusal = Assert.Throws<ArgumentException>(() => property switch
        {
            "To" => Wire.Simple with { To = Mailboxes(1_001) },
            "Cc" => Wire.Simple with { Cc = Mailboxes(1_001) },
            "ReplyTo" => Wire.Simple with { ReplyTo = Mailboxes(1_001) },
            _ => Wire.Simple with { Bcc = Mailboxes(10_001) },
        });
        Assert.StartsWith($"{property} has {expected}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recipients_are_counted_over_all_fields()
    {
        var message = Wire.Simple with { To = Mailboxes(1), Bcc = Mailboxes(MessageLimits.MaxRecipients, "hidden") };
        Assert.Contains("10,001 entries; at most 10,000 are allowed. Send the message in several parts.", Assert.Throws<ArgumentException>(() => Envelope.For(message)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Envelope { Recipients = Mailboxes(MessageLimits.MaxRecipients + 1) });
    }

    [Fact]
    public void Each_text_over_its_limit_is_named_with_its_length()
    {
        AssertRefused("Subject", "2,001 characters; at most 2,000", () => Wire.Simple with { Subject = new string('s', MessageLimits.MaxSubjectLength + 1) });
        AssertRefused("The header name", "76 characters; at most 75", () => new MailHeader(new string('X', MessageLimits.MaxHeaderNameLength + 1), ""));
        AssertRefused("The value of the header X-Own", "16,385 characters; at most 16,384", () => new MailHeader("X-Own", new string('v', MessageLimits.MaxHeaderValueLength + 1)));
        AssertRefused("FileName", "256 characters; at most 255", () => Attachment.FromBytes(new string('f', MessageLimits.MaxFileNameLength + 1), default));
        AssertRefused("ContentId", "not 1 to 250 characters", () => Attachment.FromBytes("a", default) with { ContentId = new string('c', MessageLimits.MaxContentIdLength + 1) });
        AssertRefused("ContentType", "is not type/subtype", () => Attachment.FromBytes("a", default, "text/" + new string('c', MessageLimits.MaxContentTypeLength)));
        AssertRefused("MessageId", "at most 900 characters", () => Wire.Simple with { MessageId = new string('m', MessageLimits.MaxMessageIdLength) + "@x" });
        AssertRefused("The group name", "1,001 characters; at most 1,000", () => new AddressGroup(new string('g', MessageLimits.MaxDisplayNameLength + 1), []));
        AssertRefused("Headers", "501 entries; at most 500", () => Wire.Simple with { Headers = [.. Enumerable.Repeat(new MailHeader("X-Own", "7"), MessageLimits.MaxHeaders + 1)] });
        AssertRefused("Attachments", "1,001 entries; at most 1,000", () => Wire.Simple with { Attachments = [.. Enumerable.Repeat(Attachment.FromBytes("a", default), MessageLimits.MaxAttachments + 1)] });
        Assert.Contains("1,001 characters; at most 1,000", Assert.Throws<FormatException>(() => new EmailAddress("a@x.example", new string('n', MessageLimits.MaxDisplayNameLength + 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_over_its_limit_is_refused_while_it_is_read()
    {
        Assert.Contains("has more than 10,000 members", Assert.Throws<FormatException>(() => AddressList.Parse(string.Concat(Enumerable.Repeat("a@x.example,", 20_000)))).Message, StringComparison.Ordinal);
        Assert.Contains("has more than 10,000 members", Assert.Throws<FormatException>(() => AddressList.Parse(string.Concat(Enumerable.Repeat("a:;,", 20_000)))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => AddressList.Create(Mailboxes(MessageLimits.MaxRecipients + 1)));
    }

    [Fact]
    public void A_field_that_servers_would_cut_is_refused_when_it_is_written()
    {
        var message = Wire.Simple with { To = [.. Enumerable.Range(0, 1_000).Select(index => new EmailAddress($"recipient{index}@example.com", new string('n', 100)))] };
        var refusal = Assert.Throws<ArgumentException>(() => Wire.Compose(message)).Message;
        Assert.Matches("The header field To has 1[0-9]{2},[0-9]{3} octets; at most 102,400 are allowed, because servers cut a longer one", refusal);
    }

    [Fact]
    public void A_header_that_servers_would_refuse_is_refused_when_it_is_written()
    {
        var message = Wire.Simple with { Headers = [.. Enumerable.Repeat(new MailHeader("X-Own", new string('v', 1_000)), 300)] };
        Assert.Contains("octets; at most 262,144 are allowed, because servers refuse a longer one", Assert.Throws<ArgumentException>(() => Wire.Compose(message)).Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string thing, string expected, Func<object> make)
    {
        var message = Assert.Throws<ArgumentException>(make).Message;
        Assert.StartsWith(thing, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private static EmailAddress[] Mailboxes(int count, string local = "recipient") => [.. Enumerable.Range(0, count).Select(index => new EmailAddress($"{local}{index}@example.com"))];
}
