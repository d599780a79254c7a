using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sendwright.Messages;
using Sendwright.Mime.Reading;

namespace Sendwright.Tests.Mime.Reading;

public sealed class RoundTripTests
{
    [Fact]
    public void What_the_composer_writes_is_read_back_as_it_was_meant() =>
        Prop.ForAll(Messages, message => AssertSame(message, ParsedMessage.Read(Wire.Octets(Wire.Compose(message))))).QuickCheckThrowOnFailure();

    [Fact]
    public void So_is_what_few_messages_have()
    {
        var message = Wire.Simple with
        {
            Sender = "\"Lee, Zoë\" <zoe@example.com>",
            ReplyTo = ["answers@example.com"],
            Cc = AddressList.Parse("Nobody:;"),
            Date = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(-3.5)),
            MessageId = "1@example.com",
            InReplyTo = "2@example.org",
            References = ["0@example.org", "2@example.org"],
        };
        var read = ParsedMessage.Read(Wire.Octets(Wire.Compose(message)));

        Assert.Equal(message.Sender, read.Sender);
        Assert.Equal(message.ReplyTo, read.ReplyTo);
        Assert.Equal(message.Cc, read.Cc);
        Assert.Equal(message.Date, read.Date);
        Assert.Equal(message.Date!.Value.Offset, read.Date!.Value.Offset);
        Assert.Equal("<1@example.com>", read.MessageId);
        Assert.Equal("<2@example.org>", read.InReplyTo);
        Assert.Equal(["<0@example.org>", "<2@example.org>"], read.References);
        Assert.Empty(read.Bcc);
        Assert.Null(read.Subject);
    }

    [Fact]
    public void Messages_attached_to_one_another_are_read_as_deep_as_they_can_be_composed()
    {
        var message = Wire.Simple with { Subject = "0" };
        for (var depth = 1; depth <= 16; depth++)
            message = Wire.Simple with { Subject = $"{depth}", Attachments = [Attachment.FromMessage(message)] };

        var read = ParsedMessage.Read(Wire.Octets(Wire.Compose(message)));
        for (var depth = 16; depth > 0; depth--)
        {
            Assert.Equal($"{depth}", read.Subject);
            read = Assert.Single(read.Attachments).Message!;
        }

        Assert.Equal("0", read.Subject);
    }

    private static Arbitrary<EmailMessage> Messages
    {
        get
        {
            var texts = Texts.HeaderValues.Generator;
            var bodies = Gen.OneOf(Texts.Bodies.Generator.Select(string? (text) => text), Gen.Constant<string?>(null));
            var mailboxes = Texts.Names.Generator.Select(name => new EmailAddress("someone@example.com", name));
            var lists = from alone in mailboxes.ListOf(2)
                        from groupName in Texts.Names.Generator
                        from members in mailboxes.ListOf()
                        select AddressList.Create([.. alone]).Add(new AddressGroup("g" + groupName, [.. members.Take(5)])).Add(new EmailAddress("last@example.com"));
            var attachments = from name in Texts.Names.Generator
                              from octets in ArbMap.Default.GeneratorFor<byte[]>()
                              from kind in Gen.Choose(0, 2)
                              select kind switch
                              {
                                  0 => Attachment.FromBytes("f" + name, octets),
                                  1 => Attachment.FromBytes("f" + name, octets, "text/plain; charset=utf-8") with { IsInline = true, ContentId = "part@example.com" },
                                  _ => Attachment.FromMessage(new EmailMessage { From = "eve@example.org", Subject = name, Text = name }, "f" + name),
                              };
            return (from to in lists
                    from cc in mailboxes.ListOf(2)
                    from name in Texts.Names.Generator
                    from subject in texts
                    from own in texts
                    from text in bodies
                    from html in bodies
                    from other in bodies
                    from files in attachments.ListOf()
                    select new EmailMessage
                    {
                        From = new EmailAddress("ann@bücher.example", name),
                        To = to,
                        Cc = [.. cc],
                        Bcc = ["hidden@example.org"],
                        Subject = subject,
                        Headers = [new MailHeader("X-Own", own), new MailHeader("X-Own", subject)],
                        Text = text,
                        Html = html,
                        Alternatives = other is null ? [] : [Alternative.Amp(other)],
                        Attachments = [.. files.Take(4)],
                    }).ToArbitrary();
        }
    }

    private static void AssertSame(EmailMessage sent, ParsedMessage read)
    {
        Assert.Equal([sent.From.WireAddress], read.From.Select(mailbox => mailbox.WireAddress));
        Assert.Equal(sent.From.Name, read.From[0].Name);
        Assert.Equal(sent.To, read.To);
        Assert.Equal(sent.Cc, read.Cc);
        Assert.Empty(read.Bcc);
        Assert.Equal(sent.Subject, read.Subject);
        Assert.Equal(sent.Headers.Select(header => header.Value), read.Headers.All("x-own").Select(header => header.Value));

        var isAlone = read.Body.Parts.Count == 0;
        var hasNothing = sent is { Text: null, Html: null, Alternatives: [], Attachments: [] };
        AssertSameText(hasNothing ? "" : sent.Text, read.Text, isAlone);
        AssertSameText(sent.Html, read.Html, isAlone);
        Assert.Equal(sent.Alternatives.Count, read.Alternatives.Count);
        foreach (var (meant, found) in sent.Alternatives.Zip(read.Alternatives))
        {
            Assert.Equal(meant.ContentType, found.ContentType);
            AssertSameText(meant.Text, found.Text, isAlone);
        }

        // Those that travel with the HTML come before the others.
        var files = sent.Attachments.OrderBy(file => sent.Html is null || file.ContentId is null).ToList();
        Assert.Equal(files.Count, read.Attachments.Count);
        foreach (var (meant, found) in files.Zip(read.Attachments))
            AssertSameFile(meant, found);
    }

    private static void AssertSameFile(Attachment sent, ParsedPart read)
    {
        Assert.Equal(sent.FileName, read.FileName);
        Assert.Equal(sent.ContentId, read.ContentId);
        Assert.Equal(sent.IsInline, read.IsInline);
        Assert.Equal(sent.ContentType.Split(';')[0], read.ContentType);
        if (sent.Message is { } message)
        {
            AssertSame(message, read.Message!);
            return;
        }

        Assert.Equal(Assert.IsType<AttachmentContent.InMemory>(sent.Content).Octets.ToArray(), read.Content.ToArray());
    }

    // A line end of any kind is CRLF on the wire, and half of a surrogate pair U+FFFD. A message always ends with a line end.
    private static void AssertSameText(string? sent, string? read, bool isAlone)
    {
        var canonical = sent is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(sent)).Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Equal(isAlone && canonical is not null && read == canonical + "\r\n" ? read : canonical, read);
    }
}
