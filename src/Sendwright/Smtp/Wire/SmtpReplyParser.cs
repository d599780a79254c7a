using System.Text;

namespace Sendwright.Smtp.Wire;

/// <summary>What came of reading a reply from a buffer.</summary>
internal enum ReplyParseStatus
{
    /// <summary>The last line has not arrived.</summary>
    Incomplete,

    /// <summary>A whole reply was read.</summary>
    Complete,

    /// <summary>The bytes are no SMTP reply at all.</summary>
    NotAReply,

    /// <summary>They are one, and break the grammar of RFC 5321, 4.2.</summary>
    Malformed,
}

/// <summary>
/// Reads replies from bytes: <c>Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF</c> (RFC 5321, 4.2). Pure: no I/O, no state.
/// </summary>
internal static class SmtpReplyParser
{
    /// <summary>RFC 5321, 4.5.3.1.5 allows 512 octets a line; servers with long explanations send more, and nothing honest sends this many.</summary>
    public const int MaxLineOctets = 8 * 1024;

    /// <summary>An EHLO reply of a large server has about 20 lines. Without a limit a hostile server could talk for ever.</summary>
    public const int MaxLines = 512;

    /// <summary>The largest whole reply.</summary>
    public const int MaxReplyOctets = 64 * 1024;

    /// <summary>Tries to read one reply at the start of the buffer.</summary>
    /// <param name="buffer">The bytes received so far.</param>
    /// <param name="reply">The reply, where the status is complete.</param>
    /// <param name="consumed">The octets it took.</param>
    public static ReplyParseStatus TryParse(ReadOnlySpan<byte> buffer, out SmtpReply? reply, out int consumed)
    {
        reply = null;
        consumed = 0;
        List<string>? earlier = null;
        var code = 0;
        var position = 0;
        while (true)
        {
            var rest = buffer[position..];
            var end = rest.IndexOf((byte)'\n');
            if (end < 0)
                return JudgeUnfinished(rest, position);
            if (end > MaxLineOctets || position + end > MaxReplyOctets)
                return ReplyParseStatus.Malformed;
            var line = rest[..end];
            if (line.EndsWith("\r"u8))
                line = line[..^1];
            if (!TryCode(line, out var lineCode))
                return earlier is null ? ReplyParseStatus.NotAReply : ReplyParseStatus.Malformed;
            // "the reply code ... MUST be the same" on each line (RFC 5321, 4.2.1): otherwise two replies may have been mixed up.
            if (earlier is not null && lineCode != code)
                return ReplyParseStatus.Malformed;
            code = lineCode;
            position += end + 1;
            var text = Decode(line.Length > 4 ? line[4..] : default);
            if (line.Length > 3 && line[3] == (byte)'-')
            {
                (earlier ??= []).Add(text);
                if (earlier.Count >= MaxLines)
                    return ReplyParseStatus.Malformed;
                continue;
            }

            if (earlier is null)
            {
                reply = new SmtpReply(code, [text]);
            }
            else
            {
                earlier.Add(text);
                reply = new SmtpReply(code, earlier);
            }

            consumed = position;
            return ReplyParseStatus.Complete;
        }
    }

    /// <summary>Makes a peer's bytes printable: UTF-8 where it is, Latin-1 where it is not, and no control characters, which could steer a terminal.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return "";
        var text = System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
        return text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.AsSpan().ContainsAnyInRange('\u007f', '\u009f')
            ? string.Create(text.Length, text, static (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                    span[i] = source[i] == '\t' ? ' ' : char.IsControl(source[i]) ? '\ufffd' : source[i];
            })
            : text;
    }

    /// <summary>What a peer said, fit for one line of evidence: one line, its blanks collapsed, cut short.</summary>
    /// <param name="bytes">What it said.</param>
    /// <param name="mask">Masks secrets, before the text is cut: half of a secret would not be known as one.</param>
    public static string Excerpt(ReadOnlySpan<byte> bytes, Func<string, string>? mask = null)
    {
        const int Longest = 100;
        var words = Decode(bytes).Split([' ', '\ufffd'], StringSplitOptions.RemoveEmptyEntries);
        var text = string.Join(' ', words);
        text = mask is null ? text : mask(text);
        return text.Length <= Longest ? text : $"{text.AsSpan(0, Longest)}...";
    }

    private static ReplyParseStatus JudgeUnfinished(ReadOnlySpan<byte> rest, int position)
    {
        if (rest.Length > MaxLineOctets || position + rest.Length > MaxReplyOctets)
            return position == 0 && !LooksLikeCode(rest) ? ReplyParseStatus.NotAReply : ReplyParseStatus.Malformed;
        // Another protocol may never send a line end: say so as soon as the first octets cannot be a code.
        return LooksLikeCode(rest) ? ReplyParseStatus.Incomplete : position == 0 ? ReplyParseStatus.NotAReply : ReplyParseStatus.Malformed;
    }

    private static bool LooksLikeCode(ReadOnlySpan<byte> start)
    {
        for (var i = 0; i < Math.Min(start.Length, 3); i++)
        {
            if (!IsCodeDigit(start[i], i))
                return false;
        }

        return start.Length <= 3 || start[3] is (byte)' ' or (byte)'-' or (byte)'\r';
    }

    private static bool TryCode(ReadOnlySpan<byte> line, out int code)
    {
        code = 0;
        if (line.Length < 3 || !LooksLikeCode(line))
            return false;
        code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        return true;
    }

    // Reply-code = %x32-35 %x30-35 %x30-39 (RFC 5321, 4.2). The second digit of some real servers is 6 to 9, which harms nobody.
    private static bool IsCodeDigit(byte octet, int index) => index == 0 ? octet is >= (byte)'2' and <= (byte)'5' : octet is >= (byte)'0' and <= (byte)'9';
}
