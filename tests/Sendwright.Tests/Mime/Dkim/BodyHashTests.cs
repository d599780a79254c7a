using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sendwright.Mime;
using Sendwright.Mime.Dkim;

namespace Sendwright.Tests.Mime.Dkim;

public sealed class BodyHashTests
{
    private const string Example = " C \r\nD \t E\r\n\r\n\r\n"; // RFC 6376, 3.4.5

    [Theory]
    [InlineData(DkimCanonicalization.Relaxed, Example, " C\r\nD E\r\n")]
    [InlineData(DkimCanonicalization.Simple, Example, " C \r\nD \t E\r\n")]
    [InlineData(DkimCanonicalization.Relaxed, "", "")]
    [InlineData(DkimCanonicalization.Simple, "", "\r\n")]
    [InlineData(DkimCanonicalization.Relaxed, "\r\n\r\n", "")]
    [InlineData(DkimCanonicalization.Simple, "\r\n\r\n", "\r\n")]
    [InlineData(DkimCanonicalization.Relaxed, "a\r\n \t\r\n  \r\n", "a\r\n")]
    [InlineData(DkimCanonicalization.Simple, "a\r\n \r\n\r\n", "a\r\n \r\n")]
    [InlineData(DkimCanonicalization.Relaxed, " \t ", "")]
    [InlineData(DkimCanonicalization.Relaxed, "no end", "no end\r\n")]
    [InlineData(DkimCanonicalization.Simple, "no end", "no end\r\n")]
    [InlineData(DkimCanonicalization.Relaxed, "no end  ", "no end\r\n")]
    [InlineData(DkimCanonicalization.Relaxed, "\r\n\r\na\tb\r\n\r\nc", "\r\n\r\na b\r\n\r\nc\r\n")]
    public void Hashes_the_form_of_RFC_6376(DkimCanonicalization form, string body, string canonical)
    {
        Assert.Equal(Hash(canonical), Hash(form, [body]));
    }

    // RFC 6376, 3.4.3 and 3.4.4 print the hash of the empty body.
    [Theory]
    [InlineData(DkimCanonicalization.Simple, "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=")]
    [InlineData(DkimCanonicalization.Relaxed, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    public void An_empty_body_has_the_hash_that_the_standard_prints(DkimCanonicalization form, string hash)
    {
        Assert.Equal(hash, Hash(form, []));
    }

    [Theory]
    [InlineData(DkimCanonicalization.Relaxed)]
    [InlineData(DkimCanonicalization.Simple)]
    public void Every_way_to_cut_a_body_in_two_or_into_octets_gives_the_same_hash(DkimCanonicalization form)
    {
        const string body = "\r\n a  b\t\r\n\t\r\n\r\nlonger line with single spaces and then  two of them, and some more words \t behind\r\n \r\nend \r\n\r\n \r\n";
        var whole = Hash(form, [body]);

        for (var cut = 0; cut <= body.Length; cut++)
            Assert.Equal(whole, Hash(form, [body[..cut], body[cut..]]));
        Assert.Equal(whole, Hash(form, [.. body.Select(octet => octet.ToString())]));
    }

    [Fact]
    public void Any_body_in_any_pieces_has_the_form_that_a_plain_reading_of_the_standard_gives()
    {
        var line = Gen.Elements("", " ", "\t", "  ", "a", "a b", "a  b ", "\ta", "word word word word word word word word word word word", "=20", ".", new string('x', 5000), new string(' ', 40))
            .Select(text => text + "\r\n");
        var body = Gen.ListOf(line).Select(lines => string.Concat(lines));
        var cases = body.SelectMany(text => Gen.ListOf(Gen.Choose(0, text.Length)), (text, cuts) => (text, cuts)).ToArbitrary();

        Prop.ForAll(cases, one =>
        {
            var (text, cuts) = one;
            var ends = cuts.Append(0).Append(text.Length).Order().ToArray();
            string[] pieces = [.. ends.Zip(ends.Skip(1), (start, end) => text[start..end])];
            return Hash(DkimCanonicalization.Relaxed, pieces) == Hash(Verifier.Body(text, "relaxed"))
                && Hash(DkimCanonicalization.Simple, pieces) == Hash(Verifier.Body(text, "simple"));
        }).QuickCheckThrowOnFailure();
    }

    private static string Hash(string canonical) => Convert.ToBase64String(SHA256.HashData(Encoding.Latin1.GetBytes(canonical)));

    private static string Hash(DkimCanonicalization form, string[] pieces)
    {
        using var body = new BodyHash(form);
        foreach (var piece in pieces)
            body.Append(Encoding.Latin1.GetBytes(piece));
        return Convert.ToBase64String(body.Finish());
    }
}
