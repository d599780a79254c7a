using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sendwright.Hosting;
using Sendwright.Templates;
using Sendwright.Tests.Mime;
using Sendwright.Tests.Mime.Dkim;
using Sendwright.Transport;

namespace Sendwright.Tests.Templates;

public sealed class TextFromHtmlTests
{
    private static readonly EmailMessage HtmlOnly = new() { From = "ann@example.com", To = ["bob@example.net"], Subject = "Hello", Html = "<p>Good <b>morning</b></p>" };

    [Fact]
    public void A_message_with_HTML_only_gets_a_text() => Assert.Equal("Good morning\n", HtmlOnly.WithTextFromHtml().Text);

    [Fact]
    public void A_text_of_its_own_stays_also_an_empty_one()
    {
        Assert.Equal("Mine", (HtmlOnly with { Text = "Mine" }).WithTextFromHtml().Text);
        Assert.Equal("", (HtmlOnly with { Text = "" }).WithTextFromHtml().Text);
    }

    [Fact]
    public void Without_HTML_or_without_anything_to_say_there_is_no_text()
    {
        Assert.Null((HtmlOnly with { Html = null }).WithTextFromHtml().Text);
        Assert.Null((HtmlOnly with { Html = "<img src='cid:1'>" }).WithTextFromHtml().Text);
    }

    [Fact]
    public void The_width_is_that_of_the_options() =>
        Assert.Equal("twenty letters are\nthe width\n", (HtmlOnly with { Html = "twenty letters are the width" }).WithTextFromHtml(new HtmlTextOptions { Width = 20 }).Text);
}
