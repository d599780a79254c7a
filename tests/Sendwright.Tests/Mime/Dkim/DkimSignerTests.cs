using System.Text;
using Sendwright.Mime;
using Sendwright.Transport;

namespace Sendwright.Tests.Mime.Dkim;

public sealed class DkimSignerTests
{
    private const string Plain = "From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: Hello\r\nDate: Sun, 22 Nov 2026 12:00:00 +0000\r\n\r\nHello  Bob \r\n\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DkimCanonicalization.Relaxed, DkimCanonicalization.Relaxed)]
    [InlineData(DkimCanonicalization.Relaxed, DkimCanonicalization.Simple)]
    [InlineData(DkimCanonicalization.Simple, DkimCanonicalization.Relaxed)]
    [InlineData(DkimCanonicalization.Simple, DkimCanonicalization.Simple)]
    public async Task A_signed_message_is_valid_and_a_changed_octet_makes_it_invalid(DkimCanonicalization header, DkimCanonicalization body)
    {
        var key = Keys.Example with { HeaderCanonicalization = header, BodyCanonicalization = body };

        var signed = await SignAsync(new RawContent(Plain), key);

        Assert.True(Verifier.IsValid(signed, key));
        Assert.EndsWith(Plain, Encoding.ASCII.GetString(signed), StringComparison.Ordinal);
        Assert.False(Verifier.IsValid(Replace(signed, "Hello  Bob", "Hello  Rob"), key));
        Assert.False(Verifier.IsValid(Replace(signed, "Subject: Hello", "Subject: Hullo"), key));
    }

