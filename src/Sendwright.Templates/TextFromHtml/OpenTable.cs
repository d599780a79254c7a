namespace Sendwright.Templates.TextFromHtml;

/// <summary>A table whose cells are being written, each into a flow of its own, because a row is one line only where its cells are short.</summary>
/// <param name="outer">What the table is in.</param>
/// <param name="role">The table's role for assistive technology, if it names one.</param>
internal sealed class OpenTable(TextFlow outer, string? role)
{
    /// <summary>A row longer than this is text set in columns, not a line of a table.</summary>
    private const int MaxRowLength = 80;

    /// <summary>The same for a table that says that it is one.</summary>
    private const int MaxDataRowLength = 400;

    private readonly List<IReadOnlyList<TextLine>> _row = [];
    private readonly bool _isLayout = role is "presentation" or "none";
    private bool _isData = role is "table" or "grid" or "treegrid";
    private TextFlow? _cell;

    /// <summary>What the table is in.</summary>
    public TextFlow Outer => outer;

    /// <summary>It has what only tables of data have: a head, a caption.</summary>
    public void MarkAsData() => _isData = true;

    /// <summary>Where the text of the next cell goes.</summary>
    public TextFlow BeginCell() => _cell = new TextFlow();

    /// <summary>Ends the cell that was begun.</summary>
    public void EndCell()
    {
        if (_cell is null)
            return;
        _cell.EndLine();
        _row.Add(_cell.Lines);
        _cell = null;
    }

    /// <summary>Writes the cells since the row before: in one line, or one below the other.</summary>
    public void EndRow()
    {
        EndCell();
        var filled = _row.Count(cell => cell.Count > 0);
        if (filled > 0 && (filled > 1 || IsData) && InOneLine() is { } line)
        {
            outer.WriteLine(line);
        }
        else
        {
            foreach (var cell in _row.Where(cell => cell.Count > 0))
                outer.Adopt(cell);
        }

        _row.Clear();
    }

    private bool IsData => _isData && !_isLayout;

    private string? InOneLine()
    {
        // One cell may have a second line, such as a size below a product; more of them are text.
        if (!_row.All(cell => cell.All(IsPlain)) || _row.Sum(cell => Math.Max(cell.Count, 1)) > _row.Count + (IsData ? _row.Count : 1))
            return null;
        var cells = _row.Select(cell => string.Join(' ', cell.Select(line => line.Text)));
        // An empty cell keeps its place where the columns mean something.
        var line = string.Join(" |", cells.Where(cell => IsData || cell.Length > 0).Select(cell => cell.Length > 0 ? " " + cell : "")).TrimEnd(' ', '|').TrimStart();
        return line.Length <= (IsData ? MaxDataRowLength : MaxRowLength) ? line : null;
    }

    private static bool IsPlain(TextLine line) => line is { Blank: null, Prefix: "", IsPreformatted: false };
}
