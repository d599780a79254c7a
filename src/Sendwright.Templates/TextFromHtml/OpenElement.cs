namespace Sendwright.Templates.TextFromHtml;

/// <summary>An element whose end tag is still to come.</summary>
internal sealed class OpenElement
{
    public required string Name { get; init; }

    public required ElementKind Kind { get; init; }

    public required Visibility Visibility { get; init; }

    /// <summary>What stood before the lines outside it.</summary>
    public required Indent OuterIndent { get; init; }

    /// <summary>The table that it opened.</summary>
    public OpenTable? Table { get; init; }

    /// <summary>Where its text goes, if it is a table's cell.</summary>
    public TextFlow? Cell { get; init; }

    /// <summary>Gives the items of the ordered list that it is their numbers.</summary>
    public ListNumbers? Numbers { get; init; }
}
