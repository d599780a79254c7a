using System.Collections.Frozen;

namespace Sendwright.Templates.TextFromHtml;

/// <summary>The kind of each element's name, after the default style sheet of the HTML standard (15.3).</summary>
internal static class ElementKinds
{
    private static readonly FrozenDictionary<string, ElementKind> ByName = new (ElementKind Kind, string Names)[]
    {
        (ElementKind.Block, "address article aside body center dialog div fieldset figcaption footer form header hgroup html legend main nav optgroup option search section summary"),
        (ElementKind.Paragraph, "p h1 h2 h3 h4 h5 h6 figure details caption"),
        (ElementKind.UnorderedList, "ul menu dir"),
        (ElementKind.OrderedList, "ol"),
        (ElementKind.ListItem, "li"),
        (ElementKind.DescriptionList, "dl"),
        (ElementKind.Term, "dt"),
        (ElementKind.Description, "dd"),
        (ElementKind.Quotation, "blockquote"),
        (ElementKind.Preformatted, "pre listing xmp plaintext textarea"),
        (ElementKind.Table, "table"),
        (ElementKind.TableSection, "thead tbody tfoot"),
        (ElementKind.Row, "tr"),
        (ElementKind.Cell, "td th"),
        (ElementKind.Link, "a"),
        (ElementKind.InlineQuotation, "q"),
        (ElementKind.Template, "template"),
        (ElementKind.LineBreak, "br"),
        (ElementKind.Rule, "hr"),
        (ElementKind.Image, "img image"),
        (ElementKind.Input, "input"),
        (ElementKind.Empty, "area base basefont bgsound col embed frame keygen link meta param source track wbr"),
    }.SelectMany(row => row.Names.Split(' ').Select(name => KeyValuePair.Create(name, row.Kind))).ToFrozenDictionary(StringComparer.Ordinal);

    public static ElementKind Of(string name) => ByName.GetValueOrDefault(name);

    public static bool IsVoid(this ElementKind kind) => kind >= ElementKind.LineBreak;

    public static bool IsInline(this ElementKind kind) => kind is ElementKind.Inline or ElementKind.Link or ElementKind.InlineQuotation or ElementKind.Template;
}
