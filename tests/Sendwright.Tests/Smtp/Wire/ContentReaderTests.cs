using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sendwright.Smtp.Wire;

namespace Sendwright.Tests.Smtp.Wire;

public sealed class ContentReaderTests
{
    // Most random octets have no final dot in them; it takes many to meet those that do.
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true);

    [Theory]
    [InlineData(".\r\n", "")]
    [InlineData("a\r\n.\r\n", "a\r\n")]
    [InlineData("a\r\n..\r\n.\r\n", "a\r\n.\r\n")]
    [InlineData("..a\r\n...\r\n.\r\n", ".a\r\n..\r\n")]
    [InlineData(".a\r\n.\r\n", "a\r\n")]
    [InlineData("a.\r\nb.b\r\n\r\n.\r\n", "a.\r\nb.b\r\n\r\n")]
    [InlineData("\r\n.\r\n", "\r\n")]
    [InlineData("\u0001 and \u00ff\r\n.\r\n", "\u0001 and \u00ff\r\n")]
    public void Takes_the_stuffing_out_and_stops_at_the_final_dot(string wire, string content)
    {
        foreach (var size in Sizes)
        {
            var read = Read(Encoding.Latin1.GetBytes(wire + "NEXT"), size);

            Assert.Equal((content, ContentProblem.None, "NEXT"), (read.Content, read.Problem, read.Remainder));
        }
    }

    // Each of these has been taken for the end of a message by some server (SMTP smuggling, 2023). None is.
    [Theory]
    [InlineData("a\n.\n", nameof(ContentProblem.BareLineFeed))]
    [InlineData("a\n.\r\n", nameof(ContentProblem.BareLineFeed))]
    [InlineData("a\r\n.\n", nameof(ContentProblem.BareLineFeed))]
    [InlineData("a\r.\r", nameof(ContentProblem.BareCarriageReturn))]
    [InlineData("a\r.\r\n", nameof(ContentProblem.BareCarriageReturn))]
    [InlineData("a\r\n.\r", nameof(ContentProblem.BareCarriageReturn))]
    [InlineData("a\r\n\0.\r\n", nameof(ContentProblem.Nul))]
    [InlineData("a\r\r\n.\n", nameof(ContentProblem.BareCarriageReturn))]
    public void Nothing_but_a_dot_between_two_CRLF_ends_content(string almost, string problem)
    {
        var smuggled = almost + "MAIL FROM:<evil@example.com>\r\n.\r\n";
        foreach (var size in Sizes)
        {
            var read = Read(Encoding.Latin1.GetBytes(smuggled + "QUIT"), size);

            Assert.Equal(problem, read.Problem.ToString());
            Assert.Equal("QUIT", read.Remainder);
        }
    }

    [Fact]
    public void Content_without_its_end_has_not_ended()
    {
        var reader = ContentReader.ForData(1000);
        var output = new ArrayBufferWriter<byte>();

        Assert.False(reader.Read(new ReadOnlySequence<byte>("a\r\n."u8.ToArray()), output, out _));
        Assert.False(reader.Read(new ReadOnlySequence<byte>("\r"u8.ToArray()), output, out _));
        Assert.True(reader.Read(new ReadOnlySequence<byte>("\n"u8.ToArray()), output, out _));
    }

    [Fact]
    public void Content_over_the_limit_is_read_to_its_end_but_not_kept()
    {
        var reader = ContentReader.ForData(maxOctets: 10);
        var output = new ArrayBufferWriter<byte>();

        Assert.True(reader.Read(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(new string('a', 5000) + "\r\n.\r\n")), output, out _));

        Assert.Equal(ContentProblem.TooLarge, reader.Problem);
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void Content_of_just_the_limit_is_kept()
    {
        var reader = ContentReader.ForData(maxOctets: 10);
        var output = new ArrayBufferWriter<byte>();

        Assert.True(reader.Read(new ReadOnlySequence<byte>("..345678\r\n\r\n.\r\n"u8.ToArray()), output, out _));
        Assert.Equal(ContentProblem.TooLarge, reader.Problem);

        reader = ContentReader.ForData(maxOctets: 10);
        Assert.True(reader.Read(new ReadOnlySequence<byte>("..2345678\r\n.\r\n"u8.ToArray()), output, out _));
        Assert.Equal((ContentProblem.None, 10L), (reader.Problem, reader.Octets));
    }

    [Theory]
    [InlineData("a\r\n.\r\nb", nameof(ContentProblem.None))]
    [InlineData("a\nb", nameof(ContentProblem.BareLineFeed))]
    [InlineData("a\rb", nameof(ContentProblem.BareCarriageReturn))]
    [InlineData("a\r", nameof(ContentProblem.BareCarriageReturn))]
    [InlineData("a\0\r\n", nameof(ContentProblem.Nul))]
    public void Chunks_are_as_strict_about_line_ends_and_know_no_dots(string chunks, string problem)
    {
        foreach (var size in Sizes)
        {
            var reader = ContentReader.ForChunks(1000);
            var output = new ArrayBufferWriter<byte>();
            foreach (var chunk in Encoding.ASCII.GetBytes(chunks).Chunk(size))
                Assert.False(reader.Read(new ReadOnlySequence<byte>(chunk), output, out _));
            reader.CompleteChunks();

            Assert.Equal(problem, reader.Problem.ToString());
            if (reader.Problem == ContentProblem.None)
                Assert.Equal(chunks, Encoding.ASCII.GetString(output.WrittenSpan));
        }
    }

    [Fact]
    public void The_pieces_in_which_content_arrives_make_no_difference() =>
        Prop.ForAll(Hostile.ToArbitrary(), Gen.Choose(1, 7).ToArbitrary(), (wire, size) => Read(wire, size) == Read(wire, wire.Length + 1))
            .Check(Thorough);

    [Fact]
    public void It_agrees_with_a_reader_so_simple_that_it_must_be_right() =>
        Prop.ForAll(Hostile.ToArbitrary(), wire => Read(wire, wire.Length + 1) == ReadSimply(wire)).Check(Thorough);

    [Fact]
    public void Whatever_is_stuffed_comes_back_as_it_was() =>
        Prop.ForAll(
            Gen.ListOf(Gen.Elements("", ".", "..", ".a", "a.", "text", " ", "é")).ToArbitrary(),
            lines =>
            {
                var content = string.Concat(lines.Select(line => line + "\r\n"));
                var stuffed = string.Concat(lines.Select(line => (line.StartsWith('.') ? "." : "") + line + "\r\n")) + ".\r\n";
                return Read(Encoding.Latin1.GetBytes(stuffed), 3) is { Problem: ContentProblem.None, Remainder: "" } read && read.Content == content;
            })
            .Check(Thorough);

    private static int[] Sizes => [1, 2, 3, 1000];

    /// <summary>Octets that are mostly CR, LF and dots, for that is where the mistakes live.</summary>
    private static Gen<byte[]> Hostile => Gen.ArrayOf(Gen.Frequency((4, Gen.Constant((byte)'\r')), (4, Gen.Constant((byte)'\n')), (4, Gen.Constant((byte)'.')), (2, Gen.Constant((byte)'a')), (1, Gen.Constant((byte)0)), (1, Gen.Choose(0, 255).Select(octet => (byte)octet))));

    private sealed record Outcome(string? Content, ContentProblem Problem, string? Remainder);

    private static Outcome Read(byte[] wire, int size)
    {
        var reader = ContentReader.ForData(1_000_000);
        var output = new ArrayBufferWriter<byte>();
        var at = 0;
        foreach (var piece in wire.Chunk(size))
        {
            var sequence = new ReadOnlySequence<byte>(piece);
            if (reader.Read(sequence, output, out var consumed))
                return new Outcome(Kept(reader, output), reader.Problem, Encoding.Latin1.GetString(wire.AsSpan(at + (int)sequence.Slice(0, consumed).Length)));
            at += piece.Length;
        }

        return new Outcome(null, reader.Problem, null);
    }

    /// <summary>What was written is good for nothing once there is a problem.</summary>
    private static string? Kept(ContentReader reader, ArrayBufferWriter<byte> output) =>
        reader.Problem == ContentProblem.None ? Encoding.Latin1.GetString(output.WrittenSpan) : null;

    private static Outcome ReadSimply(byte[] wire)
    {
        var text = "\r\n" + Encoding.Latin1.GetString(wire);
        var end = text.IndexOf("\r\n.\r\n", StringComparison.Ordinal);
        var body = end < 0 ? text : text[..(end + 2)];
        var problem = ContentProblem.None;
        for (var i = 0; i < body.Length && problem == ContentProblem.None; i++)
        {
            if (body[i] == '\n' && body[i - 1] != '\r')
                problem = ContentProblem.BareLineFeed;
            // A CR at the very end of what has come so far may yet get its LF.
            else if (body[i] == '\r' && i + 1 < body.Length && body[i + 1] != '\n')
                problem = ContentProblem.BareCarriageReturn;
            else if (body[i] == '\0')
                problem = ContentProblem.Nul;
        }

        if (end < 0)
            return new Outcome(null, problem, null);
        var content = problem != ContentProblem.None ? null : body.Replace("\r\n.", "\r\n", StringComparison.Ordinal)[2..];
        return new Outcome(content, problem, text[(end + 5)..]);
    }
}
