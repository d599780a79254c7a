namespace Sendwright.Tests.Mime.Reading;

/// <summary>What stands in the header, by the examples of RFC 5322 and by what comes in the wild.</summary>
public sealed class ParsedMessageTests
{
    [Fact]
    public void Reads_blanks_comments_and_folds_in_every_place_that_RFC_5322_A_5_shows()
    {
        var read = Eml.Read(
            """
            From: Pete(A nice \) chap) <pete(his account)@silly.test(his host)>
            To:A Group(Some people)
                 :Chris Jones <c@(Chris's host.)public.example>,
                     joe@example.org,
              John <jdoe@one.test> (my dear friend); (the end of the group)
            Cc:(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;
            Date: Thu,
                  13
                    Feb
                      1969
                  23:32
                           -0330 (Newfoundland Time)
            Message-ID:              <testabcd.1234@silly.test>

            Testing.
            """);

        Assert.Equal(["Pete <pete@silly.test>"], read.From.Select(mailbox => mailbox.ToString()));
        Assert.Equal("A Group: Chris Jones <c@public.example>, joe@example.org, John <jdoe@one.test>;", read.To.ToString());
        Assert.Equal("Hidden recipients:;", read.Cc.ToString());
        Assert.Equal(new DateTimeOffset(1969, 2, 13, 23, 32, 0, new TimeSpan(-3, -30, 0)), read.Date);
        Assert.Equal("<testabcd.1234@silly.test>", read.MessageId);
        Assert.Equal("Testing.", read.Text);
    }

    [Fact]
    public void Reads_the_obsolete_forms_of_RFC_5322_A_6()
    {
        var read = Eml.Read(
            "From  : Joe Q. Public <john.q.public@example.com>\n" +
            "To    : Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example\n" +
            "Date  : Fri, 21 Nov 1997 09(comment):   55  :  06 -0600\n" +
            "Subject     : Saying Hello\n\nThis is a message.");

        Assert.Equal("Joe Q. Public <john.q.public@example.com>", read.From.ToString());
        Assert.Equal("Mary Smith <mary@example.net>, jdoe@test.example", read.To.ToString());
        Assert.Equal(new DateTimeOffset(1997, 11, 21, 9, 55, 6, TimeSpan.FromHours(-6)), read.Date);
        Assert.Equal("Saying Hello", read.Subject);
    }

