using FsCheck;
using FsCheck.Fluent;
using Sendwright.Smtp.Wire;

namespace Sendwright.Tests.Smtp.Wire;

public sealed class LineScannerTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true);

    [Fact]
    public void Every_short_content_cut_in_every_two_places_is_judged_as_a_simple_reader_does()
    {
        foreach (var content in SimpleLines.ShortContents(6))
        {
            var expected = Simple(content);
            for (var first = 0; first <= content.Length; first++)
            {
                for (var second = first; second <= content.Length; second++)
                    Assert.Equal(expected, Scan(content[..first], content[first..second], content[second..]));
            }
        }
    }

    // Long runs reach the blocks of 32, and a fault sits anywhere in one or astride two.
    [Fact]
    public void Long_content_is_judged_as_a_simple_reader_does()
    {
        var word = Gen.Frequency(
            (20, Gen.Choose(0, 80).Select(length => new string('x', length))),
            (20, Gen.Constant("\r\n")),
            (6, Gen.Constant("\r\n.")),
            (2, Gen.Constant("\u00e9")),
            (1, Gen.Elements("\r", "\n", "\0")));
        var content = word.ArrayOf().Resize(200).Select(words => SimpleLines.Octets(string.Concat(words)));
        Prop.ForAll(content.ToArbitrary(), Gen.Choose(1, 300).ToArbitrary(), (octets, size) => Simple(octets) == Scan([.. octets.Chunk(size)])).Check(Thorough);
    }

    [Theory]
    [InlineData("Subject: x\r\n\r\na\nb", "The message has a bare LF (an LF without its CR) at offset 15, in line 3.")]
    [InlineData("Subject: x\r\r\n", "The message has a bare CR (a CR without its LF) at offset 10, in line 1.")]
    [InlineData("a\r\n\0", "The message has a NUL (an octet 0) at offset 3, in line 2.")]
    public void A_fault_is_named_with_its_place(string content, string words)
    {
        var scanner = new LineScanner();

        scanner.Scan(SimpleLines.Octets(content));

        Assert.Equal(words, scanner.Describe());
    }

    private static Judgement Scan(params byte[][] pieces)
    {
        var scanner = new LineScanner();
        var dots = 0;
        foreach (var piece in pieces)
            dots += scanner.Scan(piece);
        scanner.Complete();
        return scanner.Problem == ContentProblem.None
            ? new Judgement(ContentProblem.None, 0, 0, dots, scanner.Octets, scanner.Lines, scanner.LongestLine, scanner.IsEightBit, scanner.IsAtLineStart)
            : new Judgement(scanner.Problem, scanner.ProblemOffset, scanner.ProblemLine, 0, 0, 0, 0, false, false);
    }

    private static Judgement Simple(byte[] content)
    {
        if (SimpleLines.FirstProblem(content, isWhole: true) is { } wrong)
            return new Judgement(wrong.Problem, wrong.Offset, content.Take((int)wrong.Offset).Count(octet => octet == '\n') + 1, 0, 0, 0, 0, false, false);
        var lines = System.Text.Encoding.Latin1.GetString(content).Split("\r\n");
        return new Judgement(
            ContentProblem.None, 0, 0, lines.Count(line => line.StartsWith('.')), content.Length, lines.Length - 1,
            lines.Max(line => line.Length), content.Any(octet => octet > 127), lines[^1].Length == 0);
    }

    private sealed record Judgement(ContentProblem Problem, long Offset, long Line, int Dots, long Octets, long Lines, long Longest, bool IsEightBit, bool IsAtLineStart);
}
