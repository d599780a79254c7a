using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sendwright.Mime;

namespace Sendwright.Tests.Mime;

public sealed class QuotedPrintableTests
{
    [Theory]
    [InlineData("Hello, world!", "Hello, world!")]
    [InlineData("1=2", "1=3D2")]
    [InlineData("grün", "gr=C3=BCn")]
    [InlineData("😀", "=F0=9F=98=80")]
    [InlineData("blank \nat end", "blank=20\r\nat end")]
    [InlineData("two  \r\n", "two =20\r\n")]
    [InlineData("tab\t", "tab=09")]
    [InlineData("a\rb\nc\r\nd", "a\r\nb\r\nc\r\nd")]
    [InlineData("\n\n", "\r\n\r\n")]
    [InlineData("\r\r\n", "\r\n\r\n")]
    [InlineData(".", "=2E")]
    [InlineData("a\n..b.", "a\r\n=2E.b.")]
    [InlineData("From here", "=46rom here")]
    [InlineData("Fromage\nfrom From ", "Fromage\r\nfrom From=20")]
    [InlineData("nul\0esc\u001b", "nul=00esc=1B")]
    public void Encodes_what_could_change_on_the_way_and_nothing_else(string text, string expected) => Assert.Equal(expected, Encode(text));

    [Fact]
    public void Half_of_a_surrogate_pair_becomes_the_replacement_character() => Assert.Equal("half =EF=BF=BD of a pair", Encode("half \ud83d of a pair"));

    [Fact]
    public void Breaks_a_long_line_softly_before_column_77()
    {
        var encoded = Encode(new string('x', 200));
        Assert.Equal([76, 76, 50], encoded.Split("\r\n").Select(line => line.Length));
        Assert.All(encoded.Split("\r\n")[..^1], line => Assert.EndsWith("=", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Encodes_a_dot_that_a_soft_line_break_puts_at_the_start_of_a_line() =>
        Assert.Equal(new string('x', 75) + "=\r\n=2Ey", Encode(new string('x', 75) + ".y"));

    [Fact]
    public void Never_divides_a_character_between_two_lines()
    {
        var lines = Encode(string.Concat(Enumerable.Repeat("a€", 60))).Split("=\r\n");
        Assert.All(lines, line => Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Decoders.QuotedPrintable(line))));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 75));
    }

    [Fact]
    public void Any_text_comes_back_with_its_line_ends_as_CRLF() => Prop.ForAll(Texts.Bodies, text =>
    {
        var encoded = Encode(text);
        Assert.All(encoded.Split("\r\n"), line => Assert.InRange(line.Length, 0, 76));
        Assert.All(encoded.Split("\r\n"), line => Assert.False(line.EndsWith(' ') || line.EndsWith('\t') || line.StartsWith('.') || line.StartsWith("From ", StringComparison.Ordinal)));
        Assert.DoesNotContain(encoded, character => character is not ('\r' or '\n' or '\t' or (>= ' ' and <= '~')));
        Assert.Equal(Encoding.UTF8.GetBytes(Canonical(text)), Decoders.QuotedPrintable(encoded));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_space_it_is_given_changes_nothing() => Prop.ForAll(Texts.Bodies, text =>
    {
        foreach (var space in (int[])[QuotedPrintable.LeastDestination, 32, 40, 46, 47, 78])
            Assert.Equal(Encode(text), Encode(text, space));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Says_when_there_is_no_space_to_get_on()
    {
        var column = 0;
        var status = QuotedPrintable.Encode("abc", new byte[QuotedPrintable.LeastDestination - 1], ref column, out var consumed, out var written);
        Assert.Equal((OperationStatus.DestinationTooSmall, 0, 0), (status, consumed, written));
    }

    /// <summary>Line ends as the wire has them, and U+FFFD for half of a pair.</summary>
    internal static string Canonical(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))
        .Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);

    private static string Encode(string text, int space = 4096)
    {
        var result = new StringBuilder();
        var (column, position) = (0, 0);
        OperationStatus status;
        do
        {
            var destination = new byte[space];
            status = QuotedPrintable.Encode(text.AsSpan(position), destination, ref column, out var consumed, out var written);
            Assert.True(consumed > 0 || written > 0 || status == OperationStatus.Done, "it got on");
            position += consumed;
            result.Append(Encoding.ASCII.GetString(destination, 0, written));
        }
        while (status != OperationStatus.Done);
        return result.ToString();
    }
}
