namespace Sendwright.Templates;

/// <summary>How <see cref="HtmlText"/> writes the text.</summary>
public sealed record HtmlTextOptions
{
    /// <summary>The narrowest width: less leaves no room for a word beside the marks of lists and quotations.</summary>
    private const int MinWidth = 20;

    /// <summary>
    /// How many characters a line may have before it is broken at a blank; null to break none, because a reader's window knows its own width. What has no blank, such as an
    /// address of a page, stays whole, and preformatted lines stay as they are.
    /// </summary>
    /// <value>null</value>
    /// <exception cref="ArgumentOutOfRangeException">It is below 20.</exception>
    public int? Width
    {
        get;
        init => field = value is < MinWidth
            ? throw new ArgumentOutOfRangeException(nameof(Width), value, $"HtmlTextOptions.Width is too narrow for words. Set at least {MinWidth}, or null for lines of any length.")
            : value;
    }
}