    [Theory]
    [InlineData("Sun, 22 Nov 2026 17:10:00 +0100", "2026-11-22T17:10:00+01:00")]
    [InlineData("22 Nov 2026 17:10 +0100", "2026-11-22T17:10:00+01:00")]
    [InlineData("21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06+00:00")]
    [InlineData("21 Nov 49 09:55:06 EST", "2049-11-21T09:55:06-05:00")]
    [InlineData("21 Nov 50 09:55:06 PDT", "1950-11-21T09:55:06-07:00")]
    [InlineData("21 Nov 126 09:55:06 Z", "2026-11-21T09:55:06+00:00")]
    [InlineData("1 Jan 2026 00:00:00 K", "2026-01-01T00:00:00+00:00")]
    [InlineData("1 Jan 2026 00:00:00 CEST", "2026-01-01T00:00:00+00:00")]
    [InlineData("1 Jan 2026 00:00:00", "2026-01-01T00:00:00+00:00")]
    [InlineData("1 Jan 2026 00:00:00 -0000", "2026-01-01T00:00:00+00:00")]
    [InlineData("31 Dec 2016 23:59:60 +0000", "2017-01-01T00:00:00+00:00")]
    [InlineData("1 January 2026 00:00:00 +05:30", "2026-01-01T00:00:00+05:30")]
    [InlineData("1 Jan 2026 00:00:00 -1800", "2026-01-01T18:00:00+00:00")]
    [InlineData("29 Feb 2025 00:00:00 +0000", null)]
    [InlineData("0 Jan 2026 00:00:00 +0000", null)]
    [InlineData("1 Jan 2026 24:00:00 +0000", null)]
    [InlineData("1 Jan 0000 00:00:00 +0000", null)]
    [InlineData("1 Jan 0001 00:00:00 +0100", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void Reads_dates(string text, string? expected)
    {
        var date = Eml.Read($"Date: {text}\n\n").Date;

        Assert.Equal(expected, date?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_header_is_read_whatever_its_script_and_its_line_ends()
    {
        var read = Eml.ReadOctets("SUBJECT:=?iso-8859-1?Q?Gr=FC=DFe?=\n =?utf-8?B?IA==?=\n =?utf-8?Q?an_alle?=\nX-Utf8: Gr\u00c3\u00bc\u00c3\u009fe\nX-Latin: Gr\u00fc\u00dfe\n\nText\n");

        Assert.Equal("Grüße an alle", read.Subject);
        Assert.Equal("Grüße", read.Headers["x-utf8"]);
        Assert.Equal("Grüße", read.Headers["x-latin"]);
        Assert.Equal(" Grüße\n", read.Headers[^1].RawValue);
        Assert.Equal("Text\n", read.Text);
    }

    [Fact]
    public void An_encoded_word_starts_no_line_of_its_own()
    {
        var read = Eml.Read("Subject: =?utf-8?Q?Hi=0D=0ABcc:_eve=40example.com=00?=\nContent-Disposition: attachment; filename*=utf-8''a%0D%0Ab%00.txt\n\n");

        Assert.Equal("Hi  Bcc: eve@example.com ", read.Subject);
        Assert.Equal("a  b .txt", read.Body.FileName);
        Assert.Empty(read.Bcc);
    }

    [Fact]
    public void A_field_that_is_no_address_list_stays_readable()
    {
        var read = Eml.Read("From: Ann at example\nTo: <bob@example.net\nSender: =?utf-8?Q?Zo=C3=AB?= <zoe@example.com>\n\n");

        Assert.Empty(read.From);
        Assert.Equal("Ann at example", read.Headers["From"]);
        Assert.Empty(read.To);
        Assert.Equal("Zoë", read.Sender?.Name);
    }

    [Fact]
    public void Of_several_From_fields_none_is_hidden() =>
        Assert.Equal(["ann@example.com", "eve@example.org"], Eml.Read("From: ann@example.com\nFrom: eve@example.org\n\n").From.Select(mailbox => mailbox.Address));

    [Theory]
    [InlineData("<a@b> <c@d>", "<a@b>", "<c@d>")]
    [InlineData("<a@b><c@d>", "<a@b>", "<c@d>")]
    [InlineData("Your message of Monday <a@b>", "<a@b>")]
    [InlineData("<averylong\n id@b>", "<averylongid@b>")]
    [InlineData("a@b", "<a@b>")]
    [InlineData("no id at all")]
    [InlineData("<a@b")]
    public void Reads_message_ids(string text, params string[] expected) => Assert.Equal(expected, Eml.Read($"References: {text}\n\n").References);

    [Theory]
    [InlineData("", "")]
    [InlineData("\n", "")]
    [InlineData("\nText", "Text")]
    [InlineData("Text", "Text")]
    [InlineData("Text\n\nmore", "Text\r\n\r\nmore")]
    [InlineData("Subject: a\nText", "Text")]
    [InlineData("Subject: a\nText\n\nmore", "Text\r\n\r\nmore")]
    [InlineData("From ann@example.com Sun Nov 22 17:10:00 2026\nSubject: a\n\nText", "Text")]
    [InlineData(" no field to continue\nSubject: a\n\nText", " no field to continue\r\nSubject: a\r\n\r\nText")]
    [InlineData("Subject: a\n \nX: b\n\nText", "Text")]
    public void A_body_begins_behind_the_blank_line_or_with_the_first_line_that_is_no_field(string text, string body) => Assert.Equal(body, Eml.Read(text).Text);

    [Fact]
    public void Its_text_is_told_to_no_log() =>
        Assert.Equal("message from Ann <ann@example.com>, subject \"Hi\", 0 attachments", Eml.Read("From: Ann <ann@example.com>\nSubject: Hi\n\nsecret").ToString());
}
