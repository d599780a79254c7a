using System.Buffers;
using Sendwright.Messages;

namespace Sendwright.Mime;

/// <summary>
/// Text in a header (RFC 5322, 2.2.1 unstructured, or the phrase of 3.2.5): words that are safe stand as they are, groups of neighbours that are not become encoded-words,
/// and every blank is kept.
/// </summary>
internal static class HeaderText
{
    /// <summary>A word that no line of 998 could hold beside the field's name must be encoded, because it cannot be folded.</summary>
    private const int MaxWord = 900;

    /// <summary>Words with several blanks between them that would make a line long become encoded-words, which can be folded.</summary>
    private const int MaxSpaced = 60;

    private static readonly SearchValues<char> Printable = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Writes the value of an unstructured field, such as Subject.</summary>
    public static void WriteUnstructured(ref HeaderWriter writer, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return;
        if (text[0] == ' ' || text[^1] == ' ' || !IsSafe(text) || !TryWriteAsItIs(ref writer, text))
            WriteInGroups(ref writer, text, isPhrase: false);
    }

    /// <summary>Writes a phrase, such as a name, that is not empty: only atoms can stand as they are.</summary>
    public static void WritePhrase(ref HeaderWriter writer, ReadOnlySpan<char> text) => WriteInGroups(ref writer, text, isPhrase: true);

    /// <summary>Whether a reader takes it for what it is: printable ASCII that does not look like an encoded-word.</summary>
    public static bool IsSafe(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Printable) && !text.Contains("=?", StringComparison.Ordinal);

    private static bool TryWriteAsItIs(ref HeaderWriter writer, ReadOnlySpan<char> text)
    {
        for (var start = 0; start < text.Length; start = EndOfUnit(text, start))
        {
            var unit = text[start..EndOfUnit(text, start)];
            if (unit.Length > MaxWord || (unit.Length > MaxSpaced && unit.Contains("  ", StringComparison.Ordinal)))
                return false;
        }

        for (var start = 0; start < text.Length;)
        {
            var end = EndOfUnit(text, start);
            writer.Token(text[(start == 0 ? 0 : start + 1)..end]);
            start = end;
        }

        return true;
    }

    private static void WriteInGroups(ref HeaderWriter writer, ReadOnlySpan<char> text, bool isPhrase)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = EndOfWord(text, start);
            if (MustBeEncoded(text, start, end, isPhrase))
            {
                // Blanks between encoded-words vanish when read (RFC 2047, 6.2), so neighbours share one group with the blanks inside.
                while (end < text.Length && MustBeEncoded(text, end + 1, EndOfWord(text, end + 1), isPhrase))
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

    /// <summary>Whether a word can stand in a phrase without quotes and means itself there.</summary>
    public static bool IsPlainAtom(ReadOnlySpan<char> word) => AddressGrammar.IsAtom(word) && IsSafe(word) && !StartsAsEncodedWord(word);

    // Some readers lose the blank between an encoded-word and a word that starts as one does.
    private static bool StartsAsEncodedWord(ReadOnlySpan<char> word) => word[0] == '=';

    private static bool MustBeEncoded(ReadOnlySpan<char> text, int start, int end, bool isPhrase)
    {
        // An empty word is a second blank in a row, or one at an end. It needs a neighbour, since an encoded-word cannot be empty.
        var followsEmptyWord = start == 1 || (start > 1 && text[start - 2] == ' ');
        var precedesLastBlank = end == text.Length - 1;
        return end == start || StartsAsEncodedWord(text[start..end]) || followsEmptyWord || precedesLastBlank || end - start > MaxWord || !IsSafe(text[start..end])
            || (isPhrase && !AddressGrammar.IsAtom(text[start..end]));
    }

    /// <summary>The end of what no line is folded inside of.</summary>
    private static int EndOfUnit(ReadOnlySpan<char> text, int start)
    {
        // Words with several blanks between them belong together: "unfolding is accomplished by simply removing any CRLF that is immediately followed by WSP" (RFC 5322, 2.2.3),
        // but readers make one blank of all that is at a fold.
        var end = EndOfWord(text, start + text[start..].IndexOfAnyExcept(' '));
        while (end + 1 < text.Length && text[end + 1] == ' ')
            end = EndOfWord(text, end + text[end..].IndexOfAnyExcept(' '));
        return end;
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOf(' ');
        return length < 0 ? text.Length : start + length;
    }
}
