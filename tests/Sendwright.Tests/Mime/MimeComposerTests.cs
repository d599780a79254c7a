using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Sendwright.Tests.Mime;

public sealed class MimeComposerTests
{
    [Fact]
    public void A_text_alone_is_one_part_and_ends_with_a_line_end() => Assert.Equal(
        """
        Date: Sun, 22 Nov 2026 12:00:00 +0000
        From: ann@example.com
        To: bob@example.net
        Message-ID: <1@example.com>
        Subject: Hi
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        Hello

        """.ReplaceLineEndings("\r\n"),
        Wire.Text(Wire.Simple with { Subject = "Hi", Text = "Hello", MessageId = "1@example.com" }));

    [Theory]
    [InlineData("text", null, "", "text/plain")]
    [InlineData(null, "html", "", "text/html")]
    [InlineData(null, null, "", "text/plain")]
    [InlineData("text", "html", "", "multipart/alternative(text/plain,text/html)")]
    [InlineData("text", null, "file", "multipart/mixed(text/plain,application/pdf)")]
    [InlineData(null, null, "file", "multipart/mixed(application/pdf)")]
    [InlineData("text", "html", "file,file", "multipart/mixed(multipart/alternative(text/plain,text/html),application/pdf,application/pdf)")]
    [InlineData(null, "html", "picture", "multipart/related(text/html,image/png)")]
    [InlineData("text", "html", "picture", "multipart/alternative(text/plain,multipart/related(text/html,image/png))")]
    [InlineData("text", "html", "file,picture", "multipart/mixed(multipart/alternative(text/plain,multipart/related(text/html,image/png)),application/pdf)")]
    [InlineData("text", null, "picture", "multipart/mixed(text/plain,image/png)")]
    public void The_parts_stand_where_readers_look_for_them(string? text, string? html, string files, string expected)
    {
        var attachments = files.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(kind => kind == "file"
            ? Attachment.FromBytes("a.pdf", new byte[3])
            : Attachment.FromBytes("a.png", new byte[3]) with { IsInline = true, ContentId = "picture" });
        var message = Wire.Simple with { Text = text, Html = html, Attachments = [.. attachments] };
        Assert.Equal(expected, Structure(Wire.Text(message)));
    }

    [Fact]
    public void An_empty_file_and_an_empty_text_keep_their_parts()
    {
        var wire = Wire.Text(Wire.Simple with { Text = "", Html = "", Attachments = [Attachment.FromBytes("empty.bin", default)] });
        Assert.Equal("multipart/mixed(multipart/alternative(text/plain,text/html),application/octet-stream)", Structure(wire));
    }

