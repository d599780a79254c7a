namespace Sendwright.Mime.Reading;

/// <summary>
/// A message read back from its octets (RFC 5322, 2045 to 2049, 2231, 3676). Whatever the octets are, there is a message: what is malformed is read as well as it can be, and
/// stays to be had as it stands.
/// </summary>
/// <remarks>
/// It is for tests, inboxes and the like. How a message goes out again is <see cref="RawMessage"/>'s business. What it says is what its sender wrote, and may be meant badly.
/// </remarks>
public sealed class ParsedMessage
{
    private readonly MessageForms _forms;

    private ParsedMessage(ParsedPart body)
    {
        Body = body;
        _forms = new MessageForms(body);
    }

    /// <summary>The header fields in their order.</summary>
    public ParsedHeaders Headers => Body.Headers;

    /// <summary>Who wrote it; empty where that cannot be read as an address list, as for the fields below. <see cref="Headers"/> has the text.</summary>
    public AddressList From => field ??= Addresses("From");

    /// <summary>Who sent it, where that is somebody else than who wrote it.</summary>
    public EmailAddress? Sender => Addresses("Sender") is [var first, ..] ? first : null;

    /// <summary>Who gets the answers.</summary>
    public AddressList ReplyTo => field ??= Addresses("Reply-To");

    /// <summary>Whom it is for.</summary>
    public AddressList To => field ??= Addresses("To");

    /// <summary>Who gets a copy.</summary>
    public AddressList Cc => field ??= Addresses("Cc");

    /// <summary>Who gets a hidden copy, where the header tells it against RFC 5322, 3.6.3.</summary>
    public AddressList Bcc => field ??= Addresses("Bcc");

    /// <summary>The subject, decoded; null where there is none.</summary>
    public string? Subject => Headers["Subject"];

    /// <summary>When it was written; null where that is missing or no date.</summary>
    public DateTimeOffset? Date => Headers.First("Date") is { } date ? DateReader.Read(date.Unfolded) : null;

    /// <summary>The Message-ID with its angle brackets; null where there is none.</summary>
    public string? MessageId => Ids("Message-ID") is [var first, ..] ? first : null;

    /// <summary>The Message-ID of the message that this one answers, the first of several; null where there is none.</summary>
    public string? InReplyTo => Ids("In-Reply-To") is [var first, ..] ? first : null;

    /// <summary>The Message-IDs of the conversation so far, oldest first, with angle brackets.</summary>
    public IReadOnlyList<string> References => Ids("References");

    /// <summary>The message as a part: its content, or the tree of its parts.</summary>
    public ParsedPart Body { get; }

    /// <summary>The plain text, the first one that is no file; null where there is none. <see cref="ParsedPart.Text"/> says how it is read.</summary>
    public string? Text => _forms.Text?.Text;

    /// <summary>The HTML, the first one that is no file; null where there is none.</summary>
    public string? Html => _forms.Html?.Text;

    /// <summary>Other forms of the text, such as AMP or a calendar object: <c>text/*</c> without a file name.</summary>
    public IReadOnlyList<ParsedPart> Alternatives => _forms.Alternatives;

    /// <summary>All other parts that hold something, pictures in the text included: see <see cref="ParsedPart.IsInline"/>.</summary>
    public IReadOnlyList<ParsedPart> Attachments => _forms.Attachments;

    /// <summary>Reads a message. Lines may end with CRLF or LF.</summary>
    /// <param name="octets">The message. It is not copied: it must not change as long as what was read is in use.</param>
    public static ParsedMessage Read(ReadOnlyMemory<byte> octets) => Read(octets, messageDepth: 0);

    /// <summary>Author, subject and number of attachments; not the text, which may hold what no log should.</summary>
    public override string ToString() =>
        $"message from {Headers["From"] ?? "nobody"}, subject {Messages.VisibleText.Quote(Subject ?? "")}, {Attachments.Count} attachments";

    internal static ParsedMessage Read(ReadOnlyMemory<byte> octets, int messageDepth) => new(PartScanner.Scan(octets, messageDepth));

    private AddressList Addresses(string name) => AddressFields.Read(Headers, name);

    private List<string> Ids(string name) => Headers.First(name) is { } field ? MessageIds.In(field.Unfolded) : [];
}
