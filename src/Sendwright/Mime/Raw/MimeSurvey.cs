using System.Buffers;

namespace Sendwright.Mime.Raw;

/// <summary>
/// Walks through the parts of a message as its octets come, in memory that does not grow with the message, and works out how it becomes 7-bit. The octets have passed the
/// check of their lines before.
/// </summary>
/// <param name="isSigned">Whether a signature is about all of it: then only what its headers hold is of interest.</param>
internal sealed class MimeSurvey(bool isSigned)
{
    /// <summary>A longer line is no boundary.</summary>
    private const int MaxDelimiterLine = 512;

    private readonly SevenBitPlan _plan = new(isSigned);
    private readonly ArrayBufferWriter<byte> _header = new();
    private readonly ArrayBufferWriter<byte> _held = new();
    private MimeEntity _current = new(null, 0);
    private int _headerLineStart;
    private long _offset;
    private bool _isInHeader = true;
    private bool _isAtLineStart = true;

    public void Take(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            var lineFeed = octets.IndexOf((byte)'\n');
            var fragment = lineFeed < 0 ? octets : octets[..(lineFeed + 1)];
            if (_isInHeader)
                TakeHeader(fragment, isEnd: lineFeed >= 0);
            else
                TakeBody(fragment, isEnd: lineFeed >= 0);
            _isAtLineStart = lineFeed >= 0;
            octets = octets[fragment.Length..];
        }
    }

    public SevenBitForm Complete()
    {
        // The last line may have no line end, and be the last boundary all the same.
        if (_isInHeader)
            EndHeaderAtLine(_header.WrittenSpan[_headerLineStart..]);
        else if (Delimiting(_held.WrittenSpan, out var isClose) is { } multipart)
            Delimit(multipart, isClose);
        else
            ReleaseHeld();
        End(above: null, isAtBoundary: false);
        return _plan.Complete(_offset, _isAtLineStart);
    }

    private void TakeHeader(ReadOnlySpan<byte> fragment, bool isEnd)
    {
        _header.Write(fragment);
        _offset += fragment.Length;
        // Before the line has ended: a hostile one has no end.
        if (_header.WrittenCount > HeaderGathering.MaxOctets)
        {
            _plan.GiveUp();
            EndHeader(0, _offset);
            return;
        }

        if (!isEnd)
            return;
        var line = _header.WrittenSpan[_headerLineStart..];
        if (line.SequenceEqual("\r\n"u8))
            EndHeader(_headerLineStart, _offset);
        else if (Delimiting(line, out _) is not null)
            EndHeaderAtLine(line);
        else
            _headerLineStart = _header.WrittenCount;
    }

    // A part may lack the blank line, and with it a body: then a boundary ends its header, or the end of the message does.
    private void EndHeaderAtLine(ReadOnlySpan<byte> line)
    {
        var multipart = Delimiting(line, out var isClose);
        EndHeader(multipart is null ? _header.WrittenCount : _headerLineStart, multipart is null ? _offset : _offset - line.Length);
        if (multipart is not null)
            Delimit(multipart, isClose);
    }

    private void TakeBody(ReadOnlySpan<byte> fragment, bool isEnd)
    {
        _offset += fragment.Length;
        // Only a line that begins with two hyphens can be a boundary; what has come of one is held until the rest has.
        if (_held.WrittenCount > 0 || (_isAtLineStart && "--"u8.StartsWith(fragment[..Math.Min(2, fragment.Length)])))
        {
            _held.Write(fragment);
            if (isEnd && Delimiting(_held.WrittenSpan, out var isClose) is { } multipart)
            {
                _held.ResetWrittenCount();
                Delimit(multipart, isClose);
            }
            else if (isEnd || _held.WrittenCount > MaxDelimiterLine || !_held.WrittenSpan.StartsWith("--"u8[..Math.Min(2, _held.WrittenCount)]))
            {
                ReleaseHeld();
            }
        }
        else
        {
            _current.Body.Take(fragment);
        }
    }

    private void ReleaseHeld()
    {
        _current.Body.Take(_held.WrittenSpan);
        _held.ResetWrittenCount();
    }

    /// <summary>The open multipart that this line is a boundary of; null where it is none.</summary>
    private MimeEntity? Delimiting(ReadOnlySpan<byte> line, out bool isClose)
    {
        isClose = false;
        if (!line.StartsWith("--"u8))
            return null;
        var text = line.TrimEnd(" \t\r\n"u8);
        for (var entity = _current; entity is not null; entity = entity.Parent)
        {
            if (entity.Kind != EntityKind.Multipart || entity.IsClosed || !text.StartsWith(entity.Delimiter))
                continue;
            var rest = text[entity.Delimiter.Length..];
            isClose = rest.SequenceEqual("--"u8);
            if (isClose || rest.IsEmpty)
                return entity;
        }

        return null;
    }

    private void Delimit(MimeEntity multipart, bool isClose)
    {
        End(multipart, isAtBoundary: true);
        multipart.HasParts = true;
        _plan.EndSurroundings(multipart, isAtBoundary: true);
        multipart.IsClosed = isClose;
        multipart.BodyStart = _offset;
        multipart.Body = new LeafSurvey(countsQuotedPrintable: false);
        _current = multipart;
        if (!isClose)
            Enter(new MimeEntity(multipart, _offset));
    }

    private void Enter(MimeEntity entity)
    {
        _current = entity;
        _isInHeader = true;
        _header.ResetWrittenCount();
        _headerLineStart = 0;
    }

    private void EndHeader(int length, long bodyStart)
    {
        _isInHeader = false;
        _current.Describe(RawHeader.Parse(_header.WrittenSpan[..length].ToArray()), bodyStart, isToBeEncoded: !isSigned);
        _plan.Add(_current);
        if (_current.Kind == EntityKind.Message)
            Enter(new MimeEntity(_current, bodyStart));
    }

    /// <summary>Ends the entities inside of one, or all.</summary>
    private void End(MimeEntity? above, bool isAtBoundary)
    {
        for (var entity = _current; entity is not null && entity != above; entity = entity.Parent)
        {
            if (entity.Header is not null)
                _plan.End(entity, isAtBoundary);
        }
    }
}
