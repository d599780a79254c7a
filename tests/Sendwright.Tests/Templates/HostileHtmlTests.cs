using FsCheck;
using FsCheck.Fluent;
using Sendwright.Templates;

namespace Sendwright.Tests.Templates;

public sealed class HostileHtmlTests
{
    private static readonly string[] Pieces =
    [
        "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<font size=1>", "<a href='https://example.com/?a=1'>", "<a href='mailto:a%0D%0Ab@example.com'>", "<a href='tel:1\u0007'>", "</a>", "<table>",
        "<table role=presentation>", "<caption>", "<thead>", "<tr>", "<td>", "<td hidden>", "<th>", "</td>", "</tr>", "</table>", "<ul>", "<ol reversed>", "<ol start=-7>", "<li>", "<li value=x>", "</li>",
        "</ol>", "</ul>", "<dl><dt>", "<dd>", "<blockquote>", "</blockquote>", "<pre>", "\n", "</pre>", "<br>", "<hr>", "<img alt='pic\u0001ture\r\n'>", "<img>", "<input value=v>", "<q>", "</q>",
        "<span style='display:none'>", "<span style='font-size:0'>", "<span style='visibility:visible;;:;font:'>", "</span>", "<style>p{}", "</style>", "<script>1", "</script>", "<title>", "</title>", "<template>",
        "</template>", "<textarea>", "</textarea>", "<select><option>", "<!-- c -->", "<![CDATA[x]]>", "<svg><path/></svg>", "text ", " ", "\t", "&nbsp;", "&shy;", "&#7;", "&amp;", "&zwj;", "\u200F", "😀",
        "\u0000", "\u001b[31m", "\u0085", "\u2028", "\ud83d", "</", "<!", "<?", "<x",
    ];

    /// <summary>It ends with a full stop, because an unfinished tag at the very end of a document is text by the standard.</summary>
    private static readonly Arbitrary<string> Markup = Gen.Elements(Pieces).ArrayOf().Select(pieces => string.Concat(pieces) + ".").ToArbitrary();

    public static readonly TheoryData<string, int> Repeated = new()
    {
        { "<div>", 100_000 },
        { "<div>x", 100_000 },
        { "<b>x", 100_000 },
        { "<font size=1 color=a><p>", 50_000 },
        { "<blockquote>x", 50_000 },
        { "<ul><li>x", 50_000 },
        { "<table><tr><td>x", 50_000 },
        { "<table role=presentation><tr><td><p>x</p><p>y", 50_000 },
        { "<a href='https://example.com/'>x", 50_000 },
        { "<a href='https://example.com/'><table><tr><td>", 50_000 },
        { "<ol reversed>", 50_000 },
        { "<template>", 50_000 },
        { "<span style='display:none'>", 50_000 },
        { "<p>x</p>", 100_000 },
        { "</p></a></table>", 50_000 },
        { "<pre>\n\n", 50_000 },
        { "<br>", 200_000 },
        { "<", 200_000 },
        { "&zwj;&#847;", 100_000 },
        { "<!--", 100_000 },
        { "<select><option><button>", 50_000 },
    };

    [Fact]
    public void Any_string_makes_text_without_control_characters() => Prop.ForAll<string>(text => AssertPlain(HtmlText.From(text ?? ""))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_sequence_of_tags_and_text_makes_text_without_markup() => Prop.ForAll(Markup, html =>
    {
        var text = HtmlText.From(html);

        AssertPlain(text);
        foreach (var tag in (string[])["<p", "<div", "</", "<td", "<li", "<a ", "<span", "style=", "href", "display:none", "reversed"])
            Assert.DoesNotContain(tag, WithoutRawText(html, text), StringComparison.Ordinal);
        AssertPlain(HtmlText.From(html, new HtmlTextOptions { Width = 20 }));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Words_outside_of_what_is_hidden_all_come_out_and_in_order() => Prop.ForAll(
        Gen.Elements("<p>", "</p>", "<div>", "<b>", "</div>", "</b>", "<ul>", "<li>", "</ul>", "<blockquote>", "</blockquote>", "<a href='#'>", "</a>", "<br>", "<h1>", "<span>").ArrayOf().ToArbitrary(), tags =>
    {
        var html = string.Concat(tags.Select((tag, index) => $"{tag} word{index} "));

        var words = HtmlText.From(html).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith("word", StringComparison.Ordinal));

        Assert.Equal(tags.Select((_, index) => $"word{index}"), words);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Any_depth_and_number_is_read_in_bounded_memory(string piece, int times)
    {
        var html = string.Concat(Enumerable.Repeat(piece, times)) + "<p>end</p>";
        var before = GC.GetAllocatedBytesForCurrentThread();

        var text = HtmlText.From(html);

        // What grows with the square of this much HTML takes gigabytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000_000);
        Assert.InRange(text.Length, 0, html.Length * 16);
    }

    [Fact]
    public void Ten_thousand_levels_lose_no_text() =>
        Assert.Equal("deep\n\nend\n", HtmlText.From(string.Concat(Enumerable.Repeat("<div>", 10_000)) + "deep" + string.Concat(Enumerable.Repeat("</div>", 10_000)) + "<p>end"));

    [Fact]
    public void Many_attributes_are_read_in_bounded_memory()
    {
        var html = "<p " + string.Join(' ', Enumerable.Range(0, 200_000).Select(index => $"a{index}=1")) + ">text";

        Assert.Equal("text\n", HtmlText.From(html));
    }

    private static void AssertPlain(string text)
    {
        Assert.DoesNotContain(text, character => char.IsControl(character) && character is not ('\n' or '\t'));
        Assert.True(text.Length == 0 || (text[^1] == '\n' && text[0] != '\n' && !text.EndsWith("\n\n", StringComparison.Ordinal)), $"\"{text}\"");
    }

    /// <summary>In these elements tags are text by the standard.</summary>
    private static string WithoutRawText(string html, string text) => html.Contains("<textarea>", StringComparison.Ordinal) ? "" : text;
}
