using System.Buffers;

namespace Sendwright.Smtp.Wire;

/// <summary>Reads a message's content as it comes, in whatever pieces: takes the dot-stuffing out, finds the end, and has the lines checked by <see cref="LineScanner"/>.</summary>
/// <remarks>
/// RFC 5321, 4.1.1.4, of lines that end in LF only: "SMTP server systems MUST NOT do this, even in the name of improved robustness."
/// A server that takes LF.LF or LF.CRLF for the end lets one client smuggle a second message past the one before it.
/// Once there is a problem the content will be refused, so nothing more is kept; reading goes on to find the end.
/// </remarks>
internal sealed class ContentReader
{
    private readonly long _maxOctets;

    /// <summary>Sees the octets of the wire: dot-stuffing puts no octet between a CR and its LF, so the rule reads the same with it as without.</summary>
    private readonly LineScanner _lines = new();

    private State _state;

    private ContentReader(State start, long maxOctets)
    {
        _state = start;
        _maxOctets = maxOctets;
    }

    private enum State
    {
        /// <summary>Behind CRLF, or at the very start.</summary>
        LineStart,

        /// <summary>Behind CRLF and a dot, which is the end's or was stuffed in.</summary>
        Dot,

        /// <summary>Behind CRLF, dot, CR.</summary>
        DotCr,

        /// <summary>In a line, where a dot is a dot.</summary>
        InLine,

        /// <summary>In a line, behind a CR whose LF has not come yet.</summary>
        Cr,

        /// <summary>Behind the final dot.</summary>
        Ended,
    }

    /// <summary>What is wrong. A line's fault counts more than the size, so that the pieces in which content arrives make no difference.</summary>
    public ContentProblem Problem => _lines.Problem != ContentProblem.None ? _lines.Problem : Octets > _maxOctets ? ContentProblem.TooLarge : ContentProblem.None;

    /// <summary>How many octets the content has so far, without dot-stuffing.</summary>
    public long Octets { get; private set; }

    private bool IsStuffed { get; init; }

    /// <summary>For DATA: dot-stuffed, up to a dot on a line of its own.</summary>
    public static ContentReader ForData(long maxOctets) => new(State.LineStart, maxOctets) { IsStuffed = true };

    /// <summary>For BDAT: as it is, up to a count that the caller keeps (RFC 3030).</summary>
    public static ContentReader ForChunks(long maxOctets) => new(State.InLine, maxOctets);

    /// <summary>Reads on, writes content to <paramref name="output"/>, and says whether the final dot was met and up to where.</summary>
    public bool Read(in ReadOnlySequence<byte> input, IBufferWriter<byte> output, out SequencePosition consumed)
    {
        var read = 0L;
        foreach (var segment in input)
        {
            var taken = IsStuffed ? ReadStuffed(segment.Span, output) : ReadPlain(segment.Span, output);
            _lines.Scan(segment.Span[..taken]);
            read += taken;
            if (_state == State.Ended)
                break;
        }

        consumed = input.GetPosition(read);
        return _state == State.Ended;
    }

    /// <summary>Says that the last chunk was read: a CR at its end stands alone for ever.</summary>
    public void CompleteChunks()
    {
        _lines.Complete();
        _state = State.Ended;
    }

    private int ReadPlain(ReadOnlySpan<byte> span, IBufferWriter<byte> output)
    {
        Write(span, output);
        return span.Length;
    }

    /// <summary>Reads one span; gives how many octets of it belong to the content and its end.</summary>
    private int ReadStuffed(ReadOnlySpan<byte> span, IBufferWriter<byte> output)
    {
        // Content is written in runs as long as can be: a run ends only where an octet is left out (a stuffed dot) or held back (a CR behind it).
        var run = 0;
        var at = 0;
        while (at < span.Length)
        {
            var octet = span[at];
            switch (_state)
            {
                case State.LineStart when octet == '.':
                    Write(span[run..at], output);
                    run = ++at;
                    _state = State.Dot;
                    break;

                case State.Dot when octet == '\r':
                    run = ++at; // held back: it is the end's, or stands alone and spoils everything
                    _state = State.DotCr;
                    break;

                case State.DotCr when octet == '\n':
                    _state = State.Ended;
                    return at + 1;

                case State.Cr when octet == '\n':
                    at++;
                    _state = State.LineStart;
                    break;

                case State.InLine:
                    // An LF without CR ends no line: a dot behind it is not at a line's start.
                    var length = span[at..].IndexOf((byte)'\r');
                    at = length < 0 ? span.Length : at + length + 1;
                    _state = length < 0 ? State.InLine : State.Cr;
                    break;

                default:
                    _state = State.InLine; // "If the first character is a period and there are other characters on the line, the first character is deleted."
                    break;
            }
        }

        if (run < span.Length)
            Write(span[run..], output);
        return span.Length;
    }

    private void Write(ReadOnlySpan<byte> content, IBufferWriter<byte> output)
    {
        Octets += content.Length;
        if (Problem == ContentProblem.None)
            output.Write(content);
    }
}
