using FsCheck;
using FsCheck.Fluent;
using Sendwright.Settings;
using Sendwright.Smtp;

namespace Sendwright.Tests.Smtp;

public sealed class SmtpContentWriterTests
{
    // The octets that mean something, and one that does not.
    private static readonly byte[] Alphabet = "\r\n.x"u8.ToArray();

    private enum Step
    {
        WriteOn,
        AskToFlush,
        SendEverything,
    }

    [Fact]
    public void Whatever_the_pieces_the_wire_is_that_of_a_byte_by_byte_dot_stuffing()
    {
        var octet = Gen.Frequency((3, Gen.Elements((byte)'\r')), (3, Gen.Elements((byte)'\n')), (3, Gen.Elements((byte)'.')), (1, Gen.Elements((byte)'x')));
        var piece = Gen.Choose(0, 6).SelectMany(length => octet.ArrayOf(length)).Zip(Gen.Elements(Step.WriteOn, Step.AskToFlush, Step.SendEverything));
        Prop.ForAll(piece.ListOf().ToArbitrary(), pieces =>
        {
            var content = pieces.SelectMany(one => one.Item1).ToArray();
            var wire = WriteAsync([.. pieces]).GetAwaiter().GetResult();
            return Expected(content).AsSpan().SequenceEqual(wire);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public async Task Every_short_content_cut_in_every_place_is_stuffed_alike()
    {
        foreach (var content in ShortContents(6))
        {
            var expected = Expected(content);
            for (var cut = 0; cut <= content.Length; cut++)
            {
                foreach (var step in Enum.GetValues<Step>())
                    Assert.Equal(expected, await WriteAsync([(content[..cut], step), (content[cut..], Step.WriteOn)]));
            }
        }
    }

    [Fact]
    public async Task Stuffed_dots_at_the_edge_of_the_buffer_find_room()
    {
        // 4096 octets is what the buffer starts with: the dots put in must make it grow.
        var content = string.Concat(Enumerable.Repeat(".\r\n", 1366)).Select(c => (byte)c).ToArray();
        Assert.Equal(Expected(content), await WriteAsync([(content, Step.WriteOn)]));
    }

    private static IEnumerable<byte[]> ShortContents(int longest)
    {
        for (var length = 0; length <= longest; length++)
        {
            for (var number = 0; number < Math.Pow(Alphabet.Length, length); number++)
                yield return [.. Enumerable.Range(0, length).Select(place => Alphabet[number / (int)Math.Pow(Alphabet.Length, place) % Alphabet.Length])];
        }
    }

    // RFC 5321, 4.5.2, one octet after the other; and 4.1.1.4: the end is CRLF, dot, CRLF, whose first CRLF may be the content's own.
    private static byte[] Expected(byte[] content)
    {
        var wire = new List<byte>();
        var isLineStart = true;
        for (var i = 0; i < content.Length; i++)
        {
            if (isLineStart && content[i] == '.')
                wire.Add((byte)'.');
            wire.Add(content[i]);
            isLineStart = i > 0 && content[i - 1] == '\r' && content[i] == '\n';
        }

        if (content is [.., (byte)'\r'])
            wire.Add((byte)'\n');
        else if (!isLineStart)
            wire.AddRange("\r\n"u8);
        wire.AddRange(".\r\n"u8);
        return [.. wire];
    }

    private static async Task<byte[]> WriteAsync(IReadOnlyList<(byte[] Octets, Step Then)> pieces)
    {
        var wire = new List<byte>();
        using var output = new SmtpOutput((octets, _) =>
        {
            wire.AddRange(octets.Span);
            return ValueTask.CompletedTask;
        });
        using var time = new SessionTime(new MailTimeouts(), TimeProvider.System, CancellationToken.None);
        var writer = output.OpenContent(time);
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
        writer.EndWithDot();
        await writer.FlushRestAsync();
        return [.. wire];
    }
}
