using Sendwright.Mime.Raw;

namespace Sendwright.Mime.Reading;

/// <summary>A part whose end has not been met yet.</summary>
internal sealed class OpenPart(OpenPart? parent)
{
    private readonly List<RawField> _fields = [];
    private readonly List<ParsedPart> _parts = [];
    private PartDescription? _description;
    private int _bodyStart;

    public OpenPart? Parent => parent;

    public int Depth { get; } = (parent?.Depth ?? 0) + 1;

    /// <summary>Between its parts: two hyphens and the boundary; empty where it has no parts.</summary>
    public ReadOnlySpan<byte> Delimiter => _description is null || IsClosed || Depth >= ReadingLimits.MaxDepth ? [] : _description.Delimiter;

    /// <summary>Whether its last boundary was met; what follows is no part of it (RFC 2046, 5.1.1).</summary>
    public bool IsClosed { get; set; }

    public bool IsInHeader => _description is null;

    public bool HasFields => _fields.Count > 0;

    public void Add(RawField field) => _fields.Add(field);

    /// <summary>Gives the last field one more line.</summary>
    public void Continue(int end) => _fields[^1] = _fields[^1] with { Length = end - _fields[^1].Start };

    public void EndHeader(ReadOnlyMemory<byte> octets, int bodyStart)
    {
        _bodyStart = bodyStart;
        ParsedHeader[] fields = [.. _fields.Select(field => new ParsedHeader(field.Name, octets[field.BodyStart..field.End]))];
        _description = new PartDescription(new ParsedHeaders(fields), parent is { _description.IsDigest: true });
    }

    /// <summary>Ends it where its content does, and adds it to its parent.</summary>
    public ParsedPart Close(ReadOnlyMemory<byte> octets, int end, int messageDepth)
    {
        var part = new ParsedPart(_description!, octets[_bodyStart..Math.Max(_bodyStart, end)], [.. _parts], messageDepth);
        parent?._parts.Add(part);
        return part;
    }
}
