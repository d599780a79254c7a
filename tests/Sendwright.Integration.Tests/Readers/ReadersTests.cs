using System.Text;
using Sendwright.Messages;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>
/// What we compose is what the readers of the world see, field by field. The few differences that are a reader's own, and what is compared instead, are told in
/// docs/reference/readers.md.
/// </summary>
public sealed class ReadersTests(ReadersFixture readers) : IClassFixture<ReadersFixture>
{
    /// <summary>A name with more, blanks not counted, may need a second encoded-word: one in base64 holds 45, behind "Reply-To: " 39.</summary>
    private const int OctetsInOneEncodedWord = 30;

    /// <summary>On a line of 76, a longer name leaves too little room for an encoded-word.</summary>
    private const int LongestNameBesideEncodedWord = 50;

    public static TheoryData<string> Names => [.. ComposedMessages.All.Keys];

    /// <summary>What Python reports although it reads what was meant.</summary>
    private static string[] HarmlessDefects =>
    [
        // The plain file name beside the one of RFC 2231, for readers that do not know that.
        "Content-Disposition: duplicate parameter name; duplicate ignored",
        // RFC 6532 allows them; the package knows only RFC 5322.
        "From: local-part contains non-ASCII characters)",
        "To: local-part contains non-ASCII characters)",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Python_s_email_package_reads_what_was_meant(string name)
    {
        var read = readers.ByPython[ReadersFixture.FileOf(name)];
        AssertEqual(Normal(Meant(name), PythonName), WithoutBlankOfFold(Normal(read, PythonName)));
        Assert.Empty(read.Defects.Except(HarmlessDefects));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Mailparser_reads_what_was_meant(string name)
    {
        var read = readers.ByMailparser[ReadersFixture.FileOf(name)];
        AssertEqual(EmptyIsAbsent(Normal(Meant(name), SameName)), EmptyIsAbsent(Normal(read, SameName)));
    }

    /// <summary>What the author meant, in the form of what a reader sees.</summary>
    private ReadMessage Meant(string name)
    {
        var message = ComposedMessages.All[name];
        var composed = readers.Composed[name];
        return new ReadMessage
        {
            From = Mailboxes([message.From]),
            Sender = Mailboxes(message.Sender is null ? [] : [message.Sender]),
            ReplyTo = Mailboxes(message.ReplyTo),
            To = Mailboxes(message.To),
            Cc = Mailboxes(message.Cc),
            Bcc = [],
            Subject = message.Subject,
            Date = composed.Date,
            MessageId = composed.MessageId,
            // A message always has a body.
            Text = message.Text ?? (message is { Html: null, Attachments: [] } ? "" : null),
            Html = message.Html,
            Headers = [.. message.Headers.Where(header => header.Name.StartsWith("X-", StringComparison.Ordinal)).Select(header => new ReadHeader(header.Name, header.Value))],
            Attachments = [.. message.Attachments.Select(file => new ReadAttachment(
                file.FileName, file.ContentType.Split(';')[0], file.ContentId, file.IsInline, Convert.ToBase64String(((AttachmentContent.InMemory)file.Content).Octets.Span)))],
        };
    }

    /// <summary>The forms that mean the same brought to one.</summary>
    private static ReadMessage Normal(ReadMessage message, Func<string?, string?> nameOf)
    {
        var isOnePart = message.Attachments.Count == 0 && (string.IsNullOrEmpty(message.Text) || string.IsNullOrEmpty(message.Html));
        return message with
        {
            From = Addresses(message.From),
            Sender = Addresses(message.Sender),
            ReplyTo = Addresses(message.ReplyTo),
            To = Addresses(message.To),
            Cc = Addresses(message.Cc),
            // A header has whole seconds.
            Date = message.Date is { } date ? DateTimeOffset.FromUnixTimeSeconds(date.ToUnixTimeSeconds()) : null,
            Text = Lines(message.Text, isOnePart),
            Html = Lines(message.Html, isOnePart),
            Headers = [.. message.Headers.Select(header => header with { Name = header.Name.ToLowerInvariant() }).OrderBy(header => header.Name, StringComparer.Ordinal)],
        };

        IReadOnlyList<ReadMailbox> Addresses(IReadOnlyList<ReadMailbox> mailboxes) =>
            [.. mailboxes.Select(mailbox => new ReadMailbox(nameOf(mailbox.Name), InALabels(mailbox.Address)))];
    }

    // Python 3.11 takes the blank of a fold right behind the colon for part of the value; only a name this long makes us fold there.
    private static ReadMessage WithoutBlankOfFold(ReadMessage message) => message with
    {
        Headers = [.. message.Headers.Select(header => header.Name.Length > LongestNameBesideEncodedWord ? header with { Value = header.Value.TrimStart() } : header)],
    };

    // mailparser leaves out what is empty: an empty header, an empty body.
    private static ReadMessage EmptyIsAbsent(ReadMessage message) => message with
    {
        Subject = message.Subject is "" ? null : message.Subject,
        Text = message.Text is "" ? null : message.Text,
        Html = message.Html is "" ? null : message.Html,
        Headers = [.. message.Headers.Where(header => header.Value.Length > 0)],
    };

    private static void AssertEqual(ReadMessage meant, ReadMessage read)
    {
        Assert.Equal(meant.From, read.From);
        Assert.Equal(meant.Sender, read.Sender);
        Assert.Equal(meant.ReplyTo, read.ReplyTo);
        Assert.Equal(meant.To, read.To);
        Assert.Equal(meant.Cc, read.Cc);
        Assert.Empty(read.Bcc);
        Assert.Equal(meant.Subject, read.Subject);
        Assert.Equal(meant.Date, read.Date);
        Assert.Equal(meant.MessageId, read.MessageId);
        Assert.Equal(meant.Text, read.Text);
        Assert.Equal(meant.Html, read.Html);
        Assert.Equal(meant.Headers, read.Headers);
        Assert.Equal(meant.Attachments, read.Attachments);
    }

    private static string? SameName(string? name) => name;

    // Python keeps the blank between two encoded-words of one name, which RFC 2047, 6.2 says to ignore.
    private static string? PythonName(string? name)
    {
        var letters = name?.Replace(" ", "", StringComparison.Ordinal) ?? "";
        return !Ascii.IsValid(letters) && Encoding.UTF8.GetByteCount(letters) > OctetsInOneEncodedWord ? letters : name;
    }

    // mailparser turns A-labels back into Unicode.
    private static string InALabels(string address) =>
        EmailAddress.TryParse(address, out var mailbox) ? $"{mailbox.LocalPart}@{mailbox.AsciiDomain}" : address;

    // Line ends mean the same; the body of a message that is one part ends with one, because the last line of a message does.
    private static string? Lines(string? text, bool isOnePart)
    {
        var lines = text?.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return isOnePart && lines is not null && lines.EndsWith('\n') ? lines[..^1] : lines;
    }

    private static ReadMailbox[] Mailboxes(IEnumerable<EmailAddress> mailboxes) =>
        [.. mailboxes.Select(mailbox => new ReadMailbox(mailbox.Name, mailbox.Address))];
}
