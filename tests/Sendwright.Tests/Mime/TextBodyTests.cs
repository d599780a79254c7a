using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sendwright.Mime;

namespace Sendwright.Tests.Mime;

public sealed class TextBodyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain ASCII\nwith short lines\n")]
    [InlineData("a dot. inside, From inside: From me")]
    [InlineData("a = b")]
    [InlineData("\tindented")]
    public void Plain_text_stays_as_it_is(string text)
    {
        var body = new TextBody(text);
        Assert.Equal(TransferEncoding.SevenBit, body.Encoding);
        Assert.Equal(QuotedPrintableTests.Canonical(text), Encode(body));
    }

    [Theory]
    [InlineData("Der Garten ist grün.")]
    [InlineData(".hidden")]
    [InlineData("a\n.\nb")]
    [InlineData("From me to you")]
    [InlineData("blank at the end \nof a line")]
    [InlineData("nul\0")]
    [InlineData("escape \u001b[31m")]
    [InlineData("--=_a looks like a boundary of ours")]
    public void What_could_be_changed_on_the_way_is_quoted(string text) => Assert.Equal(TransferEncoding.QuotedPrintable, new TextBody(text).Encoding);

    [Fact]
    public void A_line_over_76_characters_is_quoted() => Assert.Equal(TransferEncoding.QuotedPrintable, new TextBody(new string('x', 77)).Encoding);

    [Theory]
    [InlineData("Привет, как дела?")]
    [InlineData("日本語のテキスト")]
    [InlineData("שלום עולם")]
    public void Text_that_is_mostly_not_ASCII_is_base64(string text) => Assert.Equal(TransferEncoding.Base64, new TextBody(text).Encoding);

    [Fact]
    public void Base64_holds_CRLF_for_every_line_break() =>
        Assert.Equal("да\r\nнет\r\n\r\nда\r\n", Encoding.UTF8.GetString(Convert.FromBase64String(Encode(new TextBody("да\nнет\r\rда\r\n")))));

    [Fact]
    public void A_character_that_does_not_fit_a_line_of_base64_goes_on_in_the_next() =>
        Prop.ForAll(Gen.Choose(0, 60).ToArbitrary(), Gen.Elements("€", "😀", "я", "\n").ToArbitrary(), (shift, piece) =>
        {
            var text = new string('x', shift) + string.Concat(Enumerable.Repeat("日" + piece, 40));
            var body = new TextBody(text);
            Assert.Equal(TransferEncoding.Base64, body.Encoding);
            foreach (var extra in (int[])[0, 1, 77, 78, 5000])
            {
                var encoded = Encode(body, extra);
                Assert.Equal(QuotedPrintableTests.Canonical(text), Encoding.UTF8.GetString(Convert.FromBase64String(encoded)));
                Assert.All(encoded.Split("\r\n")[..^2], line => Assert.Equal(76, line.Length));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_comes_back_in_any_encoding_and_its_size_is_known() => Prop.ForAll(Texts.Bodies, text =>
    {
        var body = new TextBody(text);
        var encoded = Encode(body);
        Assert.Equal(body.Size, encoded.Length);
        Assert.Equal(encoded, Encode(body, extra: 1));
        var decoded = body.Encoding switch
        {
            TransferEncoding.SevenBit => Encoding.ASCII.GetBytes(encoded),
            TransferEncoding.QuotedPrintable => Decoders.QuotedPrintable(encoded),
            _ => Convert.FromBase64String(encoded),
        };
        Assert.Equal(QuotedPrintableTests.Canonical(text), Encoding.UTF8.GetString(decoded));
    }).QuickCheckThrowOnFailure();

    private static string Encode(TextBody body, int extra = 4096)
    {
        var result = new StringBuilder();
        var cursor = default(BodyCursor);
        bool isDone;
        do
        {
            var destination = new byte[InMemoryBody.LeastDestination + extra];
            isDone = body.Encode(ref cursor, destination, out var written);
            Assert.True(isDone || written > 0, "it got on");
            result.Append(Encoding.ASCII.GetString(destination, 0, written));
        }
        while (!isDone);
        return result.ToString();
    }
}
