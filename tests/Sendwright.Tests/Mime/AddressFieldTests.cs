using FsCheck;
using FsCheck.Fluent;
using Sendwright.Mime;

namespace Sendwright.Tests.Mime;

public sealed class AddressFieldTests
{
    [Theory]
    [InlineData(null, "From: ann@example.com")]
    [InlineData("Ann", "From: Ann <ann@example.com>")]
    [InlineData("Ann Lee", "From: Ann Lee <ann@example.com>")]
    [InlineData("Lee, Ann", "From: \"Lee, Ann\" <ann@example.com>")]
    [InlineData("Ann \"Annie\" Lee", "From: \"Ann \\\"Annie\\\" Lee\" <ann@example.com>")]
    [InlineData("back\\slash", "From: \"back\\\\slash\" <ann@example.com>")]
    [InlineData("Ann B. Lee", "From: \"Ann B. Lee\" <ann@example.com>")]
    [InlineData("Änn", "From: =?utf-8?Q?=C3=84nn?= <ann@example.com>")]
    [InlineData("Lée, Ann-Katherine", "From: =?utf-8?B?TMOpZSw=?= Ann-Katherine <ann@example.com>")]
    [InlineData("Ann Lüdenscheidt Lee", "From: Ann =?utf-8?Q?L=C3=BCdenscheidt?= Lee <ann@example.com>")]
    [InlineData("=?utf-8?Q?x?=", "From: =?utf-8?B?PT91dGYtOD9RP3g/PQ==?= <ann@example.com>")]
    public void A_name_is_written_in_the_plainest_form_that_says_it(string? name, string expected) =>
        Assert.Equal(expected, Wire.Field(Wire.Simple with { From = new EmailAddress("ann@example.com", name) }, "From"));

    [Fact]
    public void Each_name_is_encoded_by_itself_and_never_the_whole_field() => Assert.Equal(
        "To: =?utf-8?Q?B=C3=B6b?= <bob@example.net>, Ann <ann@example.com>,\r\n =?utf-8?B?0J7Qu9GM0LPQsA==?= <olga@example.org>",
        Wire.Field(Wire.Simple with { To = ["Böb <bob@example.net>", "Ann <ann@example.com>", "Ольга <olga@example.org>"] }, "To"));

