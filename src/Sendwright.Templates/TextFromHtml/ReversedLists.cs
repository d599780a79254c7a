using AngleSharp.Html.Parser;

namespace Sendwright.Templates.TextFromHtml;

/// <summary>How many items each list has that counts down, in the order of the lists: the first number is known only at the end of the list.</summary>
internal static class ReversedLists
{
    private const string Attribute = "reversed";

    public static Queue<int> Count(string html)
    {
        var counts = new List<int>();
        if (!html.Contains(Attribute, StringComparison.OrdinalIgnoreCase))
            return new Queue<int>();

        // Where each open list counts; -1 for one that nobody asks for.
        var open = new Stack<int>();
        using var reader = new HtmlReader(html);
        while (reader.Next() is { } token)
        {
            switch (token.Type, ElementKinds.Of(token.Name))
            {
                case (HtmlTokenType.StartTag, ElementKind.OrderedList) when ListNumbers.IsReversed(token.AsTag()):
                    open.Push(counts.Count);
                    counts.Add(0);
                    break;
                case (HtmlTokenType.StartTag, ElementKind.OrderedList or ElementKind.UnorderedList):
                    open.Push(-1);
                    break;
                case (HtmlTokenType.StartTag, ElementKind.ListItem) when open.TryPeek(out var list) && list >= 0:
                    counts[list]++;
                    break;
                case (HtmlTokenType.EndTag, ElementKind.OrderedList or ElementKind.UnorderedList):
                    open.TryPop(out _);
                    break;
            }
        }

        return new Queue<int>(counts);
    }
}
