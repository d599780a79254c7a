using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Tests.Smtp.Wire;

namespace Sendwright.Tests.Smtp;

public sealed class SmtpContentWriterTests
{
    private enum Step
    {
        WriteOn,
        AskToFlush,
        SendEverything,
    }

    [Fact]
    public void Whatever_the_pieces_the_wire_is_that_of_a_byte_by_byte_dot_stuffing()
    {
        var word = Gen.Elements("\r\n", ".", "\r\n.", "x", "\r\n..\r\n", "a line of some length", new string('y', 70));
        var content = word.ListOf().Select(words => SimpleLines.Octets(string.Concat(words)));
        var cuts = Gen.Choose(1, 50).Zip(Gen.Elements(Step.WriteOn, Step.AskToFlush, Step.SendEverything)).ListOf();
        Prop.ForAll(content.ToArbitrary(), cuts.ToArbitrary(), async (octets, pieces) =>
        {
            var sent = await WriteAsync(Cut(octets, [.. pieces]));
            return sent.Fault is null && Expected(octets).AsSpan().SequenceEqual(sent.Wire);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public async Task Every_short_content_cut_in_every_place_is_stuffed_alike_or_never_sent()
    {
        foreach (var content in SimpleLines.ShortContents(5))
        {
            var problem = SimpleLines.FirstProblem(content, isWhole: true);
            for (var cut = 0; cut <= content.Length; cut++)
            {
                foreach (var step in Enum.GetValues<Step>())
                {
                    var sent = await WriteAsync([(content[..cut], step), (content[cut..], Step.WriteOn)]);
                    if (problem is { } wrong)
                    {
                        Assert.Equal(FaultKind.ContentNotCanonical, sent.Fault?.Kind);
                        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"offset {wrong.Offset},"), sent.Fault!.Message, StringComparison.Ordinal);
                        // No octet from the wrong one on, and never the end of a message.
                        Assert.True(SimpleLines.Stuffed(content.AsSpan(0, (int)wrong.Offset + 1)).AsSpan().StartsWith(sent.Wire));
                    }
                    else
                    {
                        Assert.Null(sent.Fault);
                        Assert.Equal(Expected(content), sent.Wire);
                    }
                }
            }
        }
    }

    // Putting in each dot by itself and moving the rest each time would move 10^13 octets here, and never end.
    [Fact]
    public async Task Megabytes_of_lines_that_begin_with_a_dot_cost_no_more_than_others()
    {
        var content = new byte[12 * 1024 * 1024];
        for (var line = 0; line < content.Length; line += 3)
            ".\r\n"u8.CopyTo(content.AsSpan(line));

        var sent = await WriteAsync([(content, Step.WriteOn)]);

        Assert.Equal(Expected(content), sent.Wire);
    }

    [Fact]
    public async Task Stuffed_dots_at_the_edge_of_the_buffer_find_room()
    {
        // 4096 octets is what the buffer starts with: the dots put in must make it grow.
        var content = SimpleLines.Octets(string.Concat(Enumerable.Repeat(".\r\n", 1366)));

        Assert.Equal(Expected(content), (await WriteAsync([(content, Step.WriteOn)])).Wire);
    }

    [Theory]
    [InlineData(11, "only 10")]
    [InlineData(9, "wrote more")]
    public async Task Content_of_another_size_than_announced_is_not_ended(long announced, string words)
    {
        var sent = await WriteAsync([(SimpleLines.Octets("12345678\r\n"), Step.WriteOn)], announced);

        Assert.Equal(FaultKind.ContentChanged, sent.Fault?.Kind);
        Assert.Contains(words, sent.Fault!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain((byte)'.', sent.Wire);
    }

    [Fact]
    public async Task A_flush_says_when_nothing_is_taken_any_more()
    {
        using var output = new SmtpOutput((_, _) => ValueTask.FromResult(false));
        using var time = new SessionTime(new MailTimeouts(), TimeProvider.System, CancellationToken.None);
        var writer = output.OpenContent(time, size: null, isCounted: false);

        writer.GetMemory(SmtpOutput.FlushThreshold).Span.Fill((byte)'a');
        writer.Advance(SmtpOutput.FlushThreshold);
        var flushed = await writer.FlushAsync(TestContext.Current.CancellationToken);

        Assert.True(flushed.IsCompleted);
    }

    [Fact]
    public async Task A_flush_says_when_the_content_may_not_be_sent()
    {
        using var output = new SmtpOutput((_, _) => ValueTask.FromResult(true));
        using var time = new SessionTime(new MailTimeouts(), TimeProvider.System, CancellationToken.None);
        var writer = output.OpenContent(time, size: null, isCounted: false);

        var flushed = await writer.WriteAsync("a\n"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.True(flushed.IsCompleted);
        Assert.Equal(0, output.Length);
    }

    // RFC 5321, 4.5.2, one octet after the other; and 4.1.1.4: the end is CRLF, dot, CRLF, whose first CRLF may be the content's own.
    private static byte[] Expected(byte[] content) =>
        [.. SimpleLines.Stuffed(content), .. content.Length == 0 || content.AsSpan().EndsWith("\r\n"u8) ? ".\r\n"u8 : "\r\n.\r\n"u8];

    private static List<(byte[] Octets, Step Then)> Cut(byte[] octets, IReadOnlyList<(int Length, Step Then)> pieces)
    {
        var cut = new List<(byte[], Step)>();
        var at = 0;
        foreach (var (length, then) in pieces)
        {
            var end = Math.Min(octets.Length, at + length);
            cut.Add((octets[at..end], then));
            at = end;
        }

        cut.Add((octets[at..], Step.WriteOn));
        return cut;
    }

    private static async Task<(byte[] Wire, AttemptFault? Fault)> WriteAsync(IReadOnlyList<(byte[] Octets, Step Then)> pieces, long? size = null)
    {
        using var wire = new MemoryStream();
        using var output = new SmtpOutput((octets, _) =>
        {
            wire.Write(octets.Span);
            return ValueTask.FromResult(true);
        });
        using var time = new SessionTime(new MailTimeouts(), TimeProvider.System, CancellationToken.None);
        var writer = output.OpenContent(time, size, isCounted: false);
        foreach (var (octets, then) in pieces)
        {
            octets.CopyTo(writer.GetMemory(octets.Length));
            writer.Advance(octets.Length);
            if (then == Step.AskToFlush)
                await writer.FlushAsync(CancellationToken.None);
            else if (then == Step.SendEverything)
                await writer.FlushRestAsync();
        }

        Assert.Equal(pieces.Sum(piece => piece.Octets.Length), writer.Written);
        writer.CheckWhole();
        if (writer.Fault is null)
            writer.EndWithDot();
        await writer.FlushRestAsync();
        return (wire.ToArray(), writer.Fault);
    }
}