    [Fact]
    public void Many_recipients_are_folded_and_each_address_stays_whole()
    {
        var message = Wire.Simple with { To = [.. Enumerable.Range(0, 200).Select(index => new EmailAddress($"recipient{index}@example.com"))] };
        var lines = Wire.Field(message, "To").Split("\r\n");
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 76));
        Assert.Equal(200, lines.Sum(line => line.Split('@').Length - 1));
    }

    [Fact]
    public void An_international_domain_is_written_in_A_labels()
    {
        var message = Wire.Simple with { From = "ann@bücher.example" };
        Assert.Equal("From: ann@xn--bcher-kva.example", Wire.Field(message, "From"));
        Assert.False(Wire.Compose(message).IsEightBit);
        Assert.EndsWith("@xn--bcher-kva.example>", Wire.Compose(message).MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_part_that_is_not_ASCII_is_written_as_UTF8_and_the_message_says_so()
    {
        var message = Wire.Simple with { To = ["Jörg <jörg@bücher.example>"] };
        Assert.Equal("To: =?utf-8?B?SsO2cmc=?= <jörg@bücher.example>", Wire.Field(message, "To"));
        var composed = Wire.Compose(message);
        Assert.True(composed.NeedsSmtpUtf8);
        Assert.True(composed.IsEightBit);
        Assert.Equal(composed.Size, Wire.Octets(composed).Length);
    }

    [Fact]
    public void A_hidden_recipient_that_is_not_ASCII_leaves_the_content_7_bit()
    {
        var composed = Wire.Compose(Wire.Simple with { Bcc = ["jörg@example.com"] });
        Assert.False(composed.IsEightBit);
        Assert.DoesNotContain(Wire.Octets(composed), octet => octet > 127);
    }

    [Fact]
    public void Sender_and_reply_to_are_written_where_given()
    {
        var message = Wire.Simple with { Sender = "Office <office@example.com>", ReplyTo = ["help@example.com", "Böb <bob@example.com>"] };
        Assert.Equal("Sender: Office <office@example.com>", Wire.Field(message, "Sender"));
        Assert.Equal("Reply-To: help@example.com, =?utf-8?Q?B=C3=B6b?= <bob@example.com>", Wire.Field(message, "Reply-To"));
    }

    [Fact]
    public void Hidden_recipients_alone_leave_no_name_in_the_header()
    {
        var message = new EmailMessage { From = "ann@example.com", Bcc = ["Bob <bob@example.net>"] };
        Assert.Equal("To: undisclosed-recipients:;", Wire.Field(message, "To"));
        Assert.DoesNotContain("bob", Wire.Text(message), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Team: ann@x.example, Bob <bob@x.example>;, carol@y.example", "To: Team: ann@x.example, Bob <bob@x.example>;, carol@y.example")]
    [InlineData("carol@y.example, \"Team, red\": ann@x.example;", "To: carol@y.example, \"Team, red\": ann@x.example;")]
    [InlineData("Téam: ann@x.example;, nobody:;", "To: =?utf-8?B?VMOpYW0=?= : ann@x.example;, nobody:;")]
    [InlineData("undisclosed-recipients:;", "To: undisclosed-recipients:;")]
    public void A_group_is_written_with_its_name_and_its_members(string text, string expected) =>
        Assert.Equal(expected, Wire.Field(Wire.Simple with { To = AddressList.Parse(text) }, "To"));

    [Fact]
    public void Groups_are_written_in_Cc_and_Reply_To_and_never_in_Bcc()
    {
        var group = AddressList.Parse("Team: ann@x.example;");
        var message = Wire.Simple with { Cc = group, ReplyTo = group, Bcc = AddressList.Parse("Secret: eve@x.example;") };
        Assert.Equal(("Cc: Team: ann@x.example;", "Reply-To: Team: ann@x.example;"), (Wire.Field(message, "Cc"), Wire.Field(message, "Reply-To")));
        Assert.DoesNotContain("Secret", Wire.Text(message), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Envelope.For(message).Recipients, recipient => recipient.Address == "eve@x.example");
    }

    [Fact]
    public void A_large_group_with_a_long_name_is_folded()
    {
        var group = new AddressGroup("Straßenbahn " + string.Join(' ', Enumerable.Repeat("Verkehrsbetriebe", 20)), [.. Enumerable.Range(0, 200).Select(index => new EmailAddress($"recipient{index}@example.com", "Empfänger"))]);
        var field = Wire.Field(Wire.Simple with { To = AddressList.Empty.Add(group) }, "To");
        SubjectTests.AssertLegal(field);
        Assert.All(field.Split("\r\n"), line => Assert.InRange(line.Length, 1, 76));
    }

    [Fact]
    public void Any_name_comes_back_and_no_encoded_word_is_inside_quotes() => Prop.ForAll(Texts.Names, name =>
    {
        var mailbox = new EmailAddress("ann@example.com", name);
        var field = Wire.Field(Wire.Simple with { From = mailbox }, "From");
        SubjectTests.AssertLegal(field);
        if (mailbox.Name is null)
        {
            Assert.Equal("From: ann@example.com", field);
            return;
        }

        var phrase = field["From: ".Length..^" <ann@example.com>".Length].TrimEnd('\r', '\n');
        if (phrase.StartsWith('"'))
        {
            Assert.Empty(Decoders.EncodedWords(phrase));
            phrase = phrase[1..^1].Replace("\\\\", "\0", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal).Replace('\0', '\\');
            Assert.Equal(mailbox.Name, phrase);
        }
        else
        {
            Assert.Equal(mailbox.Name, Decoders.Unstructured("From: " + phrase));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_long_address_stays_whole_on_its_line()
    {
        var address = new string('a', 64) + "@" + string.Join('.', new string('b', 60), new string('c', 60), new string('d', 60));
        var field = Wire.Field(Wire.Simple with { To = ["x@example.com", new EmailAddress(address, "Long"), "y@example.com"] }, "To");
        Assert.Equal($"To: x@example.com, Long\r\n <{address}>,\r\n y@example.com", field);
        Assert.True(field.Split("\r\n").Max(line => line.Length) > HeaderWriter.MaxLine);
    }
}
