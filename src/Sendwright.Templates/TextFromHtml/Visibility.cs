using System.Buffers;
using System.Globalization;
using AngleSharp.Html.Parser.Tokens;

namespace Sendwright.Templates.TextFromHtml;

/// <summary>Whether an element shows its content, as far as its own attributes and those around it say; style sheets are not read.</summary>
/// <param name="IsGone">It and all in it are not there.</param>
/// <param name="IsInvisible">It is there and not seen; an element in it can be seen again.</param>
/// <param name="IsTiny">Its letters have no size. Layouts say so around each part and give the text inside its size again; images have their own.</param>
internal readonly record struct Visibility(bool IsGone, bool IsInvisible, bool IsTiny)
{
    /// <summary>Letters of this height in pixels, or less, are there for the lists of a mailbox, not for a reader.</summary>
    private const double TinySize = 1;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    public bool ShowsText => !IsGone && !IsInvisible && !IsTiny;

    public bool ShowsImages => !IsGone && !IsInvisible;

    /// <summary>That of an element inside this one.</summary>
    public Visibility Of(HtmlTagToken tag)
    {
        var inner = this;
        foreach (var attribute in tag.Attributes)
        {
            inner = attribute.Name switch
            {
                "hidden" => inner with { IsGone = true },
                "aria-hidden" when attribute.Value.Equals("true", StringComparison.OrdinalIgnoreCase) => inner with { IsGone = true },
                "size" when tag.Name == "font" => inner with { IsTiny = false },
                "style" => inner.Styled(attribute.Value),
                _ => inner,
            };
        }

        return inner;
    }

    private Visibility Styled(string style)
    {
        var inner = this;
        var (hasNoHeight, clips) = (false, false);
        foreach (var declaration in style.AsSpan().Split(';'))
        {
            var text = style.AsSpan(declaration);
            var colon = text.IndexOf(':');
            if (colon < 0)
                continue;
            var name = text[..colon].Trim();
            var value = Value(text[(colon + 1)..]);
            if (Is(name, "display"))
                inner = inner with { IsGone = IsGone || Is(value, "none") };
            else if (Is(name, "mso-hide"))
                inner = inner with { IsGone = inner.IsGone || Is(value, "all") };
            else if (Is(name, "opacity"))
                inner = inner with { IsGone = inner.IsGone || IsAtMost(value, 0) };
            else if (Is(name, "visibility"))
                inner = inner with { IsInvisible = Is(value, "hidden") || Is(value, "collapse") || (inner.IsInvisible && !Is(value, "visible")) };
            else if (Is(name, "font-size"))
                inner = inner with { IsTiny = IsTinyLetter(value, inner.IsTiny) };
            else if (Is(name, "font"))
                inner = inner with { IsTiny = IsTinyFont(value, inner.IsTiny) };
            else if (Is(name, "max-height") || Is(name, "height"))
                hasNoHeight |= IsAtMost(value, 0);
            else if (Is(name, "overflow") || Is(name, "overflow-y"))
                clips |= Is(value, "hidden");
        }

        return hasNoHeight && clips ? inner with { IsGone = true } : inner;
    }

    private static ReadOnlySpan<char> Value(ReadOnlySpan<char> text)
    {
        var important = text.LastIndexOf('!');
        return (important < 0 ? text : text[..important]).Trim();
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool IsTinyLetter(ReadOnlySpan<char> value, bool outer)
    {
        if (NumberLength(value) is 0)
            return outer && (value.IsEmpty || Is(value, "inherit") || Is(value, "larger") || Is(value, "smaller"));
        var unit = value[NumberLength(value)..];
        return IsAtMost(value, unit.IsEmpty || Is(unit, "px") || Is(unit, "pt") ? TinySize : 0) || (outer && (Is(unit, "em") || Is(unit, "%")));
    }

    private static bool IsTinyFont(ReadOnlySpan<char> value, bool outer)
    {
        foreach (var part in value.Split(' '))
        {
            var word = value[part];
            if (!word.IsEmpty && char.IsAsciiDigit(word[0]) && !IsWeight(word))
                return IsTinyLetter(word.IndexOf('/') is var slash and >= 0 ? word[..slash] : word, outer);
        }

        return outer;
    }

    /// <summary>Font weights (100 to 900) are the numbers without a unit in the shorthand; a size without one can only be 0.</summary>
    private static bool IsWeight(ReadOnlySpan<char> word) => NumberLength(word) == word.Length && !IsAtMost(word, 0);

    private static bool IsAtMost(ReadOnlySpan<char> value, double max) =>
        double.TryParse(value[..NumberLength(value)], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= max;

    private static int NumberLength(ReadOnlySpan<char> value) => value.IndexOfAnyExcept(NumberCharacters) is var end and >= 0 ? end : value.Length;
}
