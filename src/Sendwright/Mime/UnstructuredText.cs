using System.Buffers;

namespace Sendwright.Mime;

/// <summary>
/// The value of a field without structure (RFC 5322, 2.2.1), such as Subject: words that are safe stand as they are, groups of neighbours that are not become encoded-words,
/// and every blank is kept.
/// </summary>
internal static class UnstructuredText
{
    /// <summary>A word that no line of 998 could hold beside the field's name must be encoded, because it cannot be folded.</summary>
    private const int MaxWord = 900;

    private static readonly SearchValues<char> Printable = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Writes the value.</summary>
    public static void Write(ref HeaderWriter writer, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return;
        if (text[0] != ' ' && text[^1] != ' ' && IsSafe(text) && TryWriteAsItIs(ref writer, text))
            return;
        var start = 0;
        while (start < text.Length)
        {
            var end = EndOfWord(text, start);
            if (MustBeEncoded(text, start, end))
            {
                // Blanks between encoded-words vanish when read (RFC 2047, 6.2), so neighbours share one group with the blanks inside.
                while (end < text.Length && MustBeEncoded(text, end + 1, EndOfWord(text, end + 1)))
                    end = EndOfWord(text, end + 1);
                EncodedWord.Write(ref writer, text[start..end]);
            }
            else
            {
                writer.Token(text[start..end]);
            }

            start = end + 1;
        }
    }

    /// <summary>Whether a reader takes it for what it is: printable ASCII that does not look like an encoded-word.</summary>
    public static bool IsSafe(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Printable) && !text.Contains("=?", StringComparison.Ordinal);

    private static bool TryWriteAsItIs(ref HeaderWriter writer, ReadOnlySpan<char> text)
    {
        for (var start = 0; start < text.Length; start = EndOfUnit(text, start))
        {
            if (EndOfUnit(text, start) - start > MaxWord)
                return false;
        }

        // A unit is a word with the blanks before it. Folding before the blanks keeps them all, and no line is ever only blanks (RFC 5322, 3.2.2).
        for (var start = 0; start < text.Length;)
        {
            var end = EndOfUnit(text, start);
            writer.Token(text[(start == 0 ? 0 : start + 1)..end]);
            start = end;
        }

        return true;
    }

    private static int EndOfUnit(ReadOnlySpan<char> text, int start)
    {
        var word = text[start..].IndexOfAnyExcept(' ');
        return EndOfWord(text, start + word);
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOf(' ');
        return length < 0 ? text.Length : start + length;
    }

    private static bool MustBeEncoded(ReadOnlySpan<char> text, int start, int end)
    {
        // An empty word is a second blank in a row, or one at an end. It needs a neighbour, since an encoded-word cannot be empty.
        var followsEmptyWord = start == 1 || (start > 1 && text[start - 2] == ' ');
        var precedesLastBlank = end == text.Length - 1;
        return end == start || followsEmptyWord || precedesLastBlank || end - start > MaxWord || !IsSafe(text[start..end]);
    }
}
