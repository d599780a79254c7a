using Sendwright.Messages;

namespace Sendwright;

/// <summary>A file that goes with a message. It arrives byte for byte.</summary>
public sealed record Attachment
{
    private Attachment(string fileName, string contentType, ReadOnlyMemory<byte> content)
    {
        FileName = fileName;
        ContentType = contentType;
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
            CheckFileName(value);
            field = value;
        }
    }

    /// <summary>The media type, with its parameters if it has any.</summary>
    /// <exception cref="ArgumentException">It is no media type, or a composite one (<c>multipart/*</c>, <c>message/*</c>).</exception>
    public string ContentType
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            MediaType.Check(value);
            field = value;
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
                CheckContentId(value);
            field = value;
        }
    }

    /// <summary>
    /// Whether it is part of the text's picture rather than a file to save. Together with a <see cref="ContentId"/> it travels with the HTML (multipart/related).
    /// </summary>
    public bool IsInline { get; init; }

    /// <summary>The octets of the file.</summary>
    public long Length => Content.Length;

    internal ReadOnlyMemory<byte> Content { get; }

    /// <summary>Attaches bytes.</summary>
    /// <param name="fileName">The name shown to the reader, in any script.</param>
    /// <param name="content">The file. It is not copied: it must not change until the message has been sent.</param>
    /// <param name="contentType">The media type; by default the one that the name's extension suggests, or application/octet-stream.</param>
    /// <exception cref="ArgumentException">The name or the type cannot be written into a header.</exception>
    public static Attachment FromBytes(string fileName, ReadOnlyMemory<byte> content, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return new Attachment(fileName, contentType ?? MediaTypesByExtension.Of(fileName), content);
    }

    /// <summary>Name, type and size.</summary>
    public override string ToString() => $"{FileName} ({ContentType}, {Length} bytes)";

    private static void CheckFileName(string fileName)
    {
        if (fileName.Length == 0)
            throw new ArgumentException("An attachment has an empty file name. Give it one, such as invoice.pdf.");
        FieldCharacters.Check("FileName", fileName);
        MessageLimits.CheckLength("FileName", fileName, MessageLimits.MaxFileNameLength);
        for (var index = 0; index < fileName.Length; index++)
        {
            if (char.IsControl(fileName[index]))
                throw new ArgumentException(FieldCharacters.Describe("FileName", fileName, index, "which no file name may hold. Take it out."));
        }
    }

    private static void CheckContentId(string contentId)
    {
        FieldCharacters.Check("ContentId", contentId);
        const int MaxLength = MessageLimits.MaxContentIdLength;
        if (contentId.Length is 0 or > MaxLength || contentId.AsSpan().ContainsAnyExceptInRange('!', '~') || contentId.AsSpan().ContainsAny('<', '>'))
        {
            throw new ArgumentException(
                $"ContentId {VisibleText.Quote(contentId)} is not 1 to {MaxLength} characters of ASCII without blanks and angle brackets. Write it as in the HTML behind cid:, such as logo@example.com.");
        }
    }
}
