namespace Sendwright.Templates.TextFromHtml;

/// <summary>A line of text, before it is broken to a width.</summary>
internal sealed class TextLine
{
    public required string Text { get; set; }

    /// <summary>What stands before it, such as the mark of a list item.</summary>
    public required string Prefix { get; init; }

    /// <summary>What stands before its further lines when it is broken.</summary>
    public required string Continuation { get; init; }

    /// <summary>The blank line before it, such as <c>&gt;</c> in a quotation; null for none.</summary>
    public string? Blank { get; init; }

    /// <summary>Whether its blanks are to stay as they are.</summary>
    public bool IsPreformatted { get; init; }
}
