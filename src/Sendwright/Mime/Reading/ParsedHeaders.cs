using System.Collections;

namespace Sendwright.Mime.Reading;

/// <summary>The header fields of a message or a part, in their order.</summary>
public sealed class ParsedHeaders : IReadOnlyList<ParsedHeader>
{
    private readonly ParsedHeader[] _fields;

    internal ParsedHeaders(ParsedHeader[] fields) => _fields = fields;

    /// <summary>How many fields there are.</summary>
    public int Count => _fields.Length;

    /// <summary>The field at an index.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public ParsedHeader this[int index] => _fields[index];

    /// <summary>The value of the first field of a name, in whatever case; null where there is none.</summary>
    public string? this[string name] => First(name)?.Value;

    /// <summary>The fields of a name, in whatever case.</summary>
    public IEnumerable<ParsedHeader> All(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _fields.Where(field => field.Is(name));
    }

    /// <inheritdoc />
    public IEnumerator<ParsedHeader> GetEnumerator() => ((IEnumerable<ParsedHeader>)_fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ParsedHeader? First(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Array.Find(_fields, field => field.Is(name));
    }
}
