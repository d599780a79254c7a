using System.Text;

namespace Sendwright.Mime.Raw;

/// <summary>The header of a message or of a part, as it stands: its fields by place, none of them changed.</summary>
internal sealed class RawHeader
{
    private readonly List<RawField> _fields = [];

    private RawHeader(ReadOnlyMemory<byte> octets) => Octets = octets;

    /// <summary>The fields with their line ends, without the blank line behind them.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    public IReadOnlyList<RawField> Fields => _fields;

    /// <summary>The number, from 1, of the first line that is neither a field nor continues one; null where there is none.</summary>
    public int? WrongLine { get; private set; }

    /// <summary>Reads a header whose lines end with CRLF, the last perhaps without.</summary>
    public static RawHeader Parse(ReadOnlyMemory<byte> octets)
    {
        var header = new RawHeader(octets);
        var span = octets.Span;
        var line = 0;
        for (var start = 0; start < span.Length;)
        {
            line++;
            var length = span[start..].IndexOf((byte)'\n');
            var end = length < 0 ? span.Length : start + length + 1;
            if (!header.Add(span, start, end))
            {
                header.WrongLine = line;
                break;
            }

            start = end;
        }

        return header;
    }

    /// <summary>The only field of this name; null where there is none, or where several leave open which one counts.</summary>
    public RawField? Only(string name)
    {
        RawField? found = null;
        foreach (var field in _fields)
        {
            if (!field.Is(name))
                continue;
            if (found is not null)
                return null;
            found = field;
        }

        return found;
    }

    public bool Has(string name)
    {
        foreach (var field in _fields)
        {
            if (field.Is(name))
                return true;
        }

        return false;
    }

    public ReadOnlySpan<byte> OctetsOf(RawField field) => Octets.Span.Slice(field.Start, field.Length);

    /// <summary>A field's body without its folds (RFC 5322, 2.2.3) and the blanks around it; each octet a character, so nothing is lost.</summary>
    public string Body(RawField field) => Unfold(Encoding.Latin1.GetString(Octets.Span[field.BodyStart..field.End]));

    /// <summary>The same, read as UTF-8 (RFC 6532); null where it is none.</summary>
    public string? BodyAsUtf8(RawField field)
    {
        var octets = Octets.Span[field.BodyStart..field.End];
        return System.Text.Unicode.Utf8.IsValid(octets) ? Unfold(Encoding.UTF8.GetString(octets)) : null;
    }

    private static string Unfold(string body) => body.Replace("\r\n", "", StringComparison.Ordinal).Trim(' ', '\t');

    private bool Add(ReadOnlySpan<byte> span, int start, int end)
    {
        var line = span[start..end];
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            if (_fields.Count == 0)
                return false;
            _fields[^1] = _fields[^1] with { Length = end - _fields[^1].Start };
            return true;
        }

        if (!FieldName.TryRead(line, out var name, out var bodyStart))
            return false;
        _fields.Add(new RawField(name, start, end - start, start + bodyStart));
        return true;
    }
}
