using FsCheck;
using FsCheck.Fluent;
using Sendwright.Mime;

namespace Sendwright.Tests.Mime;

public sealed class EncodedWordReaderTests
{
    [Theory] // RFC 2047, 8, and what comes from the wild.
    [InlineData("(=?ISO-8859-1?Q?a?=)", "(=?ISO-8859-1?Q?a?=)")]
    [InlineData("=?ISO-8859-1?Q?a?= b", "a b")]
    [InlineData("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab")]
    [InlineData("=?ISO-8859-1?Q?a?=  \r\n\t=?ISO-8859-1?Q?b?=", "ab")]
    [InlineData("=?ISO-8859-1?Q?a_b?=", "a b")]
    [InlineData("=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b")]
    [InlineData("=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore <moore@cs.utk.edu>")]
    [InlineData("=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?= =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=", "If you can read this you understand the example.")]
    [InlineData("=?utf-8*en?q?=c3=a4?=", "ä")]
    [InlineData("=?windows-1252?Q?=80_=96?=", "€ –")]
    [InlineData("=?iso-8859-1?Q?=96?=", "–")]
    [InlineData("=?iso-8859-15?Q?=A4?=", "€")]
    [InlineData("=?koi8-r?B?8NLJ18XU?=", "Привет")]
    [InlineData("=?shift_jis?B?k/qWew==?=", "日本")]
    [InlineData("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本")]
    [InlineData("=?utf-8?B?w6Q?=", "ä")]
    [InlineData("=?utf-8?Q?=C3?= =?utf-8?B?pA==?=", "ä")]
    [InlineData("=?utf-8?Q?=FF?=", "\ufffd")]
    [InlineData("=?utf-8?Q?a=?=", "a=")]
    [InlineData("=?utf-8?Q?a=zz?=", "a=zz")]
    [InlineData("=?utf-8?Q??=", "")]
    [InlineData("=?utf-8?Q?a b?=", "=?utf-8?Q?a b?=")]
    [InlineData("x=?utf-8?Q?a?=", "x=?utf-8?Q?a?=")]
    [InlineData("=?utf-8?Q?a?=x", "=?utf-8?Q?a?=x")]
    [InlineData("=?utf-8?B?####?=", "=?utf-8?B?####?=")]
    [InlineData("=?utf-8?X?a?=", "=?utf-8?X?a?=")]
    [InlineData("=??Q?a?=", "=??Q?a?=")]
    [InlineData("=?no-such-charset?Q?a?= =?utf-8?Q?b?=", "=?no-such-charset?Q?a?= b")]
    [InlineData("=?utf-7?Q?+AGE-?=", "=?utf-7?Q?+AGE-?=")]
    [InlineData("=?", "=?")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    public void Reads_encoded_words_and_leaves_all_else(string text, string expected) => Assert.Equal(expected, EncodedWordReader.Decode(text));

    [Fact]
    public void Any_subject_we_write_is_read_back() => Prop.ForAll(Texts.HeaderValues, subject =>
    {
        var field = Wire.Field(Wire.Simple with { Subject = subject }, "Subject")["Subject:".Length..];
        var value = field.Replace("\r\n", "", StringComparison.Ordinal);
        Assert.Equal(subject, EncodedWordReader.Decode(value.StartsWith(' ') ? value[1..] : value));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("=?")]
    [InlineData("=?a?Q?")]
    [InlineData("=?utf-8?Q?a?= ")]
    [InlineData("=?utf-8?B?####?= ")]
    [InlineData("=?no?Q?a?= ")]
    [InlineData(" =?utf-8?Q?")]
    public void A_long_hostile_text_is_read_at_once(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        Assert.True(EncodedWordReader.Decode(text).Length <= text.Length);
    }
}
