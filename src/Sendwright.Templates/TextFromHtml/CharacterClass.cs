using System.Globalization;

namespace Sendwright.Templates.TextFromHtml;

/// <summary>What becomes of a character of the HTML.</summary>
internal enum CharacterClass
{
    /// <summary>It is written.</summary>
    Visible,

    /// <summary>A blank; several in a row are one.</summary>
    Blank,

    /// <summary>It is written where the line has something to see, such as a mark of direction.</summary>
    Invisible,

    /// <summary>A zero-width joiner or non-joiner: part of emoji and of Persian and Indic words, and padding everywhere else.</summary>
    Joiner,

    /// <summary>It is left out: a control character, or one that has no width and no meaning in text.</summary>
    Dropped,
}

/// <summary>Sorts the characters.</summary>
internal static class CharacterClasses
{
    public static CharacterClass Of(char character) => character switch
    {
        > ' ' and < '\x7F' => CharacterClass.Visible,
        ' ' or '\t' or '\r' or '\n' or '\f' => CharacterClass.Blank,
        '\u200C' or '\u200D' => CharacterClass.Joiner,
        // Soft hyphen, combining grapheme joiner, zero-width blank, word joiner, byte order mark, Mongolian vowel separator: the padding behind preview texts, and hyphenation.
        '\u00AD' or '\u034F' or '\u200B' or '\u2060' or '\uFEFF' or '\u180E' => CharacterClass.Dropped,
        // The blank of full width is a letter's place in Chinese and Japanese text.
        '\u3000' => CharacterClass.Visible,
        _ => char.GetUnicodeCategory(character) switch
        {
            UnicodeCategory.Control => CharacterClass.Dropped,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => CharacterClass.Blank,
            UnicodeCategory.Format => CharacterClass.Invisible,
            _ => CharacterClass.Visible,
        },
    };
}
