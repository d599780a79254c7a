namespace Sendwright.Templates.TextFromHtml;

/// <summary>
/// The elements that are open at a place of the document. Who ends whom follows the tree builder of the HTML standard (13.2.6) as far as text shows a difference.
/// </summary>
internal sealed class OpenElements
{
    /// <summary>Each tag may have to look through all of them, so their number bounds the time. Mail is some 50 deep at most.</summary>
    private const int MaxDepth = 256;

    /// <summary>Each table takes over the lines of the tables in it.</summary>
    private const int MaxTables = 24;

    private readonly List<OpenElement> _elements = [];
    private readonly Stack<OpenTable?> _tables = new();
    private readonly Stack<TextFlow> _cells = new();
    private int _skipped;

    public int Depth => _elements.Count;

    public OpenElement? Top => _elements.Count > 0 ? _elements[^1] : null;

    public bool IsFull => _elements.Count >= MaxDepth;

    public bool HasRoomForTable => _tables.Count < MaxTables;

    /// <summary>The innermost table; null for none, or for one that is too deep to be written as one.</summary>
    public OpenTable? Table => _tables.TryPeek(out var table) ? table : null;

    /// <summary>The cell that text goes to; null for the document.</summary>
    public TextFlow? Cell => _cells.TryPeek(out var cell) ? cell : null;

    public bool IsPreformatted => Nearest(ElementKind.Preformatted, kind => kind is ElementKind.Cell) is not null;

    /// <summary>Whether a list that begins here is in an item of another.</summary>
    public bool IsInList => (Nearest(ElementKind.ListItem, IsTablePart) ?? Nearest(ElementKind.Description, IsTablePart)) is not null;

    /// <summary>The numbers of the list that an item here belongs to; null for an unordered one.</summary>
    public ListNumbers? Numbers => Nearest(IsList, IsTablePart) is { } list ? _elements[list].Numbers : null;

    public void Push(OpenElement element)
    {
        _elements.Add(element);
        if (element is { Kind: ElementKind.Table, Visibility.IsGone: false })
            _tables.Push(element.Table);
        if (element.Cell is not null)
            _cells.Push(element.Cell);
    }

    public OpenElement Pop()
    {
        var element = _elements[^1];
        _elements.RemoveAt(_elements.Count - 1);
        if (element is { Kind: ElementKind.Table, Visibility.IsGone: false })
            _tables.Pop();
        if (element.Cell is not null)
            _cells.Pop();
        _skipped = 0;
        return element;
    }

    /// <summary>Counts an element for which there is no room.</summary>
    public void Skip() => _skipped++;

    /// <summary>Whether an end tag belongs to an element for which there was no room.</summary>
    public bool EndsSkipped() => _skipped > 0 && _skipped-- > 0;

    /// <summary>How many elements stay open when one of this kind begins: a list item ends the one before, a paragraph the paragraph.</summary>
    public int DepthBefore(ElementKind kind)
    {
        var ended = kind switch
        {
            ElementKind.ListItem => Nearest(ElementKind.ListItem, other => IsList(other) || IsTablePart(other)),
            ElementKind.Term or ElementKind.Description => Nearest(
                other => other is ElementKind.Term or ElementKind.Description,
                other => other is ElementKind.DescriptionList || IsTablePart(other)),
            ElementKind.Cell => Nearest(ElementKind.Cell, other => other is ElementKind.Table or ElementKind.Row),
            ElementKind.Row => Nearest(other => other is ElementKind.Table or ElementKind.TableSection, _ => false) + 1,
            ElementKind.TableSection => Nearest(ElementKind.Table, _ => false) + 1,
            _ => null,
        };
        return ended ?? (kind.IsInline() || kind is ElementKind.LineBreak or > ElementKind.Rule ? Depth : Find("p", IsTablePart) ?? Depth);
    }

    /// <summary>How many elements stay open behind this end tag; null where it ends none.</summary>
    public int? DepthBehind(string name, ElementKind kind) => kind switch
    {
        _ when kind.IsInline() => Find(name, other => !other.IsInline()),
        ElementKind.ListItem => Find(name, other => IsList(other) || IsTablePart(other)),
        ElementKind.Table or ElementKind.TableSection or ElementKind.Row or ElementKind.Cell => Find(name, other => other is ElementKind.Table),
        _ => Find(name, IsTablePart),
    };

    private static bool IsList(ElementKind kind) => kind is ElementKind.UnorderedList or ElementKind.OrderedList;

    private static bool IsTablePart(ElementKind kind) => kind is ElementKind.Table or ElementKind.TableSection or ElementKind.Row or ElementKind.Cell;

    private int? Nearest(ElementKind sought, Func<ElementKind, bool> isBarrier) => Nearest(kind => kind == sought, isBarrier);

    private int? Nearest(Func<ElementKind, bool> isSought, Func<ElementKind, bool> isBarrier)
    {
        for (var index = _elements.Count - 1; index >= 0; index--)
        {
            if (isSought(_elements[index].Kind))
                return index;
            if (isBarrier(_elements[index].Kind))
                return null;
        }

        return null;
    }

    private int? Find(string name, Func<ElementKind, bool> isBarrier)
    {
        for (var index = _elements.Count - 1; index >= 0; index--)
        {
            if (_elements[index].Name == name)
                return index;
            if (isBarrier(_elements[index].Kind))
                return null;
        }

        return null;
    }
}
