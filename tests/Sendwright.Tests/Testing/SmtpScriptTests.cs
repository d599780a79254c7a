using Sendwright.Testing;

namespace Sendwright.Tests.Testing;

public sealed class SmtpScriptTests
{
    [Theory]
    [InlineData("EHLO app.example", "EHLO app.example", true)]
    [InlineData("EHLO app.example", "EHLO *", true)]
    [InlineData("EHLO", "EHLO *", false)]
    [InlineData("MAIL FROM:<a@b.example> SIZE=12", "MAIL FROM:<*> *", true)]
    [InlineData("MAIL FROM:<a@b.example>", "MAIL FROM:<*> *", false)]
    [InlineData("aaab", "a*ab", true)]
    [InlineData("aaac", "a*ab", false)]
    [InlineData("*", "\\*", true)]
    [InlineData("x", "\\*", false)]
    [InlineData("", "*", true)]
    public void A_pattern_fits_the_whole_line_or_not_at_all(string line, string pattern, bool fits) =>
        Assert.Equal(fits, ScriptText.Fits(line, pattern));

    [Fact]
    public void Raw_bytes_know_their_escapes()
    {
        Assert.True(ScriptText.TryUnescape("2\\r\\n\\\\\\x15ä", out var bytes));
        Assert.Equal("2\r\n\\\x15ä"u8.ToArray(), bytes);
    }

    [Theory]
    [InlineData("HELLO", "line 1")]
    [InlineData("S: 220 x\nRAW \\q", "line 2")]
    [InlineData("TLS 1.1", "line 1")]
    [InlineData("CLOSE\nS: 220 late", "line 2")]
    public void A_line_that_is_no_step_is_refused_with_its_place(string script, string place) =>
        Assert.Contains(place, Assert.Throws<FormatException>(() => SmtpScript.Parse(script)).Message, StringComparison.Ordinal);

    [Fact]
    public void Comments_and_blank_lines_are_left_out() =>
        Assert.Equal(2, SmtpScript.Parse("# a greeting\n\nS: 220 x\r\nC: QUIT\n").Steps.Count);
}
