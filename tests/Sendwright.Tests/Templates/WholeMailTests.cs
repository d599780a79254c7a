using Sendwright.Templates;

namespace Sendwright.Tests.Templates;

/// <summary>Mails as they are in the wild, each beside the text that a reader should get of it.</summary>
public sealed class WholeMailTests
{
    [Theory]
    [InlineData("receipt")]
    [InlineData("password-reset")]
    [InlineData("newsletter")]
    public void A_mail_reads_well_without_its_HTML(string name) => Assert.Equal(Read($"{name}.txt"), HtmlText.From(Read($"{name}.html")));

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Templates", "Mails", file));
}
