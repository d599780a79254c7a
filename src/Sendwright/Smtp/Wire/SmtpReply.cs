using System.Globalization;

namespace Sendwright.Smtp.Wire;

/// <summary>A whole reply of a server: its code and the text of each line (RFC 5321, 4.2).</summary>
public sealed record SmtpReply
{
    /// <summary>Makes a reply from its code and the lines behind the code.</summary>
    public SmtpReply(int code, params IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        Code = code;
        Lines = lines;
        // RFC 2034, 4: the enhanced code stands in front of the text of every line; a code whose class differs from the reply's is no enhanced code.
        if (lines.Count > 0 && EnhancedStatusCode.TryParse(lines[0], out var enhanced, out _) && enhanced.Class == code / 100)
            EnhancedCode = enhanced;
    }

    /// <summary>The three-digit code.</summary>
    public int Code { get; }

    /// <summary>The text of each line, without the code.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The enhanced code, where the server gives one (RFC 2034).</summary>
    public EnhancedStatusCode? EnhancedCode { get; }

    /// <summary>2yz: done.</summary>
    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>3yz: go on.</summary>
    public bool IsIntermediate => Code is >= 300 and < 400;

    /// <summary>4yz: not now.</summary>
    public bool IsTransient => Code is >= 400 and < 500;

    /// <summary>5yz: not like this.</summary>
    public bool IsPermanent => Code is >= 500 and < 600;

    /// <summary>The lines' text joined by blanks, enhanced codes that repeat left out.</summary>
    public string Text
    {
        get
        {
            if (Lines.Count == 1)
                return Lines[0];
            var lines = Lines.Select((line, index) =>
                index > 0 && EnhancedStatusCode.TryParse(line, out _, out var length) ? line[length..].TrimStart() : line.TrimEnd());
            return string.Join(' ', lines).Trim();
        }
    }

    /// <summary>The reply as on the wire: <c>250-first</c>, <c>250 last</c>, a line each.</summary>
    public IEnumerable<string> WireLines => Lines.Count == 0
        ? [Code.ToString(CultureInfo.InvariantCulture)]
        : Lines.Select((line, index) => string.Create(CultureInfo.InvariantCulture, $"{Code}{(index < Lines.Count - 1 ? '-' : ' ')}{line}").TrimEnd());

    /// <inheritdoc />
    public bool Equals(SmtpReply? other) => other is not null && Code == other.Code && Lines.SequenceEqual(other.Lines);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Code, Lines.Count);

    /// <summary>The reply on one line, such as <c>535 5.7.8 Bad credentials</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code} {Text}").TrimEnd();
}
