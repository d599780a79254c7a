namespace Sendwright.Mime.Raw;

/// <summary>What the octets of one body are like: what decides whether and how it is encoded.</summary>
/// <param name="countsQuotedPrintable">Whether <see cref="QuotedPrintableLength"/> will be asked for.</param>
internal sealed class LeafSurvey(bool countsQuotedPrintable)
{
    private readonly CountingOutput _quotedPrintable = new();
    private readonly QuotedPrintableLeaf? _encoder = countsQuotedPrintable ? new QuotedPrintableLeaf() : null;
    private long _column;

    /// <summary>The octets of a line end (CR, or CR and LF) whose part is not known yet: in front of a boundary it belongs to the boundary (RFC 2046, 5.1.1).</summary>
    private int _heldLineEnd;

    public bool IsEightBit { get; private set; }

    public long LongestLine { get; private set; }

    public long Octets { get; private set; }

    public long QuotedPrintableLength => _quotedPrintable.Count;

    /// <summary>Takes a piece that has a line end nowhere but at its end.</summary>
    public void Take(ReadOnlySpan<byte> octets)
    {
        if (_heldLineEnd == 1 && octets is [(byte)'\n', ..])
        {
            _heldLineEnd = 2;
            octets = octets[1..];
        }

        if (octets.IsEmpty)
            return;
        ReleaseLineEnd();
        _heldLineEnd = octets.EndsWith("\r\n"u8) ? 2 : octets.EndsWith("\r"u8) ? 1 : 0;
        Count(octets[..^_heldLineEnd]);
        _column += octets.Length - _heldLineEnd;
        LongestLine = Math.Max(LongestLine, _column);
        if (_heldLineEnd > 0)
            _column = 0;
    }

    /// <summary>Says that the body has ended, in front of a boundary or at the end of the message.</summary>
    public void Complete(bool isAtBoundary)
    {
        if (!isAtBoundary)
            ReleaseLineEnd();
        _encoder?.Complete(_quotedPrintable);
    }

    private void ReleaseLineEnd()
    {
        Count("\r\n"u8[.._heldLineEnd]);
        _heldLineEnd = 0;
    }

    private void Count(ReadOnlySpan<byte> octets)
    {
        Octets += octets.Length;
        IsEightBit |= octets.ContainsAnyInRange((byte)128, (byte)255);
        _encoder?.Encode(octets, _quotedPrintable);
    }
}
