using System.IO.Pipelines;
using System.Text;
using Sendwright.Transport;

namespace Sendwright.Tests.Mime;

public sealed class AttachedMessageTests
{
    private static EmailMessage Inner => new()
    {
        From = new EmailAddress("carol@example.org", "Cärol"),
        To = ["dan@example.net"],
        Bcc = ["hidden@example.net"],
        Subject = "Frage: wie?",
        Text = "Grüße\n.\nFrom here",
        Attachments = [Attachment.FromBytes("a.bin", new byte[100])],
        MessageId = "inner@example.org",
    };

    [Fact]
    public void A_message_travels_inside_another_octet_for_octet()
    {
        var ready = new ReadyMade("Subject: Hi\r\n\r\nline\r\n");
        var outer = Wire.Text(Wire.Simple with { Text = "see below", Attachments = [Attachment.FromMessage(ready, "question.eml")] });
        Assert.Contains(
            "Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=\"question.eml\"\r\nContent-Transfer-Encoding: 7bit\r\n\r\nSubject: Hi\r\n\r\nline\r\n\r\n--",
            outer,
            StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_composed_as_it_would_be_alone_and_without_its_hidden_recipients()
    {
        var composed = Wire.Compose(Wire.Simple with { Text = "see below", Attachments = [Attachment.FromMessage(Inner)] });
        var outer = Encoding.UTF8.GetString(Wire.Octets(composed));
        Assert.Equal(composed.Size, outer.Length);
        Assert.Contains("\r\n\r\nDate: Sun, 22 Nov 2026 12:00:00 +0000\r\nFrom: =?utf-8?", outer, StringComparison.Ordinal);
        Assert.Contains("Message-ID: <inner@example.org>\r\n", outer, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden@", outer, StringComparison.Ordinal);
        Assert.False(composed.IsEightBit);
    }

    [Fact]
    public void It_is_called_by_its_subject_in_letters_that_file_systems_take() =>
        Assert.Equal(["Frage_ wie_.eml", "message.eml", "message.eml"], [Attachment.FromMessage(Inner).FileName, Attachment.FromMessage(Inner with { Subject = null }).FileName, Attachment.FromMessage(Inner with { Subject = "  " }).FileName]);

    [Fact]
    public void A_long_subject_is_not_cut_inside_a_character()
    {
        var name = Attachment.FromMessage(Inner with { Subject = string.Concat(Enumerable.Repeat("😀", 100)) }).FileName;
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 30)) + ".eml", name);
        Assert.Equal("x" + string.Concat(Enumerable.Repeat("😀", 29)) + ".eml", Attachment.FromMessage(Inner with { Subject = "x" + string.Concat(Enumerable.Repeat("😀", 100)) }).FileName);
    }

    // RFC 2045, 6.2: what is not labelled is 7bit, so what holds an 8-bit part must not go without a label.
    [Fact]
    public void What_holds_an_international_message_says_8bit()
    {
        var international = Inner with { To = ["jörg@example.net"] };
        var nested = Inner with { Attachments = [Attachment.FromMessage(international)] };
        foreach (var message in new[] { international, nested })
        {
            var header = Wire.Header(Wire.Simple with { Text = "see below", Attachments = [Attachment.FromMessage(message)] });
            Assert.Contains("\r\nContent-Transfer-Encoding: 8bit", header, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Content-Transfer-Encoding", Wire.Header(Wire.Simple with { Text = "see below", Attachments = [Attachment.FromMessage(Inner)] }), StringComparison.Ordinal);
    }

    [Fact]
    public void An_international_message_makes_the_outer_one_international()
    {
        var composed = Wire.Compose(Wire.Simple with { Attachments = [Attachment.FromMessage(Inner with { To = ["jörg@example.net"] })] });
        Assert.True(composed.NeedsSmtpUtf8);
        Assert.True(composed.IsEightBit);
        var wire = Encoding.UTF8.GetString(Wire.Octets(composed));
        Assert.Contains("Content-Type: message/global\r\n", wire, StringComparison.Ordinal);
        Assert.Contains("Content-Transfer-Encoding: 8bit\r\n", wire, StringComparison.Ordinal);
    }

    [Fact]
    public void Signed_8_bit_content_cannot_be_inside_a_7_bit_message()
    {
        var e = Assert.Throws<ArgumentException>(() => Attachment.FromMessage(new ReadyMade("Subject: Hi\r\n\r\nä\r\n", isEightBit: true)));
        Assert.Contains("Attachment.FromBytes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_inside_one_another_have_an_end()
    {
        var message = Inner;
        for (var depth = 0; depth < 16; depth++)
            message = Inner with { Attachments = [Attachment.FromMessage(message)] };
        Assert.Equal(17, Wire.Text(message).Split("Frage: wie?").Length - 1);
        var e = Assert.Throws<ArgumentException>(() => Attachment.FromMessage(message));
        Assert.Contains("17 deep; at most 16", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_cannot_be_opened_as_a_file_nor_have_another_type()
    {
        var attachment = Attachment.FromMessage(Inner);
        Assert.Same(attachment.Message, attachment.Message);
        Assert.Null(attachment.Length);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await attachment.OpenAsync(TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => attachment with { ContentType = "text/plain" });
    }

    private sealed class ReadyMade(string text, bool isEightBit = false) : IMessageContent
    {
        private readonly byte[] _octets = Encoding.UTF8.GetBytes(text);

        public long? Size => _octets.Length;

        public string? MessageId => null;

        public bool IsEightBit => isEightBit;

        public async ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default)
        {
            _octets.CopyTo(writer.GetMemory(_octets.Length));
            writer.Advance(_octets.Length);
            await writer.FlushAsync(cancellationToken);
        }
    }
}
