using System.Text;

namespace Sendwright.Doctor.ForeignSettings;

/// <summary>The grammar of python-dotenv: one binding after the other, a line that does not fit is skipped.</summary>
internal sealed class DotEnvParser
{
    private readonly string _text;
    private readonly bool _isCrLfFile;
    private readonly List<DotEnvEntry> _entries = [];
    private readonly List<DotEnvError> _errors = [];
    private int _at;
    private int _line = 1;
    private string? _nameInProgress;

    public DotEnvParser(string text)
    {
        _text = text.TrimStart('\ufeff');
        // Every line ending in CRLF is a file of Windows, which its readers know; a CR at some lines only is a slip that they pass on.
        var lines = _text.Count(c => c == '\n');
        _isCrLfFile = lines > 0 && CountCrLf(_text) == lines;
    }

    public IReadOnlyList<DotEnvEntry> Entries => _entries;

    public IReadOnlyList<DotEnvError> Errors => _errors;

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private bool AtEnd => _at >= _text.Length;

    public void Run()
    {
        while (true)
        {
            SkipWhile(char.IsWhiteSpace);
            if (AtEnd)
                return;
            var line = _line;
            _nameInProgress = null;
            if (ReadBinding(line) is { } why)
            {
                _errors.Add(new DotEnvError(_nameInProgress, line, why));
                SkipLine();
            }
        }
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) && c is not ('\r' or '\n');

    private static int CountCrLf(string text)
    {
        var count = 0;
        for (var i = text.IndexOf("\r\n", StringComparison.Ordinal); i >= 0; i = text.IndexOf("\r\n", i + 2, StringComparison.Ordinal))
            count++;
        return count;
    }

    /// <summary>Reads one binding or comment to the end of its line; says why where it does not fit.</summary>
    private string? ReadBinding(int line)
    {
        if (Current == '#')
        {
            SkipLine();
            return null;
        }

        ReadExport();
        if (ReadName() is not { } name)
            return "does not begin with a name";
        _nameInProgress = name;
        SkipWhile(IsBlank);
        if (Current != '=')
        {
            if (!AtLineEnd() && Current != '#')
                return "has a blank in its name, or no =";
            SkipLine();
            _entries.Add(new DotEnvEntry { Name = name, Value = null, Line = line, Raw = "" });
            return null;
        }

        _at++;
        var rawStart = _at;
        SkipWhile(IsBlank);
        var entry = new DotEnvEntry { Name = name, Value = "", Line = line, Raw = "" };
        if (Current is '"' or '\'')
        {
            if (ReadQuoted(Current) is not { } quoted)
                return "has a quote that nothing closes";
            entry = entry with { Value = quoted, Quote = _text[rawStart..].TrimStart()[0] };
            SkipWhile(IsBlank);
            if (!AtLineEnd() && Current != '#')
                return "has something behind the closing quote";
        }
        else
        {
            entry = ReadUnquoted(entry, precededByBlank: _at > rawStart);
        }

        var rawEnd = LineEnd();
        entry = entry with { Raw = _text[rawStart..rawEnd] };
        _entries.Add(entry);
        _at = rawEnd;
        return null;
    }

    private void ReadExport()
    {
        const string Export = "export";
        if (string.CompareOrdinal(_text, _at, Export, 0, Export.Length) != 0 || _at + Export.Length >= _text.Length || !IsBlank(_text[_at + Export.Length]))
            return;
        _at += Export.Length;
        SkipWhile(IsBlank);
    }

    private string? ReadName()
    {
        var start = _at;
        if (Current == '\'')
        {
            var end = _text.IndexOf('\'', start + 1);
            if (end <= start + 1)
                return null;
            _at = end + 1;
            return _text[(start + 1)..end];
        }

        while (!AtEnd && !char.IsWhiteSpace(Current) && Current is not ('=' or '#'))
            _at++;
        return _at > start ? _text[start.._at] : null;
    }

    /// <summary>A quoted value may go over lines; a backslash escapes, in single quotes only the quote and itself.</summary>
    private string? ReadQuoted(char quote)
    {
        var start = _at + 1;
        var end = ClosingQuote(start, quote);
        if (end < 0)
            return null;
        var value = new StringBuilder();
        for (var i = start; i < end; i++)
        {
            if (_text[i] == '\\' && i + 1 < end && Unescape(_text[i + 1], quote) is { } escaped)
            {
                value.Append(escaped);
                i++;
            }
            else if (_text[i] != '\r' || _text[i + 1] != '\n')
            {
                value.Append(_text[i]);
            }
        }

        _line += _text.AsSpan(start, end - start).Count('\n');
        _at = end + 1;
        return value.ToString();
    }

    /// <summary>The first quote without a backslash before it, and where there is none the last with one: the parser's pattern backs off to that.</summary>
    private int ClosingQuote(int start, char quote)
    {
        var escaped = -1;
        for (var i = _text.IndexOf(quote, start); i >= 0; i = _text.IndexOf(quote, i + 1))
        {
            if (i == start || _text[i - 1] != '\\')
                return i;
            escaped = i;
        }

        return escaped;
    }

    private static char? Unescape(char c, char quote) => (c, quote) switch
    {
        ('\\' or '\'', _) => c,
        ('"', '"') => c,
        ('a', '"') => '\a',
        ('b', '"') => '\b',
        ('f', '"') => '\f',
        ('n', '"') => '\n',
        ('r', '"') => '\r',
        ('t', '"') => '\t',
        ('v', '"') => '\v',
        _ => null,
    };

    /// <summary>A bare value ends before a blank with <c>#</c> behind it, and loses the blanks at its end.</summary>
    private DotEnvEntry ReadUnquoted(DotEnvEntry entry, bool precededByBlank)
    {
        var end = LineEnd();
        var part = _text[_at..end];
        _at = end;
        if (precededByBlank && part.StartsWith('#'))
            return entry with { Comment = part };

        string? comment = null;
        for (var i = 1; i < part.Length; i++)
        {
            if (part[i] == '#' && char.IsWhiteSpace(part[i - 1]))
            {
                comment = part[i..];
                part = part[..i];
                break;
            }
        }

        var value = part.TrimEnd();
        return entry with { Value = value, Comment = comment, DroppedEnd = comment is null ? DroppedEnd(part, value) : null };
    }

    private string? DroppedEnd(string part, string value)
    {
        if (part.Length > value.Length && value.Length > 0)
            return Settings.SecretShape.Of(part).StrayEnd;
        return Current == '\r' && !_isCrLfFile && value.Length > 0 ? "a trailing carriage return" : null;
    }

    private bool AtLineEnd() => AtEnd || Current is '\r' or '\n';

    private int LineEnd()
    {
        var end = _text.AsSpan(_at).IndexOfAny('\r', '\n');
        return end < 0 ? _text.Length : _at + end;
    }

    private void SkipLine() => _at = LineEnd();

    private void SkipWhile(Func<char, bool> isSkipped)
    {
        while (!AtEnd && isSkipped(Current))
        {
            if (Current == '\n' || (Current == '\r' && (_at + 1 >= _text.Length || _text[_at + 1] != '\n')))
                _line++;
            _at++;
        }
    }
}
