using Sendwright.Templates;

namespace Sendwright.Tests.Templates;

/// <summary>Each piece of HTML with the lines it makes.</summary>
public sealed class HtmlTextTests
{
    private static void Makes(string html, params string[] lines) =>
        Assert.Equal(string.Concat(lines.Select(line => line + "\n")), HtmlText.From(html));

    [Fact]
    public void Paragraphs_and_headings_have_blank_lines_between_them() =>
        Makes("<h1>Title</h1><p>One</p><p>Two</p>after<h2>Next</h2>", "Title", "", "One", "", "Two", "", "after", "", "Next");

    [Theory]
    [InlineData("<div>one</div><div>two</div>", "one\ntwo\n")]
    [InlineData("one<div>two</div>three", "one\ntwo\nthree\n")]
    [InlineData("<div><div><div>one</div></div></div><div></div><div>two</div>", "one\ntwo\n")]
    [InlineData("<section><header>a</header><article>b</article></section><footer>c</footer>", "a\nb\nc\n")]
    [InlineData("<details><summary>More</summary>Inside</details>", "More\nInside\n")]
    public void Blocks_are_lines(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Theory]
    [InlineData("one<br>two", "one\ntwo\n")]
    [InlineData("one<br/>two<br></br>three", "one\ntwo\n\nthree\n")]
    [InlineData("one<br><br>two", "one\n\ntwo\n")]
    [InlineData("one<br><br><br><br>two", "one\n\ntwo\n")]
    [InlineData("<div>one</div><br><div>two</div>", "one\n\ntwo\n")]
    [InlineData("<p>one<br></p><p>two</p>", "one\n\ntwo\n")]
    [InlineData("<br><br>one<br><br>", "one\n")]
    public void Line_breaks_break_lines_and_two_of_them_make_a_blank_line(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Theory]
    [InlineData("  one \n\t two  <b> three</b> <i>four </i> five ", "one two three four five\n")]
    [InlineData("one<b>two</b>three", "onetwothree\n")]
    [InlineData("<p> one </p> <p> two </p>", "one\n\ntwo\n")]
    [InlineData("a&nbsp;b &nbsp; c\u2003d\u202F!", "a b c d !\n")]
    [InlineData("<p>one</p><p>&nbsp;</p><p>two</p>", "one\n\ntwo\n")]
    [InlineData("", "")]
    [InlineData(" \r\n <p> </p>", "")]
    public void White_space_is_collapsed(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Theory]
    [InlineData("&lt;b&gt; &amp; &eacute;&#233;&#xe9; &copy &notit; &unknown;", "<b> & ééé © ¬it; &unknown;\n")]
    [InlineData("&#128512; &#0; &#1;x&#27;", "😀 \uFFFD x\n")]
    public void Entities_are_characters(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Theory]
    [InlineData("Donau&shy;dampf&#8203;schiff\uFEFF&#8288;", "Donaudampfschiff\n")]
    [InlineData("<p>See it&zwnj;&nbsp;&zwnj;&nbsp;&#847;&nbsp;&#8199;&shy;&zwnj;</p><p>&zwj;</p>", "See it\n")]
    [InlineData("می‌خواهم", "می‌خواهم\n")]
    [InlineData("👩‍👩‍👧 and 🏳️‍🌈", "👩‍👩‍👧 and 🏳️‍🌈\n")]
    [InlineData("שלום, \u200FABC\u200E! مرحبا", "שלום, \u200FABC\u200E! مرحبا\n")]
    [InlineData("<p>\u200E</p>x", "x\n")]
    public void What_has_no_width_stays_only_where_it_has_a_meaning(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Fact]
    public void Lists_have_marks_and_nested_ones_are_indented() => Makes(
        "<p>You get:</p><ul><li>one<li><p>two</p><p>more of two</p></li><li>three<ol><li>a<ul><li>deep<br>deeper</ul><li>b</ol></ul>end",
        "You get:", "", "- one", "- two", "", "  more of two", "- three", "  1. a", "     - deep", "       deeper", "  2. b", "", "end");

    [Theory]
    [InlineData("<ol start=9><li>a<li>b", "9. a\n10. b\n")]
    [InlineData("<ol><li value=3>a<li>b", "3. a\n4. b\n")]
    [InlineData("<ol reversed><li>a<li>b<ol reversed><li>x<li>y<li>z</ol><li>c</ol><ol reversed><li>d</ol>", "3. a\n2. b\n   3. x\n   2. y\n   1. z\n1. c\n\n1. d\n")]
    [InlineData("<ol reversed start=5><li>a<li>b", "5. a\n4. b\n")]
    [InlineData("<ol start=99999999999><li>a", "1. a\n")]
    [InlineData("<ol start=2147483647><li>a<li>b", "2147483647. a\n2147483648. b\n")]
    [InlineData("<ul><li></li><li>a</li></ul>", "- a\n")]
    public void Ordered_lists_count_as_they_are_told(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Fact]
    public void A_description_list_indents_its_descriptions() =>
        Makes("<dl><dt>Term<dd>Meaning<dt>Other<dd>Another</dl>", "Term", "  Meaning", "Other", "  Another");

