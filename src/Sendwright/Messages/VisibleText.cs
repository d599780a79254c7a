using System.Globalization;
using System.Text;

namespace Sendwright.Messages;

/// <summary>
/// Shows a hostile value inside an error message: what a terminal or a log would obey (control characters, line ends, direction overrides) is written as an
/// escape, so that an error about an injection is not itself one.
/// </summary>
internal static class VisibleText
{
    /// <summary>Enough to recognise the value; an error is no place for a whole body.</summary>
    private const int MaxShown = 80;

    /// <summary>The value in double quotes, escaped, shortened.</summary>
    public static string Quote(string value)
    {
        var shown = new StringBuilder("\"");
        var length = 0;
        foreach (var character in value)
        {
            if (length++ == MaxShown)
                return shown.Append("...\"").ToString();
            Append(shown, character);
        }

        return shown.Append('"').ToString();
    }

    /// <summary>What a character is called in an error: <c>a line feed (U+000A)</c>.</summary>
    public static string NameOf(char character)
    {
        var name = character switch
        {
            '\0' => "a NUL",
            '\r' => "a carriage return",
            '\n' => "a line feed",
            '\t' => "a tab",
            ' ' => "a blank",
            _ when char.IsControl(character) => "the control character",
            _ when char.IsSurrogate(character) => "half of a surrogate pair",
            _ when !IsHarmless(character) => "the invisible character",
            _ => $"\"{character}\"",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{name} (U+{(int)character:X4})");
    }

    /// <summary>What the character at an index is called; one of two halves is shown whole.</summary>
    public static string NameAt(string text, int index) => char.IsSurrogatePair(text, index) ? $"\"{text.AsSpan(index, 2)}\"" : NameOf(text[index]);

    private static void Append(StringBuilder shown, char character)
    {
        _ = character switch
        {
            '\r' => shown.Append("\\r"),
            '\n' => shown.Append("\\n"),
            '\t' => shown.Append("\\t"),
            '\0' => shown.Append("\\0"),
            '"' or '\\' => shown.Append('\\').Append(character),
            _ when char.IsSurrogate(character) || IsHarmless(character) => shown.Append(character),
            _ => shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
        };
    }

    private static bool IsHarmless(char character) => char.GetUnicodeCategory(character) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
