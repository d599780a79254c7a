using System.Text;

namespace Sendwright.Mime.Raw;

/// <summary>Gathers what has to change for a message to be 7-bit, and gives up where something would have to change that must not.</summary>
internal sealed class SevenBitPlan(bool isSigned)
{
    private const int MaxLine = 998;

    /// <summary>More than any message that people or programs make; it bounds the memory that a hostile one takes.</summary>
    private const int MaxChanges = 20_000;

    /// <summary>The octets that may be written anew in headers, for the same reason.</summary>
    private const long MaxReplaced = 4 * HeaderGathering.MaxOctets;

    private readonly List<ContentPiece> _changes = [];
    private bool _isImpossible = isSigned;
    private bool _hasEightBitHeader;
    private long _encodedSize;
    private long _replaced;

    /// <summary>Says that there is no 7-bit form.</summary>
    public void GiveUp()
    {
        _isImpossible = true;
        _changes.Clear();
    }

    /// <summary>An entity whose header was read.</summary>
    public void Add(MimeEntity entity)
    {
        var header = entity.Header!;
        var octets = header.Octets.Span;
        _hasEightBitHeader |= octets.ContainsAnyInRange((byte)128, (byte)255);
        if (_isImpossible)
            return;
        foreach (var field in header.Fields)
        {
            if (entity.Parent is null && (RawFacts.IsPrivate(field) || field.Is("Content-Length")))
                Replace(entity, field, []); // the length of the body is another one now
            else if (!SevenBitField.IsFit(header.OctetsOf(field)))
                Replace(entity, field, SevenBitField.Rewrite(header, field));
        }

        if (header.WrongLine is not null && !SevenBitField.IsFit(octets))
            GiveUp();
    }

    /// <summary>What stands before, between or behind the parts of a multipart, up to here.</summary>
    public void EndSurroundings(MimeEntity multipart, bool isAtBoundary)
    {
        var text = multipart.Body;
        text.Complete(isAtBoundary);
        if (!text.IsEightBit && text.LongestLine <= MaxLine)
            return;
        // Where no boundary was met, nobody knows what is text around the parts and what are the parts: a reader may find them by another boundary than the header names.
        if (text.LongestLine > MaxLine || multipart.IsWithinSignature || !multipart.HasParts)
            GiveUp();
        else
            Change(new ContentPiece(PieceKind.Mask, multipart.BodyStart, text.Octets), text.Octets);
    }

    /// <summary>An entity that was read to its end.</summary>
    public void End(MimeEntity entity, bool isAtBoundary)
    {
        if (entity.Kind is EntityKind.Leaf or EntityKind.Fixed)
        {
            EndLeaf(entity, isAtBoundary);
            return;
        }

        if (entity.Kind == EntityKind.Multipart)
            EndSurroundings(entity, isAtBoundary);
        if (!_isImpossible)
            NameSevenBit(entity);
    }

    public SevenBitForm Complete(long end, bool endsAtLineStart)
    {
        if (_isImpossible)
            return new SevenBitForm(null, 0, _hasEightBitHeader);
        var pieces = new List<ContentPiece>();
        long at = 0;
        // A stable sort: what is put in before a place stays in front of what replaces it.
        foreach (var change in _changes.OrderBy(change => change.Start))
        {
            if (change.Start > at)
                pieces.Add(new ContentPiece(PieceKind.Copy, at, change.Start - at));
            at = change.End;
            pieces.Add(change);
        }

        if (end > at)
            pieces.Add(new ContentPiece(PieceKind.Copy, at, end - at));
        if (!endsAtLineStart && pieces[^1].Kind != PieceKind.Base64)
            pieces.Add(ContentPiece.Insert(end, "\r\n"u8.ToArray()));
        var plainSize = pieces.Where(piece => piece.Kind is PieceKind.Copy or PieceKind.Replace).Sum(piece => piece.PlainLength);
        return new SevenBitForm(pieces, plainSize + _encodedSize, _hasEightBitHeader);
    }

    private void EndLeaf(MimeEntity entity, bool isAtBoundary)
    {
        var body = entity.Body;
        body.Complete(isAtBoundary);
        if (_isImpossible)
            return;
        if (!body.IsEightBit && body.LongestLine <= MaxLine)
        {
            NameSevenBit(entity);
            return;
        }

        if (entity.Kind == EntityKind.Fixed || entity.IsWithinSignature)
        {
            GiveUp();
            return;
        }

        var base64 = Base64Lines.EncodedLength(body.Octets);
        // A line break of quoted-printable is one of text: a reader may make it what line breaks are where it runs.
        var isQuotedPrintable = entity.IsText && body.QuotedPrintableLength <= base64;
        SetEncoding(entity, isQuotedPrintable ? "quoted-printable" : "base64");
        Change(
            new ContentPiece(isQuotedPrintable ? PieceKind.QuotedPrintable : PieceKind.Base64, entity.BodyStart, body.Octets),
            isQuotedPrintable ? body.QuotedPrintableLength : base64);
    }

    private void NameSevenBit(MimeEntity entity)
    {
        if (entity.NamesEightBit && !entity.IsWithinSignature)
            SetEncoding(entity, "7bit");
    }

    private void SetEncoding(MimeEntity entity, string encoding)
    {
        var header = entity.Header!;
        var field = Encoding.ASCII.GetBytes($"Content-Transfer-Encoding: {encoding}\r\n");
        if (header.Only("Content-Transfer-Encoding") is { } named)
        {
            Replace(entity, named, field);
            return;
        }

        // RFC 2045, 4: without MIME-Version the fields of MIME mean nothing.
        if (entity.IsMessage && !header.Has("MIME-Version"))
            field = [.. "MIME-Version: 1.0\r\n"u8, .. field];
        Change(ContentPiece.Insert(entity.HeaderStart + header.Octets.Length, field), 0);
    }

    private void Replace(MimeEntity entity, RawField field, byte[]? replacement)
    {
        if (replacement is null || entity.IsWithinSignature)
        {
            GiveUp();
            return;
        }

        Change(new ContentPiece(PieceKind.Replace, entity.HeaderStart + field.Start, field.Length, replacement), 0);
    }

    private void Change(ContentPiece piece, long encodedLength)
    {
        if (_isImpossible)
            return;
        _encodedSize += encodedLength;
        _replaced += piece.Replacement.Length;
        _changes.Add(piece);
        if (_changes.Count > MaxChanges || _replaced > MaxReplaced)
            GiveUp();
    }
}
