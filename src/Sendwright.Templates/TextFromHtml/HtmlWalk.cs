using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace Sendwright.Templates.TextFromHtml;

/// <summary>Walks once through the tags and the text of a document and writes what it shows.</summary>
internal sealed class HtmlWalk(string html)
{
    private const string ThematicBreak = "----------";

    private readonly TextFlow _document = new();
    private readonly OpenElements _open = new();
    private readonly Queue<int> _reversed = ReversedLists.Count(html);
    private OpenLink? _link;
    private bool _isAtStartOfPreformatted;

    /// <summary>The lines of the document. To be asked once.</summary>
    public IReadOnlyList<TextLine> Lines()
    {
        using var reader = new HtmlReader(html);
        while (reader.Next() is { } token)
        {
            switch (token.Type)
            {
                case HtmlTokenType.StartTag:
                    Start(token.AsTag());
                    break;
                case HtmlTokenType.EndTag:
                    End(token.Name);
                    break;
                default:
                    Write(token.Data);
                    break;
            }
        }

        CloseTo(0);
        EndLink();
        _document.EndLine();
        return _document.Lines;
    }

    private TextFlow Flow => _open.Cell ?? _document;

    private Visibility Visibility => _open.Top?.Visibility ?? default;

    private void Write(string text)
    {
        if (Visibility.ShowsText)
        {
            var before = Flow.Visible;
            if (!_open.IsPreformatted)
                Flow.Write(text);
            else
                Flow.WritePreformatted(_isAtStartOfPreformatted ? WithoutFirstLineEnd(text) : text);
            if (_link is not null)
                _link.HasText |= Flow.Visible > before;
        }

        _isAtStartOfPreformatted = false;
    }

    /// <summary>HTML standard, 13.1.2.5: "A single newline may be placed immediately after the start tag of pre and textarea elements", and is no part of them.</summary>
    private static string WithoutFirstLineEnd(string text) =>
        text.StartsWith("\r\n", StringComparison.Ordinal) ? text[2..] : text.StartsWith('\n') || text.StartsWith('\r') ? text[1..] : text;

    private void Start(HtmlTagToken tag)
    {
        _isAtStartOfPreformatted = false;
        var kind = ElementKinds.Of(tag.Name);
        CloseTo(_open.DepthBefore(kind));
        var visibility = Visibility.Of(tag);
        if (kind.IsVoid())
        {
            Void(tag, kind, visibility);
            return;
        }

        // Beyond the depth anybody means, elements still begin lines, but neither hide nor indent.
        if (_open.IsFull)
        {
            _open.Skip();
            if (!kind.IsInline() && Visibility.ShowsText)
                Flow.EndLine();
            return;
        }

        if (kind is ElementKind.Template)
            visibility = visibility with { IsGone = true };
        Open(tag, kind, visibility);
    }

    private void Open(HtmlTagToken tag, ElementKind kind, Visibility visibility)
    {
        var flow = Flow;
        var indent = flow.Indent;
        var isShown = !visibility.IsGone;
        if (isShown)
            Begin(tag, kind);
        _open.Push(new OpenElement
        {
            Name = tag.Name,
            Kind = kind,
            Visibility = visibility,
            OuterIndent = indent,
            Table = isShown && kind is ElementKind.Table && _open.HasRoomForTable ? new OpenTable(flow, tag.GetAttribute("role")?.Trim().ToLowerInvariant()) : null,
            Cell = isShown && kind is ElementKind.Cell ? _open.Table?.BeginCell() : null,
            Numbers = Numbers(tag, kind),
        });
    }

    /// <summary>What the start of an element does to the text.</summary>
    private void Begin(HtmlTagToken tag, ElementKind kind)
    {
        var flow = Flow;
        switch (kind)
        {
            case ElementKind.Inline:
                break;
            case ElementKind.Link:
                EndLink();
                _link = LinkTarget.Read(tag.GetAttribute("href")) is { } target ? new OpenLink(target, flow) : null;
                break;
            case ElementKind.InlineQuotation:
                flow.Write("\"");
                break;
            case ElementKind.UnorderedList or ElementKind.OrderedList or ElementKind.DescriptionList:
                BeginList(flow);
                break;
            case ElementKind.ListItem:
                flow.EndLine();
                var marker = _open.Numbers?.Take(tag) ?? "- ";
                flow.Indent = flow.Indent.Inner(marker, new string(' ', marker.Length));
                break;
            case ElementKind.Description:
                flow.EndLine();
                flow.Indent = flow.Indent.Inner("  ", "  ");
                break;
            case ElementKind.Quotation:
                flow.EndParagraph();
                flow.Indent = flow.Indent.Inner("> ", "> ");
                break;
            case ElementKind.Preformatted:
                flow.EndParagraph();
                _isAtStartOfPreformatted = true;
                break;
            case ElementKind.Paragraph or ElementKind.Table:
                if (tag.Name == "caption")
                    _open.Table?.MarkAsData();
                flow.EndParagraph();
                break;
            case ElementKind.TableSection or ElementKind.Row:
                if (tag.Name == "thead")
                    _open.Table?.MarkAsData();
                _open.Table?.EndRow();
                flow.EndLine();
                break;
            default:
                flow.EndLine();
                break;
        }
    }