    [Fact]
    public void Message_id_and_date_are_the_given_ones_or_are_made_once()
    {
        var given = Wire.Compose(Wire.Simple with { MessageId = "1@example.org", Date = new DateTimeOffset(2020, 2, 29, 23, 59, 58, new TimeSpan(-3, -30, 0)) });
        Assert.Equal("<1@example.org>", given.MessageId);
        Assert.Contains("Date: Sat, 29 Feb 2020 23:59:58 -0330\r\n", Encoding.ASCII.GetString(Wire.Octets(given)), StringComparison.Ordinal);

        var made = Wire.Compose(Wire.Simple);
        Assert.Matches("^<[0-9a-f]{32}@example\\.com>$", made.MessageId);
        Assert.Equal(FixedTime.Noon, made.Date);
        Assert.NotEqual(made.MessageId, Wire.Compose(Wire.Simple).MessageId);
        Assert.Equal(2, Encoding.ASCII.GetString(Wire.Octets(made)).Split("Message-ID:").Length);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00+00:00")]
    [InlineData("1899-12-31T23:59:59+00:00")]
    public void A_date_that_mail_cannot_write_is_refused(string date) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Wire.Simple with { Date = DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture) });

    [Fact]
    public void Writing_it_again_gives_the_same_octets()
    {
        var composed = Wire.Compose(Wire.Simple with { Text = "Grüße", Html = "<b>Grüße</b>" });
        Assert.Equal(Wire.Octets(composed), Wire.Octets(composed));
    }

    [Fact]
    public async Task A_large_message_is_flushed_on_the_way_and_a_small_one_is_left_to_the_caller()
    {
        var large = new NarrowPipeWriter(4096);
        await Wire.Compose(Wire.Simple with { Attachments = [Attachment.FromBytes("large.bin", new byte[1_000_000])] }).WriteToAsync(large, TestContext.Current.CancellationToken);
        Assert.InRange(large.Flushes, 35, 45);
        Assert.InRange(large.LargestUnflushed, 1, 40_000);

        var many = new NarrowPipeWriter(4096);
        var attachments = Enumerable.Range(0, 50).Select(index => Attachment.FromBytes($"{index}.bin", new byte[10_000]));
        await Wire.Compose(Wire.Simple with { Attachments = [.. attachments] }).WriteToAsync(many, TestContext.Current.CancellationToken);
        Assert.InRange(many.LargestUnflushed, 1, 60_000);

        var small = new NarrowPipeWriter(4096);
        await Wire.Compose(Wire.Simple with { Text = "Hi" }).WriteToAsync(small, TestContext.Current.CancellationToken);
        Assert.Equal(0, small.Flushes);
    }

    [Fact]
    public async Task A_reader_that_went_away_is_an_error_and_not_a_message_sent()
    {
        var writer = new NarrowPipeWriter(4096) { NextFlush = new FlushResult(isCanceled: false, isCompleted: true) };
        var composed = Wire.Compose(Wire.Simple with { Attachments = [Attachment.FromBytes("large.bin", new byte[100_000])] });
        await Assert.ThrowsAsync<IOException>(async () => await composed.WriteToAsync(writer, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cancelling_stops_a_large_message()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var composed = Wire.Compose(Wire.Simple with { Attachments = [Attachment.FromBytes("large.bin", new byte[100_000])] });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await composed.WriteToAsync(new NarrowPipeWriter(), cancelled.Token));
    }

    [Fact]
    public async Task Goes_through_a_real_pipe_with_a_slow_reader()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1024, resumeWriterThreshold: 512, minimumSegmentSize: 80));
        var composed = Wire.Compose(Wire.Simple with { Text = "Grüße", Attachments = [Attachment.FromBytes("large.bin", new byte[300_000])] });
        var writing = Task.Run(
            async () =>
            {
                await composed.WriteToAsync(pipe.Writer, TestContext.Current.CancellationToken);
                await pipe.Writer.CompleteAsync();
            },
            TestContext.Current.CancellationToken);
        using var received = new MemoryStream();
        await pipe.Reader.CopyToAsync(received, TestContext.Current.CancellationToken);
        await writing;
        Assert.Equal(Wire.Octets(composed), received.ToArray());
    }

    [Fact]
    public void Any_message_is_7_bit_lines_with_CRLF_of_known_size_and_tells_no_hidden_recipient() => Prop.ForAll(Messages, message =>
    {
        var composed = Wire.Compose(message);
        var octets = Wire.Octets(composed, extra: 0);
        Assert.Equal(composed.Size, octets.Length);
        Assert.Equal(octets, Wire.Octets(composed));
        Assert.DoesNotContain(octets, octet => octet is > 127 or 0);
        var wire = Encoding.ASCII.GetString(octets);
        Assert.EndsWith("\r\n", wire, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", wire, StringComparison.OrdinalIgnoreCase);
        foreach (var line in wire.Split("\r\n"))
        {
            Assert.DoesNotContain('\r', line);
            Assert.DoesNotContain('\n', line);
            Assert.InRange(line.Length, 0, 998);
            Assert.False(line.StartsWith('.') || line.StartsWith("From ", StringComparison.Ordinal), line);
        }

        var fields = wire.Split("\r\n\r\n")[0].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n").Select(line => line.Split(':')[0]).ToList();
        Assert.Equal(fields.Where(name => name is not "X-Own"), fields.Where(name => name is not "X-Own").Distinct(StringComparer.OrdinalIgnoreCase));
        Assert.Empty(fields.Except(["Date", "From", "To", "Cc", "Message-ID", "Subject", "X-Own", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]));
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<EmailMessage> Messages
    {
        get
        {
            var texts = Texts.HeaderValues.Generator;
            var bodies = Gen.OneOf(Texts.Bodies.Generator.Select(string? (text) => text), Gen.Constant<string?>(null));
            var names = Texts.Names.Generator;
            var addresses = names.Select(name => new EmailAddress("someone@example.com", name)).ListOf(3);
            var files = names.Zip(ArbMap.Default.GeneratorFor<byte[]>())
                .Select(pair => Attachment.FromBytes("f" + pair.Item1, pair.Item2)).ListOf(2);
            return (from to in addresses
                    from cc in addresses
                    from name in names
                    from subject in texts
                    from own in texts
                    from text in bodies
                    from html in bodies
                    from attachments in files
                    select new EmailMessage
                    {
                        From = new EmailAddress("ann@bücher.example", name),
                        To = [.. to],
                        Cc = [.. cc],
                        Bcc = [new EmailAddress("hidden@example.org", "Hidden")],
                        Subject = subject,
                        Headers = [new MailHeader("X-Own", own), new MailHeader("X-Own", subject)],
                        Text = text,
                        Html = html,
                        Attachments = [.. attachments],
                    }).ToArbitrary();
        }
    }

    /// <summary>The tree of the parts, as their delimiters say it.</summary>
    private static string Structure(string entity)
    {
        var (header, body) = (entity.Split("\r\n\r\n")[0].Replace("\r\n ", " ", StringComparison.Ordinal), entity[(entity.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 2)..]);
        var type = header.Split("Content-Type: ")[1].Split([';', '\r'])[0];
        if (!type.StartsWith("multipart/", StringComparison.Ordinal))
            return type;
        var boundary = header.Split("boundary=\"")[1].Split('"')[0];
        var parts = body.Split("\r\n--" + boundary);
        Assert.Equal("", parts[0]);
        Assert.Equal("--", parts[^1][..2]);
        return $"{type}({string.Join(',', parts[1..^1].Select(part => Structure(part[2..])))})";
    }
}
