using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sendwright.Mime.Reading;

namespace Sendwright.Tests.Mime.Reading;

/// <summary>Any octets give a message, in time and memory that grow with them and not faster.</summary>
public sealed class RobustnessTests
{
    private static readonly string[] Pieces =
    [
        "From: ", "To: a@b, ", "Subject: ", "Date: ", "Message-ID: <", ">", "Content-Type: ", "multipart/mixed; boundary=b", "multipart/alternative; boundary=\"b b\"", "multipart/digest; boundary=bb",
        "text/plain; charset=", "utf-8", "iso-2022-jp", "gb18030", "utf-16", "utf-7", "x-unknown", "hz-gb-2312", "iso-2022-kr", "; format=flowed; delsp=yes", "message/rfc822", "Content-Disposition: attachment; filename",
        "*0*=utf-8''%", "*1=", "*999999999999=", "*=''", "Content-Transfer-Encoding: ", "base64", "quoted-printable", "Content-ID: ", "--b", "--b--", "--bb", "--b b", "\r\n", "\r\n", "\r\n\r\n", "\n", "\r", "\0",
        " ", "\t", "=", "==", "=?utf-8?Q?", "=?big5?B?", "?=", "\"", "\\", "(", ")", ";", ",", ":", "<", "@", "%", "'", "ÿ", "\u0080", "1 Jan 70 00:00 ", "9999", "Sat, 31 Feb 2026 24:60:61 +9999",
    ];

