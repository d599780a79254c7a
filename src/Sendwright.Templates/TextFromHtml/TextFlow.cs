using System.Text;

namespace Sendwright.Templates.TextFromHtml;

/// <summary>Takes text and breaks, and makes lines of them: the document has one, and each cell of a table.</summary>
internal sealed class TextFlow
{
    private readonly List<TextLine> _lines = [];
    private readonly StringBuilder _line = new();
    private Indent _lastIndent = Indent.None;
    private bool _hasVisible;
    private bool _awaitsBlank;
    private bool _awaitsBlankLine;
    private int _emptyLines;
    private char? _joiner;

    /// <summary>The lines so far; <see cref="EndLine"/> makes the last one complete.</summary>
    public IReadOnlyList<TextLine> Lines => _lines;

    /// <summary>What stands before the lines to come.</summary>
    public Indent Indent { get; set; } = Indent.None;

    /// <summary>How much there is to see so far, in characters.</summary>
    public long Visible { get; private set; }

    /// <summary>How long the current line is, to find what was added later.</summary>
    public int Column => _line.Length;

    /// <summary>Text with its white space collapsed, as HTML shows it.</summary>
    public void Write(string text)
    {
        foreach (var character in text)
        {
            if (CharacterClasses.Of(character) is CharacterClass.Blank)
                Space();
            else
                Append(character);
        }
    }

    /// <summary>Text with its white space as it is.</summary>
    public void WritePreformatted(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character is '\r' && index + 1 < text.Length && text[index + 1] == '\n')
                continue;
            if (character is '\r' or '\n')
                EndPreformattedLine();
            else if (CharacterClasses.Of(character) is not CharacterClass.Blank)
                Append(character);
            else
                _line.Append(character is '\t' ? '\t' : ' ');
        }
    }

    /// <summary>A blank, if anything comes before and after it on the line.</summary>
    public void Space()
    {
        _awaitsBlank = _hasVisible;
        _joiner = null;
    }

    /// <summary>Adds to the last word there is, on whatever line it is.</summary>
    public void WriteBehind(string text)
    {
        if (!_hasVisible && _lines.Count > 0)
            _lines[^1].Text += text;
        else
            WriteAsIs(_hasVisible ? text : text.TrimStart());
    }

    /// <summary>Puts a text in the place of what was added to the line behind a column.</summary>
    public void Replace(int column, string text)
    {
        _line.Length = column;
        if (column > 0 && _line[column - 1] != ' ')
            _line.Append(' ');
        WriteAsIs(text);
    }

    /// <summary>What was added to the line behind a column.</summary>
    public string After(int column) => _line.ToString(column, _line.Length - column);

    /// <summary>A line break by the author: two of them are a blank line.</summary>
    public void Break()
    {
        if (!_hasVisible && !Indent.AwaitsFirstLine)
            _awaitsBlankLine = true;
        EndLine();
    }

    /// <summary>What follows begins a line.</summary>
    public void EndLine()
    {
        if (_hasVisible)
            Add(_line.ToString().TrimEnd(), isPreformatted: false);
        Clear();
    }

    /// <summary>What follows is separated by a blank line, unless it stands beside the mark of a list item.</summary>
    public void EndParagraph()
    {
        EndLine();
        _awaitsBlankLine |= !Indent.AwaitsFirstLine;
    }

    /// <summary>What follows stands on the very next line: the end of a list item, whose paragraphs do not tear the list apart.</summary>
    public void EndTightly()
    {
        EndLine();
        _awaitsBlankLine = false;
    }

    public void EndPreformatted()
    {
        if (_hasVisible)
            EndPreformattedLine();
        _emptyLines = 0;
        EndParagraph();
    }

    /// <summary>A line of its own.</summary>
    public void WriteLine(string text)
    {
        EndLine();
        Add(text, isPreformatted: false);
    }

    /// <summary>Takes the lines of a cell, with a blank line before and after them.</summary>
    public void Adopt(IReadOnlyList<TextLine> lines)
    {
        EndParagraph();
        foreach (var line in lines)
        {
            if (line.Blank is not null)
                _awaitsBlankLine = true;
            var prefix = Indent.TakeForLine();
            _lines.Add(new TextLine
            {
                Text = line.Text,
                Prefix = prefix + line.Prefix,
                Continuation = Indent.Continuation + line.Continuation,
                Blank = TakeBlank(line.Blank ?? ""),
                IsPreformatted = line.IsPreformatted,
            });
        }

        EndParagraph();
    }

    private void Append(char character)
    {
        switch (CharacterClasses.Of(character))
        {
            case CharacterClass.Joiner:
                _joiner = _hasVisible && !_awaitsBlank ? character : null;
                return;
            case CharacterClass.Dropped:
                return;
            case CharacterClass.Visible:
                _hasVisible = true;
                Visible++;
                break;
        }

        if (_awaitsBlank)
            _line.Append(' ');
        if (_joiner is { } joiner)
            _line.Append(joiner);
        (_awaitsBlank, _joiner) = (false, null);
        _line.Append(character);
    }

    private void WriteAsIs(string text)
    {
        if (text.Length == 0)
            return;
        _line.Append(text);
        Visible += text.Length;
        (_hasVisible, _joiner) = (true, null);
    }

    /// <summary>Empty lines wait for one with something to see: at the start or end of the preformatted text they would only add to the blank line there.</summary>
    private void EndPreformattedLine()
    {
        if (_hasVisible)
        {
            for (var empty = _awaitsBlankLine || _lines.Count == 0 ? 0 : _emptyLines; empty > 0; empty--)
                Add("", isPreformatted: true);
            Add(_line.ToString(), isPreformatted: true);
            _emptyLines = 0;
        }
        else
        {
            _emptyLines++;
        }

        Clear();
    }

    private void Add(string text, bool isPreformatted)
    {
        // Asked before the marks are taken, because the blank line stands before them.
        var blank = TakeBlank("");
        var prefix = Indent.TakeForLine();
        _lines.Add(new TextLine
        {
            Text = text,
            Prefix = text.Length == 0 ? prefix.TrimEnd() : prefix,
            Continuation = Indent.Continuation,
            Blank = blank,
            IsPreformatted = isPreformatted,
        });
    }

    private string? TakeBlank(string inner)
    {
        var blank = _awaitsBlankLine && _lines.Count > 0 ? (Indent.Common(_lastIndent, Indent).Continuation + inner).TrimEnd() : null;
        (_awaitsBlankLine, _lastIndent) = (false, Indent);
        return blank;
    }

    private void Clear()
    {
        _line.Clear();
        (_hasVisible, _awaitsBlank, _joiner) = (false, false, null);
    }
}
