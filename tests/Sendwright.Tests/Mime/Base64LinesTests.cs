using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sendwright.Mime;

namespace Sendwright.Tests.Mime;

public sealed class Base64LinesTests
{
    [Fact]
    public void Lines_have_76_characters_and_each_ends_with_CRLF()
    {
        var lines = Encode(new byte[(2 * 57) + 1]).Split("\r\n");
        Assert.Equal([76, 76, 4, 0], lines.Select(line => line.Length));
    }

    [Fact]
    public void Nothing_becomes_nothing() => Assert.Equal("", Encode([]));

    [Fact]
    public void Any_octets_come_back_and_their_length_is_known_beforehand() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), octets =>
    {
        var encoded = Encode(octets);
        Assert.Equal(octets, Convert.FromBase64String(encoded));
        Assert.Equal(Base64Lines.EncodedLength(octets.Length), encoded.Length);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(56)]
    [InlineData(57)]
    [InlineData(58)]
    [InlineData(114)]
    [InlineData(1000)]
    public void The_length_is_right_around_full_lines(int count) => Assert.Equal(Base64Lines.EncodedLength(count), Encode(new byte[count]).Length);

    [Fact]
    public void A_line_that_is_not_full_waits_for_more_unless_it_is_the_last()
    {
        var destination = new byte[400];
        var status = Base64Lines.Encode(new byte[60], destination, out var consumed, out var written, isFinalBlock: false);
        Assert.Equal((OperationStatus.NeedMoreData, 57, 78), (status, consumed, written));
    }

    [Fact]
    public void Writes_whole_lines_only()
    {
        var status = Base64Lines.Encode(new byte[200], new byte[170], out var consumed, out var written, isFinalBlock: true);
        Assert.Equal((OperationStatus.DestinationTooSmall, 114, 156), (status, consumed, written));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(58)]
    [InlineData(171)]
    public void The_length_known_beforehand_is_space_enough_and_one_octet_less_is_not(int count)
    {
        var length = (int)Base64Lines.EncodedLength(count);
        Assert.Equal(OperationStatus.Done, Base64Lines.Encode(new byte[count], new byte[length], out _, out var written, isFinalBlock: true));
        Assert.Equal(length, written);
        Assert.Equal(OperationStatus.DestinationTooSmall, Base64Lines.Encode(new byte[count], new byte[length - 1], out _, out _, isFinalBlock: true));
    }

    private static string Encode(byte[] octets)
    {
        var destination = new byte[(octets.Length * 2) + 100];
        Assert.Equal(OperationStatus.Done, Base64Lines.Encode(octets, destination, out var consumed, out var written, isFinalBlock: true));
        Assert.Equal(octets.Length, consumed);
        return Encoding.ASCII.GetString(destination, 0, written);
    }
}
