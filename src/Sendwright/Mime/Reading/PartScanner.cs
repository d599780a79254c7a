using Sendwright.Mime.Raw;

namespace Sendwright.Mime.Reading;

/// <summary>
/// Finds the parts of a message in one pass over its lines (RFC 2046, 5.1). Any octets give a tree: a boundary of an outer multipart ends the inner ones, the end of the octets
/// ends all.
/// </summary>
internal sealed class PartScanner
{
    private readonly ReadOnlyMemory<byte> _octets;
    private readonly int _messageDepth;
    private OpenPart _current = new(null);
    private int _parts = 1;
    private int _fields;

    private PartScanner(ReadOnlyMemory<byte> octets, int messageDepth)
    {
        _octets = octets;
        _messageDepth = messageDepth;
    }

    /// <summary>The message as a part, with its parts in it.</summary>
    public static ParsedPart Scan(ReadOnlyMemory<byte> octets, int messageDepth) => new PartScanner(octets, messageDepth).Scan();

    private ParsedPart Scan()
    {
        var span = _octets.Span;
        for (var position = StartOfHeader(span); position < span.Length;)
        {
            if (!_current.IsInHeader)
            {
                // Only a line that starts with two hyphens can be a boundary.
                position = NextHyphens(span, position);
                if (position < 0)
                    break;
            }

            var end = EndOfLine(span, position);
            if (Delimiting(span[position..end], out var isClose) is { } multipart)
            {
                EndPartsIn(multipart, position);
                multipart.IsClosed = isClose;
                if (!isClose)
                    Open(multipart);
                position = end;
            }
            else
            {
                position = _current.IsInHeader ? TakeHeaderLine(span[position..end], position, end) : end;
            }
        }

        return EndAll(span.Length);
    }

    /// <summary>Takes a line of a header, and says where the next one is to be looked at.</summary>
    private int TakeHeaderLine(ReadOnlySpan<byte> line, int start, int end)
    {
        if (line[0] is (byte)' ' or (byte)'\t' && _current.HasFields)
        {
            _current.Continue(end);
            return end;
        }

        if (_fields < ReadingLimits.MaxFields && FieldName.TryRead(line, out var name, out var bodyStart))
        {
            _fields++;
            _current.Add(new RawField(name, start, end - start, start + bodyStart));
            return end;
        }

        // A line that is no field begins the body, even if the blank line between is missing: so nothing is lost.
        var isBlank = line is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];
        _current.EndHeader(_octets, isBlank ? end : start);
        return isBlank ? end : start;
    }

    /// <summary>The open multipart that this line is a boundary of, the innermost first; null where it is none.</summary>
    private OpenPart? Delimiting(ReadOnlySpan<byte> line, out bool isClose)
    {
        isClose = false;
        if (!line.StartsWith("--"u8))
            return null;
        line = line.TrimEnd(" \t\r\n"u8);
        for (var part = _current; part is not null; part = part.Parent)
        {
            if (part.Delimiter.IsEmpty || !line.StartsWith(part.Delimiter))
                continue;
            // The whole line, because one boundary may begin as another one does.
            var rest = line[part.Delimiter.Length..];
            isClose = rest.SequenceEqual("--"u8);
            if (isClose || (rest.IsEmpty && _parts < ReadingLimits.MaxParts))
                return part;
        }

        return null;
    }

    private void Open(OpenPart multipart)
    {
        _parts++;
        _current = new OpenPart(multipart);
    }

    private void EndPartsIn(OpenPart multipart, int delimiter)
    {
        var end = WithoutLineEnd(_octets.Span[..delimiter]);
        for (; _current != multipart; _current = _current.Parent!)
        {
            if (_current.IsInHeader)
                _current.EndHeader(_octets, delimiter);
            _current.Close(_octets, end, _messageDepth);
        }
    }

    private ParsedPart EndAll(int end)
    {
        while (true)
        {
            if (_current.IsInHeader)
                _current.EndHeader(_octets, end);
            var part = _current.Close(_octets, end, _messageDepth);
            if (_current.Parent is not { } parent)
                return part;
            _current = parent;
        }
    }

    // RFC 2046, 5.1.1: the line end before a boundary belongs to the boundary.
    private static int WithoutLineEnd(ReadOnlySpan<byte> span) =>
        span.EndsWith("\r\n"u8) ? span.Length - 2 : span.EndsWith("\n"u8) ? span.Length - 1 : span.Length;

    // Mailbox files put a line of their own before each message; some programs leave it there, quoted or not. "From :" is a field.
    private static int StartOfHeader(ReadOnlySpan<byte> span)
    {
        var end = EndOfLine(span, 0);
        return (span.StartsWith("From "u8) || span.StartsWith(">From "u8)) && !FieldName.TryRead(span[..end], out _, out _) ? end : 0;
    }

    private static int NextHyphens(ReadOnlySpan<byte> span, int position)
    {
        if (span[position..].StartsWith("--"u8))
            return position;
        var found = span[position..].IndexOf("\n--"u8);
        return found < 0 ? -1 : position + found + 1;
    }

    private static int EndOfLine(ReadOnlySpan<byte> span, int position)
    {
        var length = span[position..].IndexOf((byte)'\n');
        return length < 0 ? span.Length : position + length + 1;
    }
}
