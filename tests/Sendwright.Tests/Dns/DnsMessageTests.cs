using FsCheck;
using FsCheck.Fluent;
using Sendwright.Doctor.Dns;

namespace Sendwright.Tests.Dns;

public sealed class DnsMessageTests
{
    private static readonly byte[] Query = QueryFor("mail.example.com", DnsRecordType.Mx);

    [Fact]
    public void A_question_is_written_as_RFC_1035_draws_it()
    {
        byte[] expected =
        [
            0xAB, 0xCD, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 1,
            .. DnsAnswerBytes.Name("a.example"), 0, 28, 0, 1,
            0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0,
        ];

        Assert.True(DnsName.TryParse("a.example.", out var name, out _));
        Assert.Equal(expected, DnsMessage.EncodeQuery(0xABCD, name, DnsRecordType.Aaaa, edns: true));
    }

    [Fact]
    public void Reads_mail_exchangers_through_compressed_names()
    {
        // "mx1" + a pointer to "example.com" inside the question.
        var message = Decoded(DnsAnswerBytes.To(Query).Record(null, 15, [0, 10, 3, (byte)'m', (byte)'x', (byte)'1', 0xC0, 17]));

        var record = Assert.IsType<MailExchangerRecord>(Assert.Single(message.Answers));
        Assert.Equal(("mail.example.com", 10, "mx1.example.com"), (record.Name, record.Preference, record.Exchange));
    }

    [Fact]
    public void Reads_a_null_MX_as_the_root() =>
        Assert.Equal("", Assert.IsType<MailExchangerRecord>(Assert.Single(Decoded(DnsAnswerBytes.To(Query).Record(null, 15, [0, 0, 0])).Answers)).Exchange);

    [Fact]
    public void Joins_the_strings_of_a_text_without_a_blank()
    {
        var message = Decoded(DnsAnswerBytes.To(Query).Record(null, 16, [6, .. "v=spf1"u8, 5, .. " -all"u8, 0]));

        Assert.Equal("v=spf1 -all", Assert.IsType<TextRecord>(Assert.Single(message.Answers)).Text);
    }

    [Fact]
    public void Reads_a_service()
    {
        var message = Decoded(DnsAnswerBytes.To(Query).Record("_submission._tcp.example.com", 33, [0, 1, 0, 2, 2, 75, .. DnsAnswerBytes.Name("smtp.example.com")]));

        Assert.Equal(
            new ServiceRecord("_submission._tcp.example.com", TimeSpan.FromMinutes(1), 1, 2, 587, "smtp.example.com"),
            Assert.Single(message.Answers));
    }

    [Fact]
    public void Reads_a_reverse_pointer() =>
        Assert.Equal(
            "host.example.com",
            Assert.IsType<PointerRecord>(Assert.Single(Decoded(DnsAnswerBytes.To(Query).Record(null, 12, DnsAnswerBytes.Name("host.example.com"))).Answers)).Target);

    [Fact]
    public void A_record_of_an_unknown_type_is_stepped_over()
    {
        var message = Decoded(DnsAnswerBytes.To(Query).Record(null, 65280, [1, 2, 3]).Address("192.0.2.1"));

        Assert.IsType<OtherRecord>(message.Answers[0]);
        Assert.IsType<AddressRecord>(message.Answers[1]);
    }

    [Fact]
    public void A_dot_inside_a_label_never_reads_like_a_boundary()
    {
        var message = Decoded(DnsAnswerBytes.To(Query).Raw([3, (byte)'a', (byte)'.', 0x07, 0], 1, [192, 0, 2, 1], 4));

        Assert.Equal("a\\.\\007", message.Answers[0].Name);
    }

    [Theory]
    [MemberData(nameof(BrokenNames))]
    public void A_name_that_loops_points_forward_or_never_ends_is_refused(string what, byte[] name)
    {
        Assert.False(DnsMessage.TryDecode(DnsAnswerBytes.To(Query).Raw(name, 1, [192, 0, 2, 1], 4).ToArray(), out _, out var problem), what);
        Assert.Equal("a broken record", problem);
    }