    [Fact]
    public void Any_octets_give_a_message() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), octets => ReadAll(ParsedMessage.Read(octets))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_mix_of_what_messages_are_made_of_gives_a_message() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(), text => ReadAll(Eml.ReadOctets(text))));

    [Fact]
    public void A_message_with_some_octets_changed_gives_a_message()
    {
        var octets = Wire.Octets(Wire.Compose(Wire.Simple with
        {
            Subject = "Grüße, " + new string('x', 100),
            Text = "Grüße",
            Html = "<b>Grüße</b>",
            Attachments = [Attachment.FromBytes("größe.bin", new byte[100]), Attachment.FromMessage(Wire.Simple with { Text = "inner" })],
        }));
        var changes = Gen.Choose(0, octets.Length - 1).Zip(Gen.Choose(0, 255)).ListOf();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(changes.ToArbitrary(), made =>
        {
            var changed = octets.ToArray();
            foreach (var (index, octet) in made)
                changed[index] = (byte)octet;
            ReadAll(ParsedMessage.Read(changed));
        }));
    }

    [Fact]
    public void A_message_cut_off_anywhere_gives_a_message()
    {
        var octets = Wire.Octets(Wire.Compose(Wire.Simple with { Text = "Grüße", Html = "<b>Grüße</b>", Attachments = [Attachment.FromBytes("größe.bin", new byte[100])] }));
        for (var length = 0; length < octets.Length; length++)
            ReadAll(ParsedMessage.Read(octets.AsMemory(0, length)));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("iso-2022-jp")]
    [InlineData("iso-2022-kr")]
    [InlineData("hz-gb-2312")]
    [InlineData("gb18030")]
    [InlineData("big5")]
    [InlineData("shift_jis")]
    [InlineData("euc-jp")]
    [InlineData("x-mac-arabic")]
    [InlineData("utf-7")]
    [InlineData("utf-16")]
    [InlineData("ibm037")]
    [InlineData("")]
    public void Any_octets_are_a_text_in_any_charset(string charset) => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), octets =>
    {
        var read = ParsedMessage.Read((byte[])[.. Encoding.ASCII.GetBytes($"Content-Type: text/plain; charset=\"{charset}\"\r\n\r\n"), .. octets]);
        Assert.NotNull(read.Text);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ten_thousand_multiparts_inside_one_another_are_read_to_a_depth_and_no_further()
    {
        var text = new StringBuilder();
        for (var depth = 0; depth < 10_000; depth++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n");
        text.Append("\r\nHello");

        var read = Eml.ReadOctets(text.ToString());
        var depthRead = 0;
        var part = read.Body;
        for (; part.Parts is [var inner]; part = inner)
            depthRead++;
        Assert.Equal(99, depthRead);
        Assert.EndsWith("Hello", Eml.Ascii(part.Content), StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_messages_inside_one_another_are_read_to_a_depth_and_no_further()
    {
        var read = Eml.ReadOctets(string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\r\n\r\n", 10_000)) + "\r\nHello");
        var depth = 0;
        for (; Assert.Single(read.Attachments).Message is { } inner; read = inner)
            depth++;
        Assert.Equal(16, depth);
        Assert.EndsWith("Hello", Eml.Ascii(read.Attachments[0].Content), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_of_nothing_but_boundaries_has_a_limited_number_of_parts()
    {
        var read = Eml.ReadOctets("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\n", 100_000)) + "last");

        Assert.Equal(9_999, read.Body.Parts.Count);
        Assert.EndsWith("--b\r\nlast", Eml.Ascii(read.Body.Parts[^1].Content), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_of_nothing_but_fields_has_a_limited_number_of_fields()
    {
        var read = Eml.ReadOctets(string.Concat(Enumerable.Repeat("a:\n", 200_000)));

        Assert.Equal(100_000, read.Headers.Count);
        Assert.Equal(300_000, read.Text!.Length);
    }

    // Each would take minutes or the memory of the machine if the time grew with the square of the size.
    [Theory]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--c\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\n\r\n", "\n--")]
    [InlineData("Content-Type: text/plain; format=flowed\r\n\r\n", ">")]
    [InlineData("Content-Type: text/plain; format=flowed\r\n\r\n", "> \n")]
    [InlineData("Content-Transfer-Encoding: quoted-printable\r\n\r\n", "=")]
    [InlineData("Content-Transfer-Encoding: quoted-printable\r\n\r\n", " ")]
    [InlineData("Content-Transfer-Encoding: base64\r\n\r\n", "A?")]
    [InlineData("Content-Type: text/plain", "; a*0=b")]
    [InlineData("Content-Type: text/plain", ";\"")]
    [InlineData("Content-Type: text/plain", "(")]
    [InlineData("Subject: ", "=?")]
    [InlineData("Subject: ", "=?a?q?")]
    [InlineData("Subject: ", "=?utf-8?q?a?= ")]
    [InlineData("Subject: ", "\n ")]
    [InlineData("From: ", "a@b,")]
    [InlineData("From: ", "(")]
    [InlineData("From: ", "\"")]
    [InlineData("From: ", "<@")]
    [InlineData("From: ", "a:;")]
    [InlineData("From: a@b\nFrom: ", "\nFrom: a@b")]
    [InlineData("References: ", "<")]
    [InlineData("References: ", "<a>")]
    [InlineData("Date: ", "(")]
    [InlineData("Date: ", "1 ")]
    public Task Two_million_octets_of_one_thing_are_read_at_once(string start, string repeated) =>
        ReadAtOnceAsync(start + string.Concat(Enumerable.Repeat(repeated, 2_000_000 / repeated.Length)));

    [Fact]
    public async Task Two_million_octets_of_near_boundaries_in_a_hundred_multiparts_are_read_at_once()
    {
        var text = new StringBuilder();
        for (var depth = 0; depth < 100; depth++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{depth:000}\r\n\r\n--b{depth:000}\r\n");
        text.Append("\r\n").Insert(text.Length, "--b000x\n", 250_000);

        await ReadAtOnceAsync(text.ToString());
    }

    // Some hundredths of a second; what grows with the square takes hours.
    private static Task ReadAtOnceAsync(string text) =>
        Task.Run(() => ReadAll(Eml.ReadOctets(text)), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    private static void ReadAll(ParsedMessage message)
    {
        Assert.All(message.Headers, header => Assert.DoesNotContain(header.Value, character => character is '\r' or '\n' or '\0'));
        foreach (var addresses in new[] { message.From, message.ReplyTo, message.To, message.Cc, message.Bcc })
            Assert.All(addresses, address => Assert.NotEmpty(address.Address));
        _ = (message.Sender, message.Subject, message.Date, message.MessageId, message.InReplyTo, message.References.Count, message.Text, message.Html, message.ToString());
        ReadAll(message.Body);
    }

    private static void ReadAll(ParsedPart part)
    {
        _ = (part.Content, part.Text, part.ToString());
        foreach (var child in part.Parts)
            ReadAll(child);
        if (part.Message is { } message)
            ReadAll(message);
    }
}
