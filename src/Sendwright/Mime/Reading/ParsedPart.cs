using System.Collections.ObjectModel;

namespace Sendwright.Mime.Reading;

/// <summary>A part of a message (RFC 2045, 2.4), or the whole of it: content with a type, or further parts.</summary>
public sealed class ParsedPart
{
    private readonly PartDescription _description;
    private readonly int _messageDepth;
    private readonly Lazy<ReadOnlyMemory<byte>> _content;

    internal ParsedPart(PartDescription description, ReadOnlyMemory<byte> encodedContent, IReadOnlyList<ParsedPart> parts, int messageDepth)
    {
        _description = description;
        _messageDepth = messageDepth;
        EncodedContent = encodedContent;
        Parts = parts;
        _content = new Lazy<ReadOnlyMemory<byte>>(Decode);
        Parameters = new ReadOnlyDictionary<string, string>(description.Parameters);
    }

    /// <summary>Its header fields; those of the whole message for its outermost part.</summary>
    public ParsedHeaders Headers => _description.Headers;

    /// <summary>The media type without parameters, in lower case; <c>text/plain</c> where it names none (RFC 2045, 5.2).</summary>
    public string ContentType => _description.ContentType;

    /// <summary>The parameters of the media type, their sections joined and their charsets decoded (RFC 2231). Names are found in whatever case.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary><c>inline</c>, <c>attachment</c> or another one (RFC 2183), in lower case; null where it names none.</summary>
    public string? Disposition => _description.Disposition;

    /// <summary>The file name as its sender gave it, in any script; null where it has none.</summary>
    /// <remarks>It may hold slashes, dots and whatever else: a name to show, never a path to write to (RFC 2183, 2.3).</remarks>
    public string? FileName => _description.FileName;

    /// <summary>What <c>cid:</c> links call it, without angle brackets; null where it has no Content-ID.</summary>
    public string? ContentId => _description.ContentId;

    /// <summary><c>base64</c>, <c>quoted-printable</c> or another one, in lower case; null where it names none.</summary>
    public string? TransferEncoding => _description.TransferEncoding;

    /// <summary>Whether it is to be shown with the text rather than saved: its disposition says so, or it has none and something may link to it.</summary>
    public bool IsInline => Disposition == "inline" || (Disposition is null && ContentId is not null);

    /// <summary>The parts of a multipart; none for other types, and for a multipart without any boundary.</summary>
    public IReadOnlyList<ParsedPart> Parts { get; }

    /// <summary>The content as it stands in the message, without the line end before the boundary that ends it.</summary>
    public ReadOnlyMemory<byte> EncodedContent { get; }

    /// <summary>The content without its transfer encoding: the octets of the file. It is decoded when first asked for.</summary>
    public ReadOnlyMemory<byte> Content => _content.Value;

    /// <summary>
    /// The content as text, by its charset; where that is missing or unknown as UTF-8, or as ISO 8859-1 if it is none. Line ends are as in the message; the lines of
    /// <c>format=flowed</c> are joined to paragraphs (RFC 3676). Null where the type is not <c>text/*</c>.
    /// </summary>
    public string? Text => _description.IsText ? field ??= DecodeText() : null;

    /// <summary>The message that is attached here (<c>message/rfc822</c>), read when first asked for; null for other types, and where messages are inside one another more than 16 deep.</summary>
    public ParsedMessage? Message => _description.IsMessage && _messageDepth < ReadingLimits.MaxMessageDepth ? field ??= ParsedMessage.Read(Content, _messageDepth + 1) : null;

    /// <summary>Name, type and size.</summary>
    public override string ToString() => $"{FileName ?? "part"} ({ContentType}, {EncodedContent.Length} octets encoded)";

    private ReadOnlyMemory<byte> Decode() => TransferEncoding switch
    {
        // RFC 2045, 6.4: a multipart is never encoded, whatever it says.
        _ when _description.IsMultipart => EncodedContent,
        "base64" => Base64Reader.Decode(EncodedContent.Span),
        "quoted-printable" => QuotedPrintableReader.Decode(EncodedContent.Span),
        _ => EncodedContent,
    };

    private string DecodeText()
    {
        var text = Charsets.Decode(Content.Span, Parameters.GetValueOrDefault("charset"));
        return ContentType == "text/plain" && Has("format", "flowed") ? FlowedText.Join(text, Has("delsp", "yes")) : text;
    }

    private bool Has(string parameter, string value) => Parameters.TryGetValue(parameter, out var given) && given.Equals(value, StringComparison.OrdinalIgnoreCase);
}