    [Theory]
    [InlineData("<a href='https://example.com/a?b=1&amp;c=2'>Shop</a>.", "Shop (https://example.com/a?b=1&c=2).\n")]
    [InlineData("see <a href='https://example.com/'>https://example.com</a> now", "see https://example.com/ now\n")]
    [InlineData("see <a href='https://example.com/Path'> example.com/path </a>now", "see https://example.com/Path now\n")]
    [InlineData("<a href='mailto:ann@example.com?subject=Hi'>Write to us</a>", "Write to us (ann@example.com)\n")]
    [InlineData("<a href='mailto:ann@example.com'>Ann@example.com</a>", "Ann@example.com\n")]
    [InlineData("<a href='mailto:a%2Bb@example.com'>us</a>", "us (a+b@example.com)\n")]
    [InlineData("<a href='tel:+49301234'>+49 (30) 12-34</a>, <a href='tel:112'>help</a>", "+49 (30) 12-34, help (112)\n")]
    [InlineData("<a href='#top'>Top</a> <a href=''>x</a> <a name=y>y</a> <a href='data:text/html,x'>d</a>", "Top x y d\n")]
    [InlineData("<a href='javascript:alert(1)'>a</a> <a href=' JaVa\nScript:alert(1)'>b</a> <a href='\u0001javascript:x'>c</a>", "a b c\n")]
    [InlineData("<a href='https://example.com/a b\nc'>x</a>", "x (https://example.com/a%20bc)\n")]
    [InlineData("<a href='//example.com/x'>x</a> <a href='{{ unsubscribe }}'>Leave</a>", "x (https://example.com/x) Leave ({{ unsubscribe }})\n")]
    [InlineData("<a href='https://example.com'><img src=x alt='Shop'></a>", "Shop (https://example.com)\n")]
    [InlineData("<a href='https://example.com'><img src=x></a> text <a href='https://example.org'></a>", "https://example.com text\n")]
    [InlineData("<a href='https://example.com'><div>Title</div><div>Text</div></a>after", "Title\nText (https://example.com)\nafter\n")]
    [InlineData("<a href='https://a.example'>one<a href='https://b.example'>two", "one (https://a.example)two (https://b.example)\n")]
    [InlineData("<p><a href='https://a.example'>one</p><p>two</p>", "one (https://a.example)\n\ntwo\n")]
    public void Links_show_where_they_lead(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Theory]
    [InlineData("<img src=a.png alt='A  cat'>", "A cat\n")]
    [InlineData("<img src=a.png><img src=b.png alt=''><img alt='A cat' style='display:none'>", "")]
    [InlineData("Hello<img alt='World'>!", "Hello World !\n")]
    [InlineData("Party<img alt='🎉'>!", "Party🎉!\n")]
    public void Images_are_their_alternative_text(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Theory]
    [InlineData("<span style='display:none'>x</span>y", "y\n")]
    [InlineData("<div style='DISPLAY : NONE !important;color:red'>x<div>y</div></div>z", "z\n")]
    [InlineData("<div style='display:block'>x</div>", "x\n")]
    [InlineData("<span style='visibility:hidden'>x<b style='visibility:visible'>y</b></span>z", "yz\n")]
    [InlineData("<div style='mso-hide:all'>x</div>y", "y\n")]
    [InlineData("<div style='font-size:0'>x<span style='font-size:2em'>x</span><span style='font-size:14px'>y</span><img alt=z></div>", "y z\n")]
    [InlineData("<div style='font-size:1px'>x</div>y<div style='font-size:0.5em'>z</div>", "y\nz\n")]
    [InlineData("<div style='font:0/0 a'>x</div><p style='font:bold 13px/1.5 Arial'>y</p>", "y\n")]
    [InlineData("<div style='max-height:0;overflow:hidden'>x</div><div style='max-height:0'>y</div>", "y\n")]
    [InlineData("<div style='opacity:0.0'>x</div><div style='opacity:0.9'>y</div>", "y\n")]
    [InlineData("<p hidden>x</p><p>y</p>", "y\n")]
    [InlineData("<i aria-hidden=true>x</i><i aria-hidden=false>y</i>", "y\n")]
    [InlineData("<p style='display:none'>x<p>y", "y\n")]
    [InlineData("<table style='display:none'><tr><td>x</td></tr></table>y", "y\n")]
    [InlineData("<a href='https://example.com' style='display:none'>x</a>y", "y\n")]
    public void What_HTML_hides_is_left_out(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Theory]
    [InlineData("<html><head><title>T &lt;b></title><style>a{}</style><meta charset=utf-8></head><body>x", "x\n")]
    [InlineData("<script>var a = '<p>no</p>';</script>x<STYLE>p > b {}</STYLE>", "x\n")]
    [InlineData("<template><p>no</p></template>x<iframe>no</iframe><noscript>y</noscript>", "xy\n")]
    [InlineData("a<!-- no --><!--[if mso]><p>no</p><![endif]-->b<![if !mso]>c<![endif]><!--[if !mso]><!-->d<!--<![endif]-->", "abcd\n")]
    [InlineData("<?xml version='1.0'?><!DOCTYPE html>x<![CDATA[y]]>", "x\n")]
    public void What_is_never_shown_is_left_out(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Fact]
    public void A_table_of_data_is_written_row_by_row() => Makes(
        "<table><caption>May</caption><thead><tr><th>Item<th>Note<th>Price</thead><tr><td>Tea<td><td>€ 4<tr><td>Cake<td>with<br>cream<td>€ 5</table>after",
        "May", "", "Item | Note | Price", "Tea | | € 4", "Cake | with cream | € 5", "", "after");

