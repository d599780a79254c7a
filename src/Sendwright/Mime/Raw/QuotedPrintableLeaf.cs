using System.Buffers;

namespace Sendwright.Mime.Raw;

/// <summary>
/// Quoted-printable (RFC 2045, 6.7) of octets in any charset whose line ends are CRLF. Each CRLF becomes a hard line break, so that what is read back is the same octets.
/// </summary>
internal sealed class QuotedPrintableLeaf : LeafEncoder
{
    /// <summary>"Encoded lines must not be longer than 76 characters" (5); the last is kept for the <c>=</c> of a soft line break.</summary>
    private const int MaxColumn = 75;

    private const int LongestToken = 3 + HexEscape.Length; // with a soft line break

    private static readonly SearchValues<byte> Literal = SearchValues.Create([(byte)'\t', .. Enumerable.Range(' ', '~' - ' ' + 1).Where(octet => octet != '=').Select(octet => (byte)octet)]);

    private int _column;

    /// <summary>A blank whose next octet is not known yet: (3) it must not be the last of a line.</summary>
    private byte? _heldBlank;

    public override void Encode(ReadOnlySpan<byte> octets, IBufferWriter<byte> output)
    {
        while (!octets.IsEmpty)
        {
            var octet = octets[0];
            if (octet is (byte)'\r' or (byte)'\n')
            {
                if (octet == '\n')
                    BreakLine(output);
                octets = octets[1..];
                continue;
            }

            ReleaseBlank(output);
            var run = LiteralRun(octets);
            if (run > 0)
            {
                WriteLiteral(octets[..run], output);
                octets = octets[run..];
                continue;
            }

            if (octet is (byte)' ' or (byte)'\t')
                _heldBlank = octet;
            else
                WriteEscape(octet, output);
            octets = octets[1..];
        }
    }

    public override void Complete(IBufferWriter<byte> output)
    {
        // What follows is the line end before a boundary, or the message's end.
        if (_heldBlank is { } blank)
            WriteEscape(blank, output);
        _heldBlank = null;
    }

    /// <summary>The octets, up to the end of a full line, that stand for themselves whatever follows them: the last is no blank.</summary>
    private int LiteralRun(ReadOnlySpan<byte> octets)
    {
        // A relay that takes the dot-stuffing out once too often, or forgets to, would change a dot at the start of a line.
        if (_column is 0 or MaxColumn && octets[0] == '.')
            return 0;
        // A soft line break may come right before what looks like a boundary, which in the middle of a line it was not.
        if (_column == MaxColumn && octets[0] == '-')
            return 0;
        var line = octets[..Math.Min(octets.Length, _column == MaxColumn ? MaxColumn : MaxColumn - _column)];
        var run = line.IndexOfAnyExcept(Literal);
        if (run < 0)
            run = line.Length;
        return line[..run].TrimEnd(" \t"u8).Length;
    }

    private void ReleaseBlank(IBufferWriter<byte> output)
    {
        if (_heldBlank is not { } blank)
            return;
        _heldBlank = null;
        WriteLiteral([blank], output);
    }

    private void WriteLiteral(ReadOnlySpan<byte> octets, IBufferWriter<byte> output)
    {
        BreakSoftly(octets.Length, output);
        output.Write(octets);
        _column += octets.Length;
    }

    private void WriteEscape(byte octet, IBufferWriter<byte> output)
    {
        BreakSoftly(HexEscape.Length, output);
        output.Advance(HexEscape.Write(octet, output.GetSpan(LongestToken)));
        _column += HexEscape.Length;
    }

    private void BreakSoftly(int room, IBufferWriter<byte> output)
    {
        if (_column + room <= MaxColumn)
            return;
        output.Write("=\r\n"u8);
        _column = 0;
    }

    private void BreakLine(IBufferWriter<byte> output)
    {
        Complete(output);
        output.Write("\r\n"u8);
        _column = 0;
    }
}
