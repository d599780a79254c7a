using System.Globalization;
using AngleSharp.Html.Parser.Tokens;

namespace Sendwright.Templates.TextFromHtml;

/// <summary>The numbers of an ordered list's items (HTML standard, 4.4.5).</summary>
internal sealed class ListNumbers
{
    private readonly int _step;
    private long _next;

    /// <param name="list">The list's tag.</param>
    /// <param name="count">How many items it has, where it counts down.</param>
    public ListNumbers(HtmlTagToken list, int count)
    {
        var isReversed = IsReversed(list);
        _step = isReversed ? -1 : 1;
        _next = Number(list, "start") ?? (isReversed ? count : 1);
    }

    public static bool IsReversed(HtmlTagToken list) => list.Attributes.Any(attribute => attribute.Name == "reversed");

    /// <summary>The mark of the next item.</summary>
    public string Take(HtmlTagToken item)
    {
        var number = Number(item, "value") ?? _next;
        _next = number + _step;
        return string.Create(CultureInfo.InvariantCulture, $"{number}. ");
    }

    private static long? Number(HtmlTagToken tag, string attribute) =>
        int.TryParse(tag.GetAttribute(attribute), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