    [Fact]
    public async Task Every_message_that_the_composer_makes_can_be_signed()
    {
        var message = new EmailMessage
        {
            From = "Änn <ann@example.com>",
            To = ["Böb <bob@example.net>"],
            Subject = new string('ü', 200),
            Text = "Grüße\n.\n",
            Html = "<p>Grüße</p>",
            Headers = [new("List-Unsubscribe", "<https://example.com/u>"), new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")],
            Attachments = [Attachment.FromBytes("a.bin", new byte[100_000])],
        };

        var signed = await SignAsync(Wire.Compose(message), Keys.Example);

        Assert.True(Verifier.IsValid(signed, Keys.Example));
        Assert.Contains("List-Unsubscribe:List-Unsubscribe-Post", Verifier.Tags(signed)["h"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_size_of_piece_gives_the_same_signature()
    {
        var octets = Encoding.ASCII.GetBytes(Plain);
        var whole = await SignAsync(new RawContent(octets), Keys.Example);

        for (var length = 1; length < octets.Length; length++)
            Assert.Equal(whole, await SignAsync(new RawContent(octets, length), Keys.Example));
    }

    [Fact]
    public async Task The_signed_message_is_written_the_same_each_time_and_knows_its_size()
    {
        using var signer = new DkimSigner([Keys.Example], new FixedTime(FixedTime.Noon));
        var signed = await signer.SignAsync(Wire.Compose(Wire.Simple with { Attachments = [Attachment.FromBytes("a.bin", new byte[300_000])] }), Token);
        var first = Wire.Octets(signed);

        Assert.Equal(first, Wire.Octets(signed));
        Assert.Equal(first.Length, signed.Size);
        Assert.NotNull(signed.MessageId);
        Assert.False(signed.IsEightBit);
        Assert.Same(signed, signed.ToSevenBit());
    }

    [Fact]
    public async Task The_same_message_at_the_same_time_has_the_same_signature()
    {
        Assert.Equal(await SignAsync(new RawContent(Plain), Keys.Example), await SignAsync(new RawContent(Plain), Keys.Example));
    }

    [Fact]
    public async Task The_tags_say_what_the_key_says()
    {
        var key = Keys.Example with { Identity = "\"a;b=c\"@news.example.com", Lifetime = TimeSpan.FromDays(14), BodyCanonicalization = DkimCanonicalization.Simple };

        var tags = Verifier.Tags(await SignAsync(new RawContent(Plain), key));

        Assert.Equal(("1", "rsa-sha256", "relaxed/simple", "example.com", "s1"), (tags["v"], tags["a"], tags["c"], tags["d"], tags["s"]));
        Assert.Equal("\"a=3Bb=3Dc\"@news.example.com", tags["i"]);
        Assert.Equal(FixedTime.Noon.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), tags["t"]);
        Assert.Equal(FixedTime.Noon.AddDays(14).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), tags["x"]);
        Assert.False(tags.ContainsKey("l"), "l= would let anybody append to the body (RFC 6376, 8.2)");
    }

    [Fact]
    public async Task No_line_of_a_signature_is_longer_than_76_octets()
    {
        var key = Keys.Example with { SignedHeaders = [.. Keys.Example.SignedHeaders, .. Enumerable.Range(1, 70).Select(length => "X-" + new string('y', length))] };
        var content = string.Concat(Enumerable.Range(1, 70).Select(length => $"X-{new string('y', length)}: 1\r\n")) + Plain;

        var signed = await SignAsync(new RawContent(content), key);

        Assert.True(Verifier.IsValid(signed, key));
        var field = Encoding.ASCII.GetString(signed)[..^content.Length];
        Assert.All(field.Split("\r\n"), line => Assert.InRange(line.Length, 0, 76));
    }

    [Fact]
    public async Task Fields_that_stand_several_times_are_all_signed_from_the_bottom_up()
    {
        var content = "Resent-To: first@example.net\r\nResent-To: second@example.net\r\n" + Plain;
        var signed = await SignAsync(new RawContent(content), Keys.Example);

        Assert.Contains("Resent-To:Resent-To", Verifier.Tags(signed)["h"], StringComparison.Ordinal);
        Assert.True(Verifier.IsValid(signed, Keys.Example));
        Assert.False(Verifier.IsValid(Replace(signed, "first@", "third@"), Keys.Example));
        Assert.False(Verifier.IsValid(Replace(signed, "second@", "fourth@"), Keys.Example));
        // A later hop puts its own block on top (RFC 5322, 3.6.6): those that were signed are still the lowest.
        Assert.True(Verifier.IsValid([.. "Resent-To: later@example.net\r\n"u8, .. signed], Keys.Example));
    }

    [Theory]
    [InlineData("From: eve@evil.example")]
    [InlineData("Subject: Another")]
    [InlineData("To: eve@evil.example")]
    [InlineData("Cc: eve@evil.example")]
    [InlineData("Reply-To: eve@evil.example")]
    [InlineData("Date: Sun, 22 Nov 2026 13:00:00 +0000")]
    public async Task Another_field_of_a_kind_that_readers_show_breaks_the_signature(string field)
    {
        var signed = await SignAsync(new RawContent(Plain), Keys.Example);

        Assert.False(Verifier.IsValid([.. Encoding.ASCII.GetBytes(field + "\r\n"), .. signed], Keys.Example));
    }

    [Theory]
    [InlineData("Received: from a by b; Sun, 22 Nov 2026 12:00:00 +0000")]
    [InlineData("Return-Path: <ann@example.com>")]
    [InlineData("Message-ID: <added@relay.example>")]
    [InlineData("Sender: ann@example.com")]
    [InlineData("MIME-Version: 1.0")]
    [InlineData("Authentication-Results: mx.example.net; dkim=pass")]
    public async Task What_a_relay_adds_does_not_break_the_signature(string field)
    {
        var signed = await SignAsync(new RawContent(Plain), Keys.Example);

        Assert.True(Verifier.IsValid([.. Encoding.ASCII.GetBytes(field + "\r\n"), .. signed], Keys.Example));
    }

    [Fact]
    public async Task A_relay_may_fold_anew_and_change_blanks_under_relaxed_but_not_under_simple()
    {
        var simple = Keys.Example with { HeaderCanonicalization = DkimCanonicalization.Simple };

        var signed = Replace(await SignAsync(new RawContent(Plain), Keys.Example, simple), "From: Ann <", "FROM:  Ann\r\n\t<");

        Assert.True(Verifier.IsValid(signed, Keys.Example, 0));
        Assert.False(Verifier.IsValid(signed, simple, 1));
    }

    [Fact]
    public async Task Each_key_makes_a_signature_of_its_own_and_none_covers_the_other()
    {
        var second = Keys.Small with { BodyCanonicalization = DkimCanonicalization.Simple };

        var signed = await SignAsync(new RawContent(Plain), Keys.Example, second);

        Assert.True(Verifier.IsValid(signed, Keys.Example, 0));
        Assert.True(Verifier.IsValid(signed, second, 1));
        Assert.DoesNotContain("DKIM-Signature", Verifier.Tags(signed, 0)["h"], StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("ann@example.com", "example.com")]
    [InlineData("ann@news.example.com", "example.com")]
    [InlineData("ann@mail.example.net", "mail.example.net")]
    [InlineData("ann@example.net", "mail.example.net")]
    [InlineData("ann@notexample.com", "")]
    [InlineData("ann@elsewhere.example", "")]
    public async Task Of_several_domains_the_one_of_the_author_signs(string from, string domain)
    {
        var other = DkimKey.FromPem("mail.example.net", "s2", Keys.Rsa.ExportPkcs8PrivateKeyPem());
        var content = new RawContent($"From: {from}\r\n\r\nHi\r\n");

        var signed = Encoding.ASCII.GetString(await SignAsync(content, Keys.Example, other));

        Assert.Equal(domain, string.Join(' ', signed.Split(' ', '\r').Where(tag => tag.StartsWith("d=", StringComparison.Ordinal)).Select(tag => tag[2..^1])));
    }

    [Fact]
    public async Task A_domain_that_is_the_only_one_signs_for_every_author()
    {
        var signed = await SignAsync(new RawContent("From: ann@elsewhere.example\r\n\r\nHi\r\n"), Keys.Example);

        Assert.True(Verifier.IsValid(signed, Keys.Example));
    }

    [Theory]
    [InlineData("From: a@example.com\r\n\r\n")]
    [InlineData("From: a@example.com\r\n")]
    [InlineData("From: a@example.com")]
    [InlineData("From: a@example.com\r\n\r\n\r\n\r\n")]
    public async Task A_message_without_a_body_can_be_signed(string content)
    {
        var simple = Keys.Example with { BodyCanonicalization = DkimCanonicalization.Simple };

        var signed = await SignAsync(new RawContent(content), Keys.Example, simple);

        Assert.True(Verifier.IsValid(signed, Keys.Example, 0));
        Assert.True(Verifier.IsValid(signed, simple, 1));
    }

    [Fact]
    public async Task Eight_bit_content_is_signed_in_its_seven_bit_form_where_it_has_one()
    {
        var content = new RawContent("From: ann@example.com\r\n\r\nGrüße\r\n") { SevenBit = new RawContent(Plain) };

        var signed = await SignAsync(content, Keys.Example);

        Assert.EndsWith(Plain, Encoding.UTF8.GetString(signed), StringComparison.Ordinal);
        Assert.True(Verifier.IsValid(signed, Keys.Example));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_still_so_behind_a_signature()
    {
        using var signer = new DkimSigner([Keys.Example]);
        var overlong = RawMessage.FromBytes(Encoding.ASCII.GetBytes($"DKIM-Signature: v=1\r\nFrom: ann@example.com\r\n\r\n{new string('x', 999)}\r\n"));

        Assert.True((await signer.SignAsync(overlong, Token)).HasOverlongLine);
        Assert.False((await signer.SignAsync(new RawContent(Plain), Token)).HasOverlongLine);
    }

    [Fact]
    public async Task Eight_bit_content_without_another_form_is_signed_as_it_is()
    {
        using var signer = new DkimSigner([Keys.Example]);

        var signed = await signer.SignAsync(new RawContent("From: ann@example.com\r\nSubject: Grüße\r\n\r\nGrüße\r\n"), Token);

        Assert.True(Verifier.IsValid(Wire.Octets(signed), Keys.Example));
        Assert.True(signed.IsEightBit);
        Assert.Null(signed.ToSevenBit());
    }

    [Theory]
    [InlineData("Subject: x\r\n\r\nHi\r\n", "no From field")]
    [InlineData("\r\nFrom: ann@example.com\r\n", "no From field")]
    [InlineData("", "no From field")]
    [InlineData("From: ann@example.com\r\nFROM: eve@evil.example\r\n\r\n", "more than one From field")]
    [InlineData("From ann Sun Nov 22\r\nFrom: ann@example.com\r\n\r\n", "no header field")]
    [InlineData(" From: ann@example.com\r\n\r\n", "no header field")]
    [InlineData("From: ann@example.com\r\nno colon here\r\n\r\n", "\"no colon here\"")]
    public async Task What_cannot_be_signed_is_refused_with_the_reason(string content, string reason)
    {
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => SignAsync(new RawContent(content), Keys.Example));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_without_end_is_refused_before_it_fills_the_memory()
    {
        var endless = Encoding.ASCII.GetBytes("From: ann@example.com\r\nX: " + new string('x', 2_000_000));

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => SignAsync(new RawContent(endless, 4096), Keys.Example));

        Assert.Contains("1048576 octets", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thousands_of_one_field_are_refused()
    {
        var content = string.Concat(Enumerable.Repeat("To: a@example.com\r\n", 1200)) + Plain;

        Assert.Contains("1000 header fields", (await Assert.ThrowsAsync<InvalidDataException>(() => SignAsync(new RawContent(content), Keys.Example))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_threads_can_use_one_signer()
    {
        using var signer = new DkimSigner([Keys.Small]);
        var signed = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Task.Run(
            async () => await signer.SignAsync(new RawContent($"From: a@example.com\r\nSubject: {number}\r\n\r\n{number}\r\n"), Token), Token)));

        Assert.All(signed, one => Assert.True(Verifier.IsValid(Wire.Octets(one), Keys.Small)));
    }

    [Fact]
    public async Task A_disposed_signer_signs_no_more()
    {
        var signer = new DkimSigner([Keys.Small]);
        signer.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => signer.SignAsync(new RawContent(Plain), Token).AsTask());
    }

    [Fact]
    public async Task Signing_ends_when_it_is_cancelled()
    {
        using var signer = new DkimSigner([Keys.Small]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signer.SignAsync(new RawContent(Plain), new CancellationToken(canceled: true)).AsTask());
    }

    [Fact]
    public void A_signer_without_a_key_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new DkimSigner([]));
    }

    private static async Task<byte[]> SignAsync(IMessageContent content, params DkimKey[] keys)
    {
        using var signer = new DkimSigner(keys, new FixedTime(FixedTime.Noon));
        return Wire.Octets(await signer.SignAsync(content, Token));
    }

    private static byte[] Replace(byte[] message, string old, string replacement)
    {
        var text = Encoding.Latin1.GetString(message);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal));
    }
}