    [Fact]
    public void A_short_row_is_a_line_in_any_table() =>
        Makes("<table role=presentation><tr><td width=20></td><td>Tea</td><td>€ 4</td></tr><tr><td>Cake<br>with cream</td><td>€ 5</td></tr></table>", "Tea | € 4", "Cake with cream | € 5");

    [Fact]
    public void A_table_that_lays_out_the_page_flows() => Makes(
        "<table role=presentation><tr><td><table><tr><td><h1>Title</h1><p>Text</p></td><td><ul><li>a</ul></td></tr></table></td></tr><tr><td>Foot</td></tr></table>",
        "Title", "", "Text", "", "- a", "", "Foot");

    [Fact]
    public void Quotations_have_marks() =>
        Makes("He wrote:<blockquote><p>One</p><p>Two</p><blockquote>Three</blockquote></blockquote>End", "He wrote:", "", "> One", ">", "> Two", ">", "> > Three", "", "End");

    [Fact]
    public void Preformatted_text_stays_as_it_is() =>
        Makes("x<pre>\n  a  <b>b</b>\n\n\tc &lt; d\r\ne</pre>y", "x", "", "  a  b", "", "\tc < d", "e", "", "y");

    [Fact]
    public void Empty_lines_inside_preformatted_text_stay_and_around_it_they_do_not() =>
        Makes("<pre>\n\n\na\n\n\nb\n\n\n</pre>y", "a", "", "", "b", "", "y");

    [Theory]
    [InlineData("one<hr>two", "one\n\n----------\n\ntwo\n")]
    [InlineData("<b>b</b> <em>e</em> <code>c</code> <q>q</q> <abbr title='World'>W</abbr> <del>d</del>", "b e c \"q\" W d\n")]
    [InlineData("<button>Go</button> <input type=submit value=Send> <input type=hidden value=x> <input type=password value=y> <textarea>\nz</textarea>", "Go Send\n\nz\n")]
    [InlineData("a<wbr>b<sup>2</sup>", "ab2\n")]
    public void The_rest(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Theory]
    [InlineData("<p>one<p>two</div></b></span>", "one\n\ntwo\n")]
    [InlineData("<b><p>one</b>two</p>three", "onetwo\n\nthree\n")]
    [InlineData("<table><tr><td>one</p></li></div><td>two</table>", "one | two\n")]
    [InlineData("<td>one<td>two</tr></table>three", "one\ntwothree\n")]
    [InlineData("<table><tr><td>in</td></tr>out</table>", "in\n\nout\n")]
    [InlineData("<li>one<li>two", "- one\n- two\n")]
    [InlineData("one < two <3 a<b", "one < two <3 a\n")]
    [InlineData("one</p>two", "one\n\ntwo\n")]
    [InlineData("<p a='1' a='2' <b>>one", ">one\n")]
    public void Malformed_markup_is_read_as_readers_do(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Fact]
    public void Lines_are_broken_where_a_width_is_given()
    {
        var html = "<p>The quick brown fox jumps over it</p><ul><li>The quick brown fox jumps</ul><blockquote>The quick brown fox jumps</blockquote>"
            + "<a href='https://example.com/a/very/long/address'>Go</a><pre>preformatted lines stay as they are</pre>";

        Assert.Equal(
            """
            The quick brown fox
            jumps over it

            - The quick brown
              fox jumps

            > The quick brown
            > fox jumps

            Go
            (https://example.com/a/very/long/address)

            preformatted lines stay as they are

            """,
            HtmlText.From(html, new HtmlTextOptions { Width = 20 }));
    }

    [Fact]
    public void A_width_without_room_for_a_word_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HtmlTextOptions { Width = 19 });
}
