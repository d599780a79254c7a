using System.Text;

namespace Sendwright.Templates.TextFromHtml;

/// <summary>Writes lines down, broken to a width where there is one.</summary>
internal static class TextLayout
{
    public static string Write(IReadOnlyList<TextLine> lines, int? width)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (line.Blank is not null)
                text.Append(line.Blank).Append('\n');
            if (width is { } max && !line.IsPreformatted)
                Break(text, line, max);
            else
                text.Append(line.Prefix).Append(line.Text).Append('\n');
        }

        return text.ToString();
    }

    private static void Break(StringBuilder text, TextLine line, int width)
    {
        var prefix = line.Prefix;
        var used = prefix.Length;
        text.Append(prefix);
        var isFirst = true;
        foreach (var range in line.Text.AsSpan().Split(' '))
        {
            var word = line.Text.AsSpan(range);
            if (word.IsEmpty)
                continue;
            var length = Length(word);
            if (!isFirst && used + 1 + length > width)
            {
                text.Append('\n').Append(line.Continuation);
                used = line.Continuation.Length;
            }
            else if (!isFirst)
            {
                text.Append(' ');
                used++;
            }

            text.Append(word);
            used += length;
            isFirst = false;
        }

        text.Append('\n');
    }

    /// <summary>Characters, not UTF-16 units: an emoji is one.</summary>
    private static int Length(ReadOnlySpan<char> word)
    {
        var length = 0;
        foreach (var character in word)
            length += char.IsLowSurrogate(character) ? 0 : 1;
        return length;
    }
}
