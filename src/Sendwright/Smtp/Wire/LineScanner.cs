using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sendwright.Smtp.Wire;

/// <summary>
/// The one rule about lines, for every way in and out: a CR is followed by an LF, an LF follows a CR, and there is no NUL. It takes a message in whatever pieces it comes.
/// </summary>
/// <remarks>
/// RFC 5321, 2.3.8: "SMTP client implementations MUST NOT transmit these characters except when they are intended as line terminators and then MUST, as indicated above,
/// transmit them only as a &lt;CRLF&gt; sequence." NUL is left out of 7bit and 8bit data alike by RFC 2045, 2.7 and 2.8, and some servers end the message there.
/// </remarks>
internal sealed class LineScanner
{
    private bool _isAfterCr;
    private long _lineStart;

    /// <summary>The first thing found wrong; the octets behind it are not looked at.</summary>
    public ContentProblem Problem { get; private set; }

    /// <summary>The offset, from 0, of the octet that is wrong.</summary>
    public long ProblemOffset { get; private set; }

    /// <summary>The line, from 1, that it is in.</summary>
    public long ProblemLine => Lines + 1;

    /// <summary>The octets so far.</summary>
    public long Octets { get; private set; }

    /// <summary>The lines that have ended so far.</summary>
    public long Lines { get; private set; }

    /// <summary>The octets of the longest line so far, its CRLF not counted.</summary>
    public long LongestLine { get; private set; }

    /// <summary>Whether an octet over 127 was among them.</summary>
    public bool IsEightBit { get; private set; }

    /// <summary>Whether a dot, if it came next, would begin a line.</summary>
    public bool IsAtLineStart => _lineStart == Octets;

    /// <summary>Takes the next piece.</summary>
    /// <returns>How many lines in it begin with a dot. It is of no use once there is a <see cref="Problem"/>.</returns>
    public int Scan(ReadOnlySpan<byte> octets)
    {
        if (Problem != ContentProblem.None)
            return 0;
        var dots = 0;
        var at = ScanBlocks(octets, ref dots);
        // What is left of the last block; or the block that has something wrong in it, to find what and where.
        for (; at < octets.Length; at++)
        {
            var octet = octets[at];
            if (_isAfterCr != (octet == '\n'))
            {
                Spoil(_isAfterCr ? ContentProblem.BareCarriageReturn : ContentProblem.BareLineFeed, _isAfterCr ? Octets + at - 1 : Octets + at);
                return dots;
            }

            if (octet == 0)
            {
                Spoil(ContentProblem.Nul, Octets + at);
                return dots;
            }

            if (octet == '.' && _lineStart == Octets + at)
                dots++;
            if (octet == '\n')
                EndLine(Octets + at);
            _isAfterCr = octet == '\r';
            IsEightBit |= octet > 127;
        }

        Octets += octets.Length;
        return dots;
    }

    /// <summary>Says that nothing more comes: a CR at the end stands alone for ever, and the last line may have no line end.</summary>
    public void Complete()
    {
        if (_isAfterCr && Problem == ContentProblem.None)
            Spoil(ContentProblem.BareCarriageReturn, Octets - 1);
        LongestLine = Math.Max(LongestLine, Octets - _lineStart);
    }

    // 32 octets at a time as bits: where an LF must be is where a CR was one octet before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanBlocks(ReadOnlySpan<byte> octets, ref int dots)
    {
        ref var first = ref MemoryMarshal.GetReference(octets);
        var afterCr = _isAfterCr ? 1u : 0u;
        var atLineStart = IsAtLineStart ? 1u : 0u;
        var seen = Vector256<byte>.Zero;
        var at = 0;
        for (; at <= octets.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var block = Vector256.LoadUnsafe(ref first, (nuint)at);
            seen |= block;
            // Most blocks lie inside a line: nothing in them is as low as CR, LF and NUL are.
            if ((afterCr | atLineStart) == 0 && !Vector256.EqualsAny(Vector256.Min(block, Vector256.Create((byte)'\r')), block))
                continue;
            var cr = Vector256.Equals(block, Vector256.Create((byte)'\r')).ExtractMostSignificantBits();
            var lf = Vector256.Equals(block, Vector256.Create((byte)'\n')).ExtractMostSignificantBits();
            var nul = Vector256.Equals(block, Vector256<byte>.Zero).ExtractMostSignificantBits();
            if (((lf ^ ((cr << 1) | afterCr)) | nul) != 0)
                break;
            var dot = Vector256.Equals(block, Vector256.Create((byte)'.')).ExtractMostSignificantBits();
            dots += BitOperations.PopCount(dot & ((lf << 1) | atLineStart));
            afterCr = cr >> 31;
            atLineStart = lf >> 31;
            for (; lf != 0; lf &= lf - 1)
                EndLine(Octets + at + BitOperations.TrailingZeroCount(lf));
        }

        _isAfterCr = afterCr != 0;
        IsEightBit |= seen.ExtractMostSignificantBits() != 0;
        return at;
    }

    private void EndLine(long lineFeed)
    {
        LongestLine = Math.Max(LongestLine, lineFeed - 1 - _lineStart);
        _lineStart = lineFeed + 1;
        Lines++;
    }

    private void Spoil(ContentProblem problem, long offset)
    {
        Problem = problem;
        ProblemOffset = offset;
    }
}
