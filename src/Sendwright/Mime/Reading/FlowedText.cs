using System.Text;

namespace Sendwright.Mime.Reading;

/// <summary>Text whose lines were broken for the way and are to be joined again: <c>format=flowed</c> (RFC 3676).</summary>
internal static class FlowedText
{
    /// <summary>RFC 3676, 4.3: it ends in a blank, but is never flowed.</summary>
    private const string SignatureSeparator = "-- ";

    /// <summary>A paragraph a line. Quoted ones start with their quote marks and a blank.</summary>
    /// <param name="text">The text as it came.</param>
    /// <param name="deletesSpace"><c>delsp=yes</c>: the blank that marks a flowed line is not part of the text, as in scripts without blanks.</param>
    public static string Join(string text, bool deletesSpace)
    {
        var joined = new StringBuilder(text.Length);
        // The depth of the paragraph that the next line may continue; -1 where none is open.
        var open = -1;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var feed = rest.IndexOf('\n');
            var line = feed < 0 ? rest : rest[..feed];
            rest = rest[Math.Min(rest.Length, line.Length + 1)..];
            line = line.EndsWith("\r") ? line[..^1] : line;
            var depth = line.IndexOfAnyExcept('>') is >= 0 and var marks ? marks : line.Length;
            line = line[depth..];
            // RFC 3676, 4.4: a blank was put before lines that start with a blank, a quote mark or "From ".
            line = line.StartsWith(" ") ? line[1..] : line;
            var isSignature = line.SequenceEqual(SignatureSeparator);

            if (open >= 0 && (depth != open || isSignature))
            {
                // RFC 3676, 4.5: a flowed line before one of another depth counts as fixed.
                joined.Append("\r\n");
                open = -1;
            }

            if (open < 0 && depth > 0)
                joined.Append('>', depth).Append(' ');
            var isFlowed = line.EndsWith(" ") && !isSignature;
            joined.Append(isFlowed && deletesSpace ? line[..^1] : line);
            open = isFlowed ? depth : -1;
            if (!isFlowed && feed >= 0)
                joined.Append("\r\n");
        }

        if (open >= 0 && text.EndsWith('\n'))
            joined.Append("\r\n");
        return joined.ToString();
    }
}