    public static TheoryData<string, byte[]> BrokenNames()
    {
        var here = (byte)Query[..^11].Length;
        return new TheoryData<string, byte[]>
        {
            { "points at itself", [0xC0, here] },
            { "label and back to itself", [1, (byte)'a', 0xC0, here] },
            { "points forward", [0xC0, (byte)(here + 4)] },
            { "points beyond the end", [0xFF, 0xFF] },
            { "label type 01", [0x41, (byte)'a', 0] },
            { "label type 10", [0x81, (byte)'a', 0] },
            { "over 255 octets", [.. Enumerable.Repeat((byte[])[3, 97, 97, 97], 64).SelectMany(label => label), 0] },
        };
    }

    [Theory]
    [InlineData(1, new byte[] { 1, 2, 3 })]
    [InlineData(1, new byte[] { 1, 2, 3, 4, 5 })]
    [InlineData(28, new byte[] { 1, 2, 3, 4 })]
    [InlineData(15, new byte[] { 0 })]
    [InlineData(16, new byte[] { 9, 97 })]
    [InlineData(5, new byte[] { 1, 97, 0, 0 })]
    public void Data_that_do_not_fit_their_length_are_refused(int type, byte[] data)
    {
        Assert.False(DnsMessage.TryDecode(DnsAnswerBytes.To(Query).Record(null, type, data).ToArray(), out _, out var problem));
        Assert.Equal("a record whose data do not fit its length", problem);
    }

    [Fact]
    public void Data_longer_than_the_message_are_refused() =>
        Assert.False(DnsMessage.TryDecode(DnsAnswerBytes.To(Query).Raw([0], 65280, [1], claimedLength: 65535).ToArray(), out _, out _));

    [Fact]
    public void Every_cut_of_a_good_message_is_refused_in_words()
    {
        byte[] whole = DnsAnswerBytes.To(Query).Alias("b.example.com").Record("b.example.com", 15, [0, 1, 0xC0, 12]);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(DnsMessage.TryDecode(whole.AsSpan(0, length), out _, out var problem));
            Assert.NotEmpty(problem);
        }
    }

    [Fact]
    public void Random_octets_never_make_the_decoder_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            DnsMessage.TryDecode(bytes, out var message, out var problem);
            return message is null != problem is null;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Mutated_messages_never_make_the_decoder_throw()
    {
        byte[] seed = DnsAnswerBytes.To(Query).Alias("b.example.com").Address("192.0.2.1").Record(null, 15, [0, 10, 0xC0, 12])
            .Record(null, 16, [3, 97, 98, 99]).Record(null, 33, [0, 1, 0, 2, 0, 25, 1, 97, 0xC0, 12]).Address("2001:db8::1");
        var mutations = Gen.ArrayOf(Gen.Zip(Gen.Choose(0, seed.Length - 1), Gen.Choose(0, 255)));
        Prop.ForAll(mutations.ToArbitrary(), changes =>
        {
            var bytes = seed.ToArray();
            foreach (var (at, value) in changes)
                bytes[at] = (byte)value;
            DnsMessage.TryDecode(bytes, out var message, out var problem);
            return message is null != problem is null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(200, false)]
    public void A_name_may_hop_no_more_often_than_it_can_have_labels(int hops, bool readable)
    {
        var start = Query[..^11].Length + 11;
        // Data of a type nobody reads: a root label, then pointers, each to the one before.
        byte[] chain = [0, .. Enumerable.Range(0, hops).SelectMany(i => Pointer(start + Math.Max(0, 2 * i - 1)))];
        var message = DnsAnswerBytes.To(Query).Raw([0], 65280, chain, chain.Length).Raw(Pointer(start + 2 * hops - 1), 1, [192, 0, 2, 1], 4);

        Assert.Equal(readable, DnsMessage.TryDecode(message.ToArray(), out _, out _));

        static byte[] Pointer(int to) => [(byte)(0xC0 | to >> 8), (byte)to];
    }

    private static DnsMessage Decoded(DnsAnswerBytes bytes)
    {
        Assert.True(DnsMessage.TryDecode(bytes.ToArray(), out var message, out var problem), problem);
        return message;
    }

    private static byte[] QueryFor(string text, DnsRecordType type)
    {
        Assert.True(DnsName.TryParse(text, out var name, out _));
        return DnsMessage.EncodeQuery(0x1234, name, type, edns: true);
    }
}
