using FsCheck;
using FsCheck.Fluent;
using Sendwright.Smtp.Connecting;

namespace Sendwright.Tests.Smtp.Connecting;

public sealed class HandshakeScannerTests
{
    private static readonly byte[] Random = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    private static readonly byte[] RetryRandom = Convert.FromHexString("CF21AD74E59A6111BE1D8C021E65B891C2A211167ABB8C5E079E09E2C8A8339C");

    private static readonly byte[] Versions = [0, 43, 0, 2, 3, 4];

    private static readonly byte[] KeyShare = [0, 51, 0, 4, 0, 29, 0, 0];

    private static readonly byte[] PreSharedKey = [0, 41, 0, 2, 0, 0];

    public static TheoryData<string, byte[], bool?, bool> Handshakes => new()
    {
        { "TLS 1.3, full", [.. Record(22, Hello(Random, Versions, KeyShare)), .. Record(20, [1]), .. Record(23, new byte[400])], false, false },
        { "TLS 1.3, resumed", [.. Record(22, Hello(Random, KeyShare, Versions, PreSharedKey)), .. Record(20, [1]), .. Record(23, new byte[40])], true, false },
        {
            "TLS 1.3, another hello asked for, resumed",
            [.. Record(22, Hello(RetryRandom, Versions, KeyShare)), .. Record(20, [1]), .. Record(22, Hello(Random, Versions, PreSharedKey)), .. Record(23, new byte[40])], true, false
        },
        { "TLS 1.2, full", [.. Record(22, [.. Hello(Random, [0, 23, 0, 0]), .. Message(11, 3000)]), .. Record(22, [.. Message(12, 100), .. Message(14, 0)]), .. Record(22, Message(4, 180)), .. Record(20, [1])], false, false },
        { "TLS 1.2, a certificate asked for", [.. Record(22, [.. Hello(Random), .. Message(11, 900), .. Message(13, 48), .. Message(14, 0)]), .. Record(20, [1])], false, true },
        { "TLS 1.2, resumed", [.. Record(22, Hello(Random, [0, 23, 0, 0])), .. Record(22, Message(4, 180)), .. Record(20, [1]), .. Record(22, new byte[40])], true, false },
        { "an alert", Record(21, [2, 70]), null, false },
        { "clear text", "220 mail.example.com ESMTP\r\n"u8.ToArray(), null, false },
        { "a hello too large", Record(22, Message(2, 60_000)), null, false },
        { "nothing", [], null, false },
    };

    [Theory]
    [MemberData(nameof(Handshakes))]
    public void Tells_a_resumed_session_and_a_wish_for_a_certificate_in_whatever_pieces_it_comes(string name, byte[] octets, bool? isResumed, bool isAsked)
    {
        foreach (var size in (int[])[octets.Length + 1, 1, 2, 5, 7, 100])
        {
            var scanner = new HandshakeScanner();
            foreach (var piece in octets.Chunk(size))
                scanner.Received(piece);

            Assert.True((isResumed, isAsked) == (scanner.IsResumed, scanner.SawCertificateRequest), $"{name} in pieces of {size}: {scanner.IsResumed}, {scanner.SawCertificateRequest}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Counts_the_encrypted_records_of_our_side(int size)
    {
        byte[] sent = [.. Record(22, new byte[300]), .. Record(20, [1]), .. Record(23, new byte[25]), .. Record(23, new byte[69])];
        var scanner = new HandshakeScanner();
        foreach (var piece in sent.Chunk(size))
            scanner.Sent(piece);

        Assert.Equal(2, scanner.SentEncrypted);
    }

    [Fact]
    public void Takes_any_octets()
    {
        var octet = Gen.Frequency((3, Gen.Elements<byte>(0, 1, 2, 3, 4, 11, 13, 20, 22, 23, 43, 41)), (1, Gen.Choose(0, 255).Select(number => (byte)number)));
        Prop.ForAll(Gen.ArrayOf(octet).Zip(Gen.Choose(1, 20)).ToArbitrary(), sample =>
        {
            var scanner = new HandshakeScanner();
            byte[] start = [22, 3, 3, 1, 0];
            foreach (var piece in start.Concat(sample.Item1).Chunk(sample.Item2))
            {
                scanner.Received(piece);
                scanner.Sent(piece);
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    private static byte[] Hello(byte[] random, params byte[][] extensions)
    {
        byte[] list = [.. extensions.SelectMany(extension => extension)];
        byte[] body = [3, 3, .. random, 2, 7, 7, 0x13, 1, 0, .. Length(list.Length), .. list];
        return [2, 0, .. Length(body.Length), .. body];
    }

    private static byte[] Message(byte type, int length) => [type, 0, .. Length(length), .. new byte[length]];

    private static byte[] Record(byte type, byte[] content) => [type, 3, 3, .. Length(content.Length), .. content];

    private static byte[] Length(int length) => [(byte)(length >> 8), (byte)length];
}
