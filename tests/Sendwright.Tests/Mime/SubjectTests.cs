using FsCheck;
using FsCheck.Fluent;

namespace Sendwright.Tests.Mime;

public sealed class SubjectTests
{
    [Theory]
    [InlineData("Hello", "Subject: Hello")]
    [InlineData("", "Subject:")]
    [InlineData("two  blanks", "Subject: two  blanks")]
    [InlineData("Grüße", "Subject: =?utf-8?B?R3LDvMOfZQ==?=")]
    [InlineData("Your order in Düsseldorf today", "Subject: Your order in =?utf-8?Q?D=C3=BCsseldorf?= today")]
    [InlineData("große Größe hier", "Subject: =?utf-8?B?Z3Jvw59lIEdyw7bDn2U=?= hier")]
    [InlineData(" leading", "Subject: =?utf-8?Q?_leading?=")]
    [InlineData("trailing ", "Subject: =?utf-8?Q?trailing_?=")]
    [InlineData(" ", "Subject: =?utf-8?Q?_?=")]
    [InlineData("=?utf-8?Q?literally?=", "Subject: =?utf-8?B?PT91dGYtOD9RP2xpdGVyYWxseT89?=")]
    [InlineData("tab\tbetween", "Subject: =?utf-8?Q?tab=09between?=")]
    public void Encodes_only_the_words_that_need_it(string subject, string expected) =>
        Assert.Equal(expected, Wire.Field(Wire.Simple with { Subject = subject }, "Subject"));

    [Fact]
    public void A_long_subject_is_folded_between_words()
    {
        var field = Wire.Field(Wire.Simple with { Subject = string.Join(' ', Enumerable.Repeat("word", 60)) }, "Subject");
        Assert.All(field.Split("\r\n"), line => Assert.InRange(line.Length, 1, 76));
        Assert.Equal(string.Join(' ', Enumerable.Repeat("word", 60)), Decoders.Unstructured(field));
    }

    [Fact]
    public void A_word_that_no_line_could_hold_is_encoded()
    {
        var subject = new string('x', 1200);
        var field = Wire.Field(Wire.Simple with { Subject = subject }, "Subject");
        Assert.All(field.Split("\r\n"), line => Assert.InRange(line.Length, 1, 76));
        Assert.Equal(subject, Decoders.Unstructured(field));
    }

    [Fact]
    public void Many_blanks_in_a_row_never_make_a_line_of_only_blanks()
    {
        var subject = "a" + new string(' ', 300) + "b" + new string(' ', 1200) + "c";
        var field = Wire.Field(Wire.Simple with { Subject = subject }, "Subject");
        Assert.All(field.Split("\r\n"), line => Assert.NotEqual("", line.Trim()));
        Assert.Equal(subject, Decoders.Unstructured(field));
    }

    [Fact]
    public void A_subject_that_is_null_is_no_header() => Assert.Equal("", Wire.Field(Wire.Simple, "Subject"));

    [Fact]
    public void Any_subject_comes_back() => Prop.ForAll(Texts.HeaderValues, subject =>
    {
        var field = Wire.Field(Wire.Simple with { Subject = subject }, "Subject");
        Assert.Equal(subject, Decoders.Unstructured(field));
        AssertLegal(field);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_header_of_ones_own_comes_back_without_the_blanks_around_it() => Prop.ForAll(Texts.HeaderValues, Gen.Choose(1, 75).ToArbitrary(), (value, length) =>
    {
        var name = new string('X', length);
        var field = Wire.Field(Wire.Simple with { Headers = [new MailHeader(name, value)] }, name);
        Assert.Equal(value.Trim(' ', '\t'), Decoders.Unstructured(field));
        AssertLegal(field);
    }).QuickCheckThrowOnFailure();

    /// <summary>Encoded-words of at most 75 characters on lines of at most 76; longer lines only for a single word that cannot be folded.</summary>
    internal static void AssertLegal(string field)
    {
        Assert.All(Decoders.EncodedWords(field), word => Assert.InRange(word.Length, 13, 75));
        foreach (var line in field.Split("\r\n"))
        {
            Assert.DoesNotContain(line, character => character is < ' ' or > '~');
            Assert.NotEqual("", line.Trim());
            if (line.Length > 76)
            {
                var value = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..];
                Assert.DoesNotContain("=?utf-8?", line, StringComparison.Ordinal);
                Assert.DoesNotContain(' ', value.TrimStart());
                Assert.InRange(line.Length, 77, 998);
            }
        }
    }
}
