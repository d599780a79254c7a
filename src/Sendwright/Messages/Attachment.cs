using Sendwright.Messages;
using Sendwright.Transport;

namespace Sendwright;

/// <summary>A file or a message that goes with a message. A file arrives byte for byte.</summary>
public sealed record Attachment
{
    /// <summary>RFC 2046, 5.2.1: a message inside a message.</summary>
    private const string MessageType = "message/rfc822";

    private Attachment(string fileName, MediaType mediaType, AttachmentContent content)
    {
        FileName = fileName;
        MediaType = mediaType;
        Content = content;
    }

    /// <summary>The name shown to the reader, in any script.</summary>
    /// <exception cref="ArgumentException">It is empty, holds a control character or half of a surrogate pair, or is longer than <see cref="MessageLimits.MaxFileNameLength"/>.</exception>
    public string FileName
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            AttachmentNames.CheckFileName(value);
            field = value;
        }
    }

    /// <summary>The media type, with its parameters if it has any.</summary>
    /// <exception cref="ArgumentException">It is no media type, or a composite one (<c>multipart/*</c>, <c>message/*</c>), or this is an attached message, whose type is fixed.</exception>
    public string ContentType
    {
        get => MediaType.ToString();
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (Content.Depth > 0)
                throw new ArgumentException($"ContentType {VisibleText.Quote(value)} cannot be given to an attached message: it is message/rfc822. Leave it out.");
            MediaType = MediaType.OfAttachment(value);
        }
    }

    /// <summary>What <c>cid:</c> links in the HTML call it, without angle brackets; null where nothing links to it.</summary>
    /// <exception cref="ArgumentException">It is not ASCII without blanks and angle brackets.</exception>
    public string? ContentId
    {
        get;
        init
        {
            if (value is not null)
                AttachmentNames.CheckContentId(value);
            field = value;
        }
    }

    /// <summary>
    /// Whether it is part of the text's picture rather than a file to save. Together with a <see cref="ContentId"/> it travels with the HTML (multipart/related).
    /// </summary>
    public bool IsInline { get; init; }

    /// <summary>The octets of the file; null for an attached message, which is composed together with the one that carries it.</summary>
    public long? Length => Content.Length;

    /// <summary>The message that is attached; null for a file.</summary>
    public EmailMessage? Message => (Content as AttachmentContent.Forwarded)?.Message;

    internal AttachmentContent Content { get; }

    internal MediaType MediaType { get; private init; }

    /// <summary>Attaches bytes.</summary>
    /// <param name="fileName">The name shown to the reader, in any script.</param>
    /// <param name="content">The file. It is not copied: it must not change until the message has been sent.</param>
    /// <param name="contentType">The media type; by default the one that the name's extension suggests, or application/octet-stream.</param>
    /// <exception cref="ArgumentException">The name or the type cannot be written into a header.</exception>
    public static Attachment FromBytes(string fileName, ReadOnlyMemory<byte> content, string? contentType = null) =>
        Create(fileName, contentType, new AttachmentContent.InMemory(content));

    /// <summary>Attaches a file on disk. It is read each time the message is written, piece by piece, and must not change until the message has been sent.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="fileName">The name shown to the reader; by default that of the file.</param>
    /// <param name="contentType">The media type; by default the one that the name's extension suggests, or application/octet-stream.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">The name or the type cannot be written into a header.</exception>
    public static Attachment FromFile(string path, string? fileName = null, string? contentType = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException(FieldCharacters.Describe("The path of the file", path, path.IndexOf('\0', StringComparison.Ordinal), "which no path may hold. Correct it."), nameof(path));
        // A relative path would mean another file once the application changes its folder.
        var file = new FileInfo(Path.GetFullPath(path));
        if (!file.Exists)
            throw new FileNotFoundException($"The file {VisibleText.Quote(path)} cannot be attached: it does not exist, or is a folder. Correct the path.", path);
        return Create(fileName ?? file.Name, contentType, new AttachmentContent.Streamed(_ => ValueTask.FromResult<Stream>(OpenFile(file.FullName)), file.Length));
    }

    /// <summary>Attaches what a stream holds, such as a blob in a store. It is never wholly in memory.</summary>
    /// <param name="fileName">The name shown to the reader, in any script.</param>
    /// <param name="open">
    /// Opens the stream anew, at its start, each time the message is written: once for a signature, once for sending, and again for each repetition. The stream is disposed
    /// after use.
    /// </param>
    /// <param name="length">The octets that the stream holds, exactly: the message's size is announced before it is sent.</param>
    /// <param name="contentType">The media type; by default the one that the name's extension suggests, or application/octet-stream.</param>
    /// <exception cref="ArgumentException">The name or the type cannot be written into a header, or the length is negative.</exception>
    public static Attachment FromStream(string fileName, Func<CancellationToken, ValueTask<Stream>> open, long length, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return Create(fileName, contentType, new AttachmentContent.Streamed(open, length));
    }

    /// <summary>Attaches a message, as "forward as attachment" does (<c>message/rfc822</c>).</summary>
    /// <param name="message">The message; its Bcc recipients are not written.</param>
    /// <param name="fileName">The name shown to the reader; by default the subject with <c>.eml</c>.</param>
    /// <exception cref="ArgumentException">The name cannot be written into a header, or messages are inside one another more than 16 deep.</exception>
    public static Attachment FromMessage(EmailMessage message, string? fileName = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var content = new AttachmentContent.Forwarded(message);
        if (content.Depth > MessageLimits.MaxMessageDepth)
            throw new ArgumentException($"The messages attached to one another are {content.Depth} deep; at most {MessageLimits.MaxMessageDepth} are allowed. Attach fewer.", nameof(message));
        return new Attachment(fileName ?? AttachmentNames.ForMessage(message.Subject), MediaType.Parse(MessageType), content);
    }

    /// <summary>Attaches a ready-made message, octet for octet.</summary>
    /// <param name="message">The message. Its size must be known, and it must be 7-bit or convertible to it, because it may not be encoded (RFC 2046, 5.2.1).</param>
    /// <param name="fileName">The name shown to the reader.</param>
    /// <exception cref="ArgumentException">The name cannot be written into a header, the message's size is unknown, or it is 8-bit and cannot be converted, such as a signed one.</exception>
    public static Attachment FromMessage(IMessageContent message, string fileName = "message.eml")
    {
        ArgumentNullException.ThrowIfNull(message);
        // An international header has no 7-bit form; then the whole message goes where SMTPUTF8 is (RFC 6532, 3.7: message/global).
        var content = message.NeedsSmtpUtf8 ? message : message.ToSevenBit();
        if (content?.Size is null)
        {
            throw new ArgumentException(
                content is null
                    ? $"The message {VisibleText.Quote(fileName)} cannot be attached as message/rfc822: it has 8-bit content that may not be changed, because it is signed. Attach it with Attachment.FromBytes as application/octet-stream."
                    : $"The message {VisibleText.Quote(fileName)} cannot be attached: its size is not known beforehand. Give it with Attachment.FromBytes.",
                nameof(message));
        }

        return new Attachment(fileName, MediaType.Parse(message.NeedsSmtpUtf8 ? "message/global" : MessageType), new AttachmentContent.ForwardedAsIs(content));
    }

    /// <summary>Opens the file to read its octets.</summary>
    /// <exception cref="InvalidOperationException">It is a message: see <see cref="Message"/>.</exception>
    public async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken = default) => Content switch
    {
        AttachmentContent.InMemory memory => new MemoryStream(memory.Octets.ToArray(), writable: false),
        AttachmentContent.Streamed streamed => await streamed.Open(cancellationToken).ConfigureAwait(false),
        _ => throw new InvalidOperationException($"The attachment {VisibleText.Quote(FileName)} is a message, not a file. Read Attachment.Message."),
    };

    /// <summary>Name, type and size.</summary>
    public override string ToString() => Length is { } length ? $"{FileName} ({ContentType}, {length} bytes)" : $"{FileName} ({ContentType})";

    private static Attachment Create(string fileName, string? contentType, AttachmentContent content)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return new Attachment(fileName, MediaType.OfAttachment(contentType ?? MediaTypesByExtension.Of(fileName)), content);
    }

    private static FileStream OpenFile(string path) => new FileStream(path, new FileStreamOptions
    {
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        Share = FileShare.Read,
        BufferSize = 0, // what reads it has a buffer of its own
    });
}
