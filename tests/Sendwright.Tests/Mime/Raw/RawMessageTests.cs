using System.Text;

namespace Sendwright.Tests.Mime.Raw;

public sealed class RawMessageTests
{
    private const string Plain = "From: ann@example.com\r\nMessage-ID: <1@example.com>\r\n\r\nHello\r\n.\r\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Plain)]
    [InlineData("From: ann@example.com\r\n\r\n")]
    [InlineData("From: ann@example.com\r\n")]
    [InlineData("X-Odd :  kept \r\n\tas it is\r\n\r\n\r\n\r\ntext")]
    [InlineData("Subject: no date, no from\r\n\r\n\u00e9\u00ff\r\n")]
    public async Task It_is_written_octet_for_octet_with_a_last_line_end_where_it_has_none(string text)
    {
        var expected = Latin1(text.EndsWith("\r\n", StringComparison.Ordinal) ? text : text + "\r\n");

        foreach (var message in await EveryWay(Latin1(text)))
        {
            Assert.Equal(expected, Wire.Octets(message));
            Assert.Equal(expected.Length, message.Size);
        }
    }

    [Theory]
    [InlineData("From: a@b.c\r\n\r\nHello\nyou\r\n", "a bare LF", "offset 20, in line 3")]
    [InlineData("From: a@b.c\r\n\r\nHello\ryou\r\n", "a bare CR", "offset 20, in line 3")]
    [InlineData("From: a@b.c\r\n\r\nHello\0you\r\n", "a NUL", "offset 20, in line 3")]
    [InlineData("From: a@b.c\r\n\r\nHello\r", "a bare CR", "offset 20, in line 3")]
    public async Task A_bare_CR_a_bare_LF_and_a_NUL_are_refused_with_their_place_and_the_fix(string text, string what, string where)
    {
        var errors = new[]
        {
            Assert.Throws<FormatException>(() => RawMessage.FromBytes(Latin1(text))),
            await Assert.ThrowsAsync<FormatException>(() => RawMessage.OpenAsync(Opening(Latin1(text)), Cancellation)),
        };

        Assert.All(errors, error =>
        {
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
            Assert.Contains(where, error.Message, StringComparison.Ordinal);
            Assert.Contains(what == "a NUL" ? "base64" : "unix2dos", error.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("", "There is nothing")]
    [InlineData("\r\nonly a body\r\n", "Line 1")]
    [InlineData("Hello you\r\n", "Line 1")]
    [InlineData("From: a@b.c\r\nand so on\r\n\r\n", "Line 2")]
    [InlineData(" continued: nothing\r\n\r\n", "Line 1")]
    [InlineData("From ann@example.com Mon Jan  1 00:00:00 2024\r\nFrom: a@b.c\r\n\r\n", "mailbox file")]
    public async Task What_has_no_header_is_no_message(string text, string words)
    {
        Assert.Contains(words, Assert.Throws<FormatException>(() => RawMessage.FromBytes(Latin1(text))).Message, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<FormatException>(() => RawMessage.OpenAsync(Opening(Latin1(text)), Cancellation));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_without_end_is_refused_before_it_fills_the_memory()
    {
        var endless = Latin1(string.Concat(Enumerable.Repeat("X-Header: yes\r\n", 100_000)));

        var error = await Assert.ThrowsAsync<FormatException>(() => RawMessage.OpenAsync(Opening(endless), Cancellation));

        Assert.Contains("1048576 octets", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blind_copies_and_the_return_path_do_not_travel()
    {
        const string Text = "Return-Path: <x@example.com>\r\nFrom: ann@example.com\r\nbcc: eve@example.com,\r\n mallory@example.com\r\nSubject: s\r\nResent-BCC : z@example.com\r\n\r\nBcc: in the body\r\n";

        foreach (var message in await EveryWay(Latin1(Text)))
        {
            Assert.Equal("From: ann@example.com\r\nSubject: s\r\n\r\nBcc: in the body\r\n", Encoding.Latin1.GetString(Wire.Octets(message)));
            Assert.Equal(Wire.Octets(message).Length, message.Size);
        }
    }

    [Theory]
    [InlineData("DKIM-Signature: v=1; a=rsa-sha256; bh=x; b=y")]
    [InlineData("ARC-Seal: i=1; b=y")]
    [InlineData("Content-Type: multipart/signed;\r\n boundary=x; protocol=\"application/pgp-signature\"")]
    public async Task A_signed_message_is_not_touched(string field)
    {
        var text = Latin1($"Bcc: eve@example.com\r\n{field}\r\n\r\n\u00e9\r\n");

        foreach (var message in await EveryWay(text))
        {
            Assert.True(message.IsSigned);
            Assert.Equal(text, Wire.Octets(message));
            Assert.Null(message.ToSevenBit());
        }
    }

    [Theory]
    [InlineData("Message-ID: <1.a@example.com>\r\n", "<1.a@example.com>")]
    [InlineData("message-id:\r\n  <1.a@example.com> \r\n", "<1.a@example.com>")]
    [InlineData("Message-ID: 1.a@example.com\r\n", null)]
    [InlineData("Message-ID: <a>\r\n", null)]
    [InlineData("Message-ID: <1@example.com>\r\nMessage-ID: <2@example.com>\r\n", null)]
    [InlineData("Subject: <1.a@example.com>\r\n", null)]
    public void The_message_id_is_given_where_it_is_one(string header, string? expected) =>
        Assert.Equal(expected, RawMessage.FromBytes(Latin1($"{header}\r\nx\r\n")).MessageId);

    [Theory]
    [InlineData("Subject: a\r\n\r\na\r\n", false, false)]
    [InlineData("Subject: a\r\n\r\n\u00e9\r\n", true, false)]
    [InlineData("Subject: \u00c3\u00a9\r\n\r\na\r\n", true, true)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; name=\"\u00c3\u00a9\"\r\n\r\na\r\n--b--\r\n", true, true)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\u00c3\u00a9\r\n--b--\r\n", true, false)]
    [InlineData("Content-Type: message/rfc822\r\n\r\nSubject: \u00c3\u00a9\r\n\r\na\r\n", true, true)]
    public async Task Octets_over_127_are_told_apart_by_where_they_are(string text, bool isEightBit, bool needsSmtpUtf8)
    {
        foreach (var message in await EveryWay(Latin1(text)))
            Assert.Equal((isEightBit, needsSmtpUtf8), (message.IsEightBit, message.NeedsSmtpUtf8));
    }

    [Fact]
    public void The_longest_line_is_known()
    {
        var message = RawMessage.FromBytes(Latin1($"Subject: x\r\n\r\n{new string('a', 999)}\r\n"));

        Assert.Equal(999, message.LongestLine);
        Assert.True(message.HasOverlongLine);
    }

    [Fact]
    public void Unix_text_gets_its_line_ends()
    {
        var message = RawMessage.FromUnixText("Subject: x\n\n.\nlast"u8);

        Assert.Equal("Subject: x\r\n\r\n.\r\nlast\r\n", Encoding.Latin1.GetString(Wire.Octets(message)));
    }

    [Theory]
    [InlineData("Subject: x\n\na\r\nb\n", "offset 13, in line 3")]
    [InlineData("Subject: x\n\na\rb\n", "offset 13, in line 3")]
    public void Unix_text_with_a_CR_is_not_guessed_at(string text, string where) =>
        Assert.Contains(where, Assert.Throws<FormatException>(() => RawMessage.FromUnixText(Latin1(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Subject: x\r\n\r\nold\r\n", "Subject: x\r\n\r\nnew\r\n")]
    [InlineData("Subject: x\r\n\r\nold\r\n", "Subject: x\r\n\r\nold\r\nand more\r\n")]
    [InlineData("Subject: x\r\n\r\nold\r\n", "Subject: x\r\n\r\no")]
    [InlineData("Subject: x\r\n\r\nold\r\n", "Subject: x\r\n\r\no\nd\r\n")]
    public async Task A_source_that_changes_between_two_readings_is_an_error_and_never_another_message(string first, string second)
    {
        var readings = new Queue<string>([first, second]);
        var message = await RawMessage.OpenAsync(_ => ValueTask.FromResult<Stream>(new MemoryStream(Latin1(readings.Dequeue()))), Cancellation);

        var error = await Assert.ThrowsAnyAsync<IOException>(() => message.WriteToAsync(new NarrowPipeWriter(4096), Cancellation).AsTask());

        Assert.Contains("is not what it was", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_read_each_time_it_is_written_and_named_in_errors()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await File.WriteAllTextAsync(path, Plain, Cancellation);
            var message = await RawMessage.FromFileAsync(path, Cancellation);
            var first = new NarrowPipeWriter(4096);
            await message.WriteToAsync(first, Cancellation);
            await File.WriteAllTextAsync(path, Plain.Replace("Hello", "HELLO", StringComparison.Ordinal), Cancellation);

            var error = await Assert.ThrowsAnyAsync<IOException>(() => message.WriteToAsync(new NarrowPipeWriter(4096), Cancellation).AsTask());

            Assert.Equal(Plain, Encoding.Latin1.GetString(first.Written));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thirty_megabytes_pass_through_a_memory_of_kilobytes(bool isEightBit)
    {
        const int Length = 30 * 1024 * 1024;
        var writer = new CountingPipeWriter();
        var before = GC.GetAllocatedBytesForCurrentThread();

        // Nothing in these streams and writers ever waits, so all of it happens on this thread.
        var message = await RawMessage.OpenAsync(_ => ValueTask.FromResult<Stream>(new RepeatedLineStream(isEightBit, Length)), Cancellation);
        var sevenBit = message.ToSevenBit()!;
        await message.WriteToAsync(writer, Cancellation);
        Assert.Equal(message.Size, writer.Octets);
        await sevenBit.WriteToAsync(writer, Cancellation);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 512 * 1024);
        Assert.InRange(message.Size, Length, Length + 1024);
        Assert.Equal(message.Size + sevenBit.Size!.Value, writer.Octets);
        Assert.InRange(writer.LargestUnflushed, 1, 256 * 1024);
    }

    private static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);

    private static Func<CancellationToken, ValueTask<Stream>> Opening(byte[] octets, int piece = int.MaxValue) =>
        _ => ValueTask.FromResult<Stream>(new PiecemealStream(octets, piece));

    // In memory, and from streams that give a lot or one octet at a time.
    private static async Task<IReadOnlyList<RawMessage>> EveryWay(byte[] octets) =>
    [
        RawMessage.FromBytes(octets),
        await RawMessage.OpenAsync(Opening(octets), Cancellation),
        await RawMessage.OpenAsync(Opening(octets, piece: 1), Cancellation),
    ];
}
