using System.Buffers;
using System.Globalization;

namespace Sendwright.Messages;

/// <summary>
/// What may not stand in any header: CR and LF end the line and so start a header of the sender's choice, NUL is not text (RFC 5322, 2.2 and 4),
/// and half of a surrogate pair has no UTF-8. All are refused, none is cleaned: whoever sent them meant something else than we would send.
/// </summary>
internal static class FieldCharacters
{
    private const string NoWholeCharacter = "which is no whole character. Give text that is valid Unicode.";

    private static readonly SearchValues<char> LineEndsAndNul = SearchValues.Create("\r\n\0");

    /// <summary>Refuses a value with a character that no header can carry.</summary>
    /// <exception cref="ArgumentException">There is one.</exception>
    public static void Check(string thing, string value)
    {
        if (FaultIn(thing, value) is { } fault)
            throw new ArgumentException(fault);
    }

    /// <summary>Says what is wrong; null where nothing is.</summary>
    public static string? FaultIn(string thing, string value)
    {
        var index = value.AsSpan().IndexOfAny(LineEndsAndNul);
        if (index >= 0)
            return Describe(thing, value, index, "which could start another header; it is refused, not removed. Take it out of the value.");
        index = IndexOfLoneSurrogate(value);
        return index < 0 ? null : Describe(thing, value, index, NoWholeCharacter);
    }

    /// <summary>
    /// Says what is wrong with the value of a field as it stands in a header, where CRLF with a blank behind it is a fold (RFC 5322, 2.2.3); null where nothing is.
    /// </summary>
    public static string? FaultInFolded(string thing, string value)
    {
        var index = 0;
        while (value.AsSpan(index).IndexOfAny(LineEndsAndNul) is var found and >= 0)
        {
            index += found;
            if (!value.AsSpan(index).StartsWith("\r\n ", StringComparison.Ordinal) && !value.AsSpan(index).StartsWith("\r\n\t", StringComparison.Ordinal))
                return Describe(thing, value, index, "which folds no line, but could start another header; it is refused, not removed. Take it out of the value.");
            index += "\r\n".Length;
        }

        index = IndexOfLoneSurrogate(value);
        return index < 0 ? null : Describe(thing, value, index, NoWholeCharacter);
    }

    /// <summary>A sentence that names the thing, the value, the character and the fix.</summary>
    public static string Describe(string thing, string value, int index, string consequence) => string.Create(
        CultureInfo.InvariantCulture,
        $"{thing} {VisibleText.Quote(value)} holds {VisibleText.NameOf(value[index])} at character {index + 1}, {consequence}");

    /// <summary>Where the first half of a surrogate pair without its other half is; -1 where there is none.</summary>
    public static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        var searched = 0;
        while (true)
        {
            var found = text[searched..].IndexOfAnyInRange('\uD800', '\uDFFF');
            if (found < 0)
                return -1;
            found += searched;
            if (!char.IsHighSurrogate(text[found]) || found + 1 == text.Length || !char.IsLowSurrogate(text[found + 1]))
                return found;
            searched = found + 2;
        }
    }
}
