namespace Sendwright.Integration.Tests.Bench;

/// <summary>The sink that senders are measured against: what it counts is what happened, and it takes nothing that a strict server would not.</summary>
public sealed class Bench_sink(BenchTools tools) : IClassFixture<BenchTools>
{
    private const string Hello = "EHLO test\r\n";
    private const string HelloEnds = "250 ENHANCEDSTATUSCODES";
    private const string Envelope = "MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.org>\r\n";

    private readonly BenchTools _ = tools;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_is_one_wait_and_the_content_is_counted_without_its_dots()
    {
        await using var sink = await RunningSink.StartAsync(Cancel);

        var heard = await sink.TalkAsync(
            Cancel,
            (Hello, HelloEnds),
            (Envelope + "DATA\r\n", "354 "),
            ("Subject: x\r\n\r\n..\r\n..two\r\n.\r\n" + Envelope + "DATA\r\n", "354 "),
            (".\r\n", "250 2.0.0 taken"));

        Assert.Contains("250 2.0.0 taken as 1-1 for <b@example.org>\n", heard, StringComparison.Ordinal);
        Assert.Contains("250 2.0.0 taken as 1-2 for <b@example.org>\n", heard, StringComparison.Ordinal);
        var counts = await sink.ReportAsync(Cancel);
        Assert.Equal((1, 2, 0), (counts.Connections, counts.Messages, counts.Refused));
        Assert.Equal("Subject: x\r\n\r\n.\r\n.two\r\n".Length, counts.Octets);
        // The greeting, EHLO, the envelope, the content with the next envelope, the empty content.
        Assert.Equal((5, 5), (counts.Turns, counts.Waits));
    }

    [Fact]
    public async Task A_chunk_takes_as_many_octets_as_it_said_and_transactions_may_follow_each_other()
    {
        await using var sink = await RunningSink.StartAsync(Cancel);

        var heard = await sink.TalkAsync(
            Cancel,
            (Hello, HelloEnds),
            (Envelope + "BDAT 7\r\n\r\n.\r\nNO" + "BDAT 6 LAST\r\nQUIT\r\n" + "RSET\r\n" + Envelope + "BDAT 0 LAST\r\nBDAT 4 LAST\r\nRSETQUIT\r\n", "221 "));

        Assert.EndsWith(
            """
            250 2.1.0 ok
            250 2.1.5 ok
            250 2.0.0 and then?
            250 2.0.0 taken as 1-1 for <b@example.org>
            250 2.0.0 ok
            250 2.1.0 ok
            250 2.1.5 ok
            250 2.0.0 taken as 1-2 for <b@example.org>
            503 5.5.1 no recipient
            221 2.0.0 bye

            """.ReplaceLineEndings("\n"),
            heard,
            StringComparison.Ordinal);
        var counts = await sink.ReportAsync(Cancel);
        Assert.Equal((2, 1, 13, 4), (counts.Messages, counts.Refused, counts.Octets, counts.Chunks));
    }

    [Theory]
    [InlineData("one\n.\r\ntwo\r\n.\r\n")]
    [InlineData("one\r\n.\ntwo\r\n.\r\n")]
    [InlineData("one\r.\r\n.\r\n")]
    [InlineData("one\r\r\n.\r\n")]
    public async Task A_content_with_a_line_that_does_not_end_with_CRLF_is_refused_as_one(string content)
    {
        await using var sink = await RunningSink.StartAsync(Cancel);

        var heard = await sink.TalkAsync(Cancel, (Hello, HelloEnds), (Envelope + "DATA\r\n", "354 "), (content + "QUIT\r\n", "221 "));

        Assert.EndsWith("354 go on\n550 5.6.0 a line does not end with CRLF\n221 2.0.0 bye\n", heard, StringComparison.Ordinal);
        var counts = await sink.ReportAsync(Cancel);
        Assert.Equal((0, 1), (counts.Messages, counts.Refused));
    }

    [Theory]
    [InlineData(Envelope + "DATA\r\nunasked\r\n.\r\n", "503 5.5.0")]
    [InlineData("NOOP\n", "never said")]
    [InlineData(Envelope + "BDAT -1 LAST\r\n", "501 5.5.4")]
    public async Task What_breaks_the_protocol_ends_the_connection(string group, string last)
    {
        await using var sink = await RunningSink.StartAsync(Cancel);

        // TalkAsync returns where the sink hangs up, whatever was awaited.
        var heard = await sink.TalkAsync(Cancel, (Hello, HelloEnds), (group, "never said"));

        Assert.DoesNotContain("taken", heard, StringComparison.Ordinal);
        if (last != "never said")
            Assert.Contains(last, heard, StringComparison.Ordinal);
        Assert.Equal(0, (await sink.ReportAsync(Cancel)).Messages);
    }

    [Fact]
    public async Task What_is_left_out_is_neither_offered_nor_taken()
    {
        await using var sink = await RunningSink.StartAsync(Cancel, "--without", "CHUNKING", "--without", "PIPELINING");

        var heard = await sink.TalkAsync(Cancel, (Hello, HelloEnds), ("BDAT 0 LAST\r\n", "501 "));
        var hasty = await sink.TalkAsync(Cancel, (Hello, HelloEnds), (Envelope, "never said"));

        Assert.DoesNotContain("CHUNKING", heard, StringComparison.Ordinal);
        Assert.DoesNotContain("PIPELINING", heard, StringComparison.Ordinal);
        Assert.Contains("501 5.5.4", heard, StringComparison.Ordinal);
        Assert.EndsWith("503 5.5.0 one command at a time\n", hasty, StringComparison.Ordinal);
    }
}
