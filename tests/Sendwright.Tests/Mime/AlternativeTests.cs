namespace Sendwright.Tests.Mime;

public sealed class AlternativeTests
{
    private static readonly CalendarInvitation Invitation = CalendarInvitation.FromICalendar("BEGIN:VCALENDAR\nMETHOD:request\nEND:VCALENDAR\n");

    [Fact]
    public void Amp_stands_before_the_html_and_the_calendar_last()
    {
        var wire = Wire.Text(Wire.Simple with { Text = "t", Html = "h", Alternatives = [Invitation.ToAlternative(), Alternative.Amp("<html amp4email></html>")] });
        var types = wire.Split("\r\n").Where(line => line.StartsWith("Content-Type:", StringComparison.Ordinal)).Select(line => line[14..]);
        Assert.Equal(
            ["multipart/alternative;", "text/plain; charset=utf-8", "text/x-amp-html; charset=utf-8", "text/html; charset=utf-8", "text/calendar; method=REQUEST; charset=utf-8"],
            types);
    }

    [Fact]
    public void One_alone_needs_no_multipart()
    {
        var wire = Wire.Text(Wire.Simple with { Alternatives = [Invitation.ToAlternative()] });
        Assert.Contains("MIME-Version: 1.0\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n", wire, StringComparison.Ordinal);
        Assert.DoesNotContain("multipart", wire, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", "EmailMessage.Text")]
    [InlineData("TEXT/Html; charset=utf-8", "EmailMessage.Html")]
    [InlineData("application/json", "attachment")]
    [InlineData("text/calendar; charset=iso-8859-1", "iso-8859-1")]
    [InlineData("calendar", "type/subtype")]
    public void What_is_no_further_form_of_a_text_is_refused(string contentType, string expected)
    {
        var e = Assert.Throws<ArgumentException>(() => new Alternative(contentType, "x"));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_charset_is_not_given_twice() =>
        Assert.Contains("Content-Type: text/markdown; charset=UTF-8; variant=GFM\r\n", Wire.Text(Wire.Simple with { Alternatives = [new("text/markdown; charset=UTF-8; variant=GFM", "x")] }), StringComparison.Ordinal);

    /// <summary>A reader that sees two apostrophes without quotes takes the value for the form of RFC 2231.</summary>
    [Fact]
    public void A_parameter_with_an_apostrophe_has_quotes() =>
        Assert.Contains("Content-Type: text/x-own; a=\"utf-8''x\"; charset=utf-8\r\n", Wire.Text(Wire.Simple with { Alternatives = [new("text/x-own; a=utf-8''x", "x")] }), StringComparison.Ordinal);

    [Fact]
    public void A_parameter_in_any_script_and_length_is_continued()
    {
        var attachment = Attachment.FromBytes("a.bin", new byte[3], $"application/x-note; topic=\"{new string('ä', 40)}\"; plain=\"a b\"; token=x");
        var wire = Wire.Text(Wire.Simple with { Attachments = [attachment] });
        Assert.Contains(
            $"Content-Type: application/x-note;\r\n topic*0*=utf-8''{string.Concat(Enumerable.Repeat("%C3%A4", 9))};\r\n topic*1*={string.Concat(Enumerable.Repeat("%C3%A4", 10))};\r\n",
            wire,
            StringComparison.Ordinal);
        Assert.Contains("plain=\"a b\"; token=x\r\n", wire, StringComparison.Ordinal);
        Assert.All(wire.Split("\r\n"), line => Assert.InRange(line.Length, 0, 76));
    }
}
