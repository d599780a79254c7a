using Sendwright.Templates.TextFromHtml;

namespace Sendwright.Templates;

/// <summary>Says in plain text what HTML shows.</summary>
public static class HtmlText
{
    private static readonly HtmlTextOptions Defaults = new();

    /// <summary>
    /// The text of an HTML document or a piece of one, for readers that show no HTML: paragraphs, lists, tables row by row, the addresses of links, images by their
    /// alternative text; not what the HTML hides. Its lines end with LF; it is empty where nothing is shown.
    /// </summary>
    /// <remarks>Any string will do, however malformed: time and memory grow with its length only, and nothing that it names is loaded or run.</remarks>
    /// <param name="html">The HTML.</param>
    /// <param name="options">How to write it; null for the defaults.</param>
    public static string From(string html, HtmlTextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(html);
        return TextLayout.Write(new HtmlWalk(html).Lines(), (options ?? Defaults).Width);
    }
}
