using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace Sendwright.Tests.Mime;

public sealed class FileNameParameterTests
{
    [Theory]
    [InlineData("invoice.pdf", "Content-Disposition: attachment; filename=\"invoice.pdf\"")]
    [InlineData("my invoice.pdf", "Content-Disposition: attachment; filename=\"my invoice.pdf\"")]
    [InlineData("a;b,c.txt", "Content-Disposition: attachment; filename=\"a;b,c.txt\"")]
    [InlineData("ä.pdf", "Content-Disposition: attachment; filename*=utf-8''%C3%A4.pdf;\r\n filename=\"_.pdf\"")]
    [InlineData("say \"hi\".txt", "Content-Disposition: attachment; filename*=utf-8''say%20%22hi%22.txt;\r\n filename=\"say _hi_.txt\"")]
    [InlineData("😀.png", "Content-Disposition: attachment; filename*=utf-8''%F0%9F%98%80.png;\r\n filename=\"_.png\"")]
    [InlineData("50% (it's).txt", "Content-Disposition: attachment; filename=\"50% (it's).txt\"")]
    public void Is_written_so_that_new_and_old_readers_find_a_name(string fileName, string expected) => Assert.Equal(expected, Field(fileName));

    [Fact]
    public void A_long_name_is_continued_and_the_plain_form_keeps_its_extension()
    {
        var name = new string('n', 150) + ".pdf";
        var lines = Field(name).Split("\r\n");
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 76));
        Assert.StartsWith(" filename*0*=utf-8''nnn", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("n.pdf\"", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Any_name_comes_back_by_RFC_2231() => Prop.ForAll(Texts.Names, text =>
    {
        var name = "x" + text;
        var field = Field(name);
        AssertShortAsciiLines(field);
        var sections = Regex.Matches(field, @"filename\*(?:(?<number>\d+)\*)?=(?:utf-8'')?(?<text>[^;\r]*);");
        if (sections.Count == 0)
        {
            Assert.Equal(name, field[(field.IndexOf("filename=", StringComparison.Ordinal) + "filename=".Length)..].Trim('"'));
            return;
        }

        if (sections.Count > 1)
            Assert.Equal(Enumerable.Range(0, sections.Count).Select(number => $"{number}"), sections.Select(section => section.Groups["number"].Value));
        // Each section decodes by itself, because no character is divided between two.
        Assert.Equal(name, string.Concat(sections.Select(section => Uri.UnescapeDataString(section.Groups["text"].Value))));
    }).QuickCheckThrowOnFailure();

    private static void AssertShortAsciiLines(string field) =>
        Assert.All(field.Split("\r\n"), line => Assert.True(line.Length is > 0 and <= 76 && line.All(character => character is >= ' ' and <= '~'), line));

    private static string Field(string fileName)
    {
        var text = Wire.Text(Wire.Simple with { Attachments = [Attachment.FromBytes(fileName, "x"u8.ToArray())] });
        var start = text.IndexOf("Content-Disposition:", StringComparison.Ordinal);
        return text[start..text.IndexOf("\r\nContent-Transfer-Encoding:", start, StringComparison.Ordinal)];
    }
}
