namespace Sendwright.Mime;

/// <summary>
/// All of a message but its bodies: header fields, boundaries and where the bodies go between them (RFC 2046, 5.1).
/// </summary>
internal ref struct MimeFrame
{
    private const int BoundaryLength = 35;

    private readonly List<BodyPlacement> _bodies = new(3);
    private readonly Guid _unique;
    private int _multiparts;
    private bool _isAtLineStart;

    /// <summary>Starts a frame; its boundaries hold the unique value.</summary>
    public MimeFrame(Guid unique) => _unique = unique;

    /// <summary>Where header fields are written.</summary>
    public HeaderWriter Header = new();

    /// <summary>Writes the type of a multipart and the end of its header.</summary>
    /// <param name="contentType">The type, with its semicolon.</param>
    /// <param name="parameter">A parameter besides the boundary, with its semicolon.</param>
    /// <param name="isEightBit">Whether any octet in it is over 127: RFC 2045, 6.2 wants the least encoding that is true of all that is inside.</param>
    /// <returns>Its number, which its delimiters need.</returns>
    public int OpenMultipart(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> parameter = default, bool isEightBit = false)
    {
        var number = _multiparts++;
        Header.Field("Content-Type:"u8);
        Header.Token(contentType);
        if (!parameter.IsEmpty)
            Header.Token(parameter);
        Header.StartToken("boundary=\"\"".Length + BoundaryLength);
        Header.Append("boundary=\""u8);
        AppendBoundary(number);
        Header.Append("\""u8);
        Header.EndField();
        if (isEightBit)
            Header.Line("Content-Transfer-Encoding: 8bit"u8);
        EndHeader();
        return number;
    }

    /// <summary>Starts the next part of a multipart.</summary>
    public void NextPart(int multipart)
    {
        Delimiter(multipart);
        Header.LineBreak();
    }

    /// <summary>Ends a multipart.</summary>
    public void CloseMultipart(int multipart)
    {
        Delimiter(multipart);
        Header.Append("--"u8);
        _isAtLineStart = false;
    }

    /// <summary>Ends a part's header; its body follows.</summary>
    public void Body(MimeBody body)
    {
        Header.Field("Content-Transfer-Encoding:"u8);
        Header.Token(body.Encoding switch
        {
            TransferEncoding.SevenBit => "7bit"u8,
            TransferEncoding.EightBit => "8bit"u8,
            TransferEncoding.QuotedPrintable => "quoted-printable"u8,
            _ => "base64"u8,
        });
        Header.EndField();
        EndHeader();
        _bodies.Add(new BodyPlacement(Header.Length, body));
        // RFC 2046, 5.1.1: the line break before a delimiter belongs to the delimiter, so a text that ends with one needs a second.
        _isAtLineStart = body.ClosesLastLine;
    }

    /// <summary>Ends the last line.</summary>
    public void Finish()
    {
        if (_multiparts > 0 || !_bodies[^1].Body.EndsAtLineStart)
            Header.LineBreak();
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => Header.Dispose();

    /// <summary>The bodies in their order.</summary>
    public readonly BodyPlacement[] Bodies() => [.. _bodies];

    private void EndHeader()
    {
        Header.LineBreak();
        _isAtLineStart = true;
    }

    private void Delimiter(int multipart)
    {
        if (!_isAtLineStart)
            Header.LineBreak();
        Header.Append("--"u8);
        AppendBoundary(multipart);
    }

    // "=_" can be in no quoted-printable and no base64 (RFC 2045, 6.7 recommends it), and a 7-bit text with a line that starts so is not left as it is:
    // no part has to be searched for its boundary. The unique value keeps a message apart from one that it carries.
    private void AppendBoundary(int multipart)
    {
        Header.Append("=_"u8);
        Header.Append([(byte)('a' + multipart)]);
        _ = _unique.TryFormat(Header.Free(BoundaryLength), out var written, "N");
        Header.Advance(written);
    }
}
