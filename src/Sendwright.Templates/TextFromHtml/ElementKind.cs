namespace Sendwright.Templates.TextFromHtml;

/// <summary>What an element means for text. Everything that is not named here runs along inside a line.</summary>
internal enum ElementKind
{
    Inline,

    /// <summary>Begins and ends a line.</summary>
    Block,

    /// <summary>Has blank lines around it.</summary>
    Paragraph,
    UnorderedList,
    OrderedList,
    ListItem,
    DescriptionList,
    Term,
    Description,
    Quotation,
    Preformatted,
    Table,
    TableSection,
    Row,
    Cell,
    Link,
    InlineQuotation,
    Template,

    // Those from here on have no content and no end tag.
    LineBreak,
    Rule,
    Image,
    Input,
    Empty,
}