    private void BeginList(TextFlow flow)
    {
        if (_open.IsInList)
            flow.EndLine();
        else
            flow.EndParagraph();
    }

    private ListNumbers? Numbers(HtmlTagToken tag, ElementKind kind) =>
        kind is ElementKind.OrderedList ? new ListNumbers(tag, ListNumbers.IsReversed(tag) && _reversed.TryDequeue(out var count) ? count : 0) : null;

    private void Void(HtmlTagToken tag, ElementKind kind, Visibility visibility)
    {
        switch (kind)
        {
            case ElementKind.LineBreak when visibility.ShowsImages:
                Flow.Break();
                break;
            case ElementKind.Rule when visibility.ShowsImages:
                Flow.EndParagraph();
                Flow.WriteLine(ThematicBreak);
                Flow.EndParagraph();
                break;
            case ElementKind.Image when visibility.ShowsImages:
                if (_link is not null)
                    _link.HasImage = true;
                WriteImage(tag.GetAttribute("alt"));
                break;
            case ElementKind.Input when visibility.ShowsImages:
                if (tag.GetAttribute("type")?.Trim().ToLowerInvariant() is not ("hidden" or "password" or "checkbox" or "radio" or "file" or "color" or "range"))
                    WriteImage(tag.GetAttribute("value") is { Length: > 0 } value ? value : tag.GetAttribute("alt"));
                break;
        }
    }

    /// <summary>Words in the place of a thing: they stand apart from the text, unless the thing is a sign such as an emoji.</summary>
    private void WriteImage(string? words)
    {
        if (string.IsNullOrWhiteSpace(words))
            return;
        var standsApart = words.Any(char.IsLetterOrDigit);
        var before = Flow.Visible;
        if (standsApart)
            Flow.Space();
        Flow.Write(words);
        if (standsApart)
            Flow.Space();
        if (_link is not null)
            _link.HasText |= Flow.Visible > before;
    }

    private void End(string name)
    {
        _isAtStartOfPreformatted = false;
        var kind = ElementKinds.Of(name);
        if (kind.IsVoid())
        {
            // HTML standard, 13.2.6.4.7: </br> is a <br>, and every other end tag of a void element nothing.
            if (kind is ElementKind.LineBreak && Visibility.ShowsText)
                Flow.Break();
            return;
        }

        if (_open.EndsSkipped())
        {
            if (!kind.IsInline() && Visibility.ShowsText)
                Flow.EndLine();
            return;
        }

        if (kind is ElementKind.Link && !Visibility.IsGone)
            EndLink();
        var depth = _open.DepthBehind(name, kind);
        if (depth is null && name == "p" && !Visibility.IsGone)
            Flow.EndParagraph(); // </p> without a <p> is an empty paragraph.
        CloseTo(depth ?? _open.Depth);
    }

    private void CloseTo(int depth)
    {
        while (_open.Depth > depth)
            Close();
    }

    /// <summary>What the end of the innermost element does to the text.</summary>
    private void Close()
    {
        // Before the cell's flow is left: its text is where the link's target belongs.
        if (_open.Top is { Kind: ElementKind.Link or ElementKind.Cell, Visibility.IsGone: false })
            EndLink();
        var element = _open.Pop();
        if (element.Visibility.IsGone)
            return;
        var flow = Flow;
        switch (element.Kind)
        {
            case ElementKind.Inline or ElementKind.Link or ElementKind.Template:
                return;
            case ElementKind.InlineQuotation:
                flow.WriteBehind("\"");
                return;
            case ElementKind.ListItem:
                flow.EndTightly();
                break;
            case ElementKind.UnorderedList or ElementKind.OrderedList or ElementKind.DescriptionList:
                BeginList(flow);
                break;
            case ElementKind.Preformatted:
                flow.EndPreformatted();
                break;
            case ElementKind.Cell when element.Cell is not null:
                _open.Table?.EndCell();
                return;
            case ElementKind.Row or ElementKind.TableSection:
                _open.Table?.EndRow();
                break;
            case ElementKind.Table:
                element.Table?.EndRow();
                flow.EndParagraph();
                break;
            case ElementKind.Paragraph or ElementKind.Quotation:
                flow.EndParagraph();
                break;
            default:
                flow.EndLine();
                break;
        }

        flow.Indent = element.OuterIndent;
    }

    private void EndLink()
    {
        _link?.End(Flow);
        _link = null;
    }
}
