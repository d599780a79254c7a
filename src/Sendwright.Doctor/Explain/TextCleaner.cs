using System.Text;

namespace Sendwright.Doctor.Explain;

/// <summary>Turns what was pasted into plain lines: bounded, one kind of line end, no terminal colours, no control characters.</summary>
internal static class TextCleaner
{
    /// <summary>
    /// How much of a text is read. A longer one keeps its beginning, where the settings and the first failure are logged, and its end, where a program that gave up says why.
    /// </summary>
    public const int MaxLength = 256 * 1024;

    private const int KeptHead = 64 * 1024;
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';

    public static string Clean(string text)
    {
        if (text.Length > MaxLength)
            text = $"{text.AsSpan(0, KeptHead)}\n\n{text.AsSpan(text.Length - (MaxLength - KeptHead))}";
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == Escape)
                i = EndOfSequence(text, i);
            else if (c is '\n' or '\u2028' or '\u2029' || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                clean.Append('\n');
            else if (c is '\t' or '\u00a0')
                clean.Append(' ');
            // U+FEFF, and the marks that reorder or hide text, would let a line read otherwise than it was.
            else if (!char.IsControl(c) && c is not ('\ufeff' or '\u200b' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')))
                clean.Append(c);
        }

        return IsQuotedTraceback(clean) ? Unquote(clean.ToString()) : clean.ToString();
    }

    // ECMA-48: CSI ends with a byte of 40 to 7E; OSC (a window title, a link) with BEL or ESC \.
    private static int EndOfSequence(string text, int start)
    {
        if (start + 1 >= text.Length)
            return start;
        var i = start + 2;
        switch (text[start + 1])
        {
            case '[':
                while (i < text.Length && text[i] is >= ' ' and <= '?')
                    i++;
                return Math.Min(i, text.Length - 1);
            case ']':
                while (i < text.Length && text[i] is not (Bell or Escape or '\n'))
                    i++;
                return i < text.Length && text[i] == Escape ? i + 1 : Math.Min(i, text.Length - 1);
            default:
                return start + 1;
        }
    }

    // A log in JSON holds a whole traceback in one string; its lines are found only when the quoting is undone.
    private static bool IsQuotedTraceback(StringBuilder text)
    {
        var probe = text.ToString();
        return probe.Contains("(most recent call last):\\n", StringComparison.Ordinal) || probe.Contains("\\n  File \\\"", StringComparison.Ordinal);
    }

    private static string Unquote(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            if (text[i] == 'n')
                result.Append('\n');
            else if (text[i] is '"' or '\\' or '/')
                result.Append(text[i]);
            else if (text[i] == 't')
                result.Append(' ');
            else if (text[i] != 'r')
                result.Append('\\').Append(text[i]);
        }

        return result.ToString();
    }
}
