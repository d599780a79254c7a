namespace Sendwright.Mime.Reading;

/// <summary>What a message's parts are to its reader: forms of the text, or files.</summary>
internal sealed class MessageForms
{
    private readonly List<ParsedPart> _alternatives = [];
    private readonly List<ParsedPart> _attachments = [];

    public MessageForms(ParsedPart body) => Sort(body);

    public ParsedPart? Text { get; private set; }

    public ParsedPart? Html { get; private set; }

    public IReadOnlyList<ParsedPart> Alternatives => _alternatives;

    public IReadOnlyList<ParsedPart> Attachments => _attachments;

    // Never deeper than ReadingLimits.MaxDepth.
    private void Sort(ParsedPart part)
    {
        foreach (var child in part.Parts)
            Sort(child);
        if (part.Parts.Count > 0)
            return;
        // RFC 2183, 2.8: "Unrecognized disposition types should be treated as attachment".
        var isFile = part.FileName is not null || part.Disposition is not (null or "inline");
        switch (part.ContentType)
        {
            case "text/plain" when !isFile && Text is null:
                Text = part;
                break;
            case "text/html" when !isFile && Html is null:
                Html = part;
                break;
            case not ("text/plain" or "text/html") when !isFile && part.ContentType.StartsWith("text/", StringComparison.Ordinal):
                _alternatives.Add(part);
                break;
            default:
                _attachments.Add(part);
                break;
        }
    }
}
