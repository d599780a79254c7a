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
    [InlineData("ä.pdf", "Content-Disposition: attachment; filename*=utf-8''%C3%A4.pdf")]
    [InlineData("say \"hi\".txt", "Content-Disposition: attachment; filename*=utf-8''say%20%22hi%22.txt")]
    [InlineData("😀.png", "Content-Disposition: attachment; filename*=utf-8''%F0%9F%98%80.png")]
    [InlineData("50% (it's).txt", "Content-Disposition: attachment; filename=\"50% (it's).txt\"")]
    public void Is_written_once_as_it_is_or_by_RFC_2231(string fileName, string expected) => Assert.Equal(expected, Field(fileName));

    [Fact]
    public void A_long_name_is_continued()
    {
        var lines = Field(new string('n', 150) + ".pdf").Split("\r\n");
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 76));
        Assert.StartsWith(" filename*0*=utf-8''nnn", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("n.pdf", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ä")]
    [InlineData("名")]
    [InlineData("😀")]
    public void The_longest_name_has_no_more_sections_than_every_reader_sorts(string character)
    {
        var name = string.Concat(Enumerable.Repeat(character, 255 / character.Length));
        var lines = Field(name).Split("\r\n");
        Assert.InRange(lines.Length, 2, 11);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 300));
        Assert.Equal(name, string.Concat(lines[1..].Select(line => Uri.UnescapeDataString(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Replace("utf-8''", "", StringComparison.Ordinal).TrimEnd(';')))));
    }

    [Fact]
    public void Any_name_comes_back_by_RFC_2231() => Prop.ForAll(Texts.Names, text =>
    {
        var name = "x" + text;
        var field = Field(name);
        AssertAsciiLines(field);
        var sections = Regex.Matches(field, @"filename\*(?:(?<number>\d+)\*)?=(?:utf-8'')?(?<text>[^;\r]*)");
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

    private static void AssertAsciiLines(string field) =>
        Assert.All(field.Split("\r\n"), line => Assert.True(line.Length is > 0 and <= 998 && line.All(character => character is >= ' ' and <= '~'), line));

    private static string Field(string fileName)
    {
        var text = Wire.Text(Wire.Simple with { Attachments = [Attachment.FromBytes(fileName, "x"u8.ToArray())] });
        var start = text.IndexOf("Content-Disposition:", StringComparison.Ordinal);
        return text[start..text.IndexOf("\r\nContent-Transfer-Encoding:", start, StringComparison.Ordinal)];
    }
}
