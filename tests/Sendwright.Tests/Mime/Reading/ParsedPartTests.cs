namespace Sendwright.Tests.Mime.Reading;

/// <summary>How a message is taken apart, by the examples of RFC 2046 and 2049 and by what comes in the wild.</summary>
public sealed class ParsedPartTests
{
    [Fact]
    public void Reads_the_complex_example_of_RFC_2049_A()
    {
        var read = Eml.Read(
            """
            MIME-Version: 1.0
            From: Nathaniel Borenstein <nsb@nsb.fv.com>
            To: Ned Freed <ned@innosoft.com>
            Date: Fri, 07 Oct 1994 16:15:05 -0700 (PDT)
            Subject: A multipart example
            Content-Type: multipart/mixed;
                          boundary=unique-boundary-1

            This is the preamble area of a multipart message.
            --unique-boundary-1

              ... Some text appears here ...

            --unique-boundary-1
            Content-type: text/plain; charset=US-ASCII

            This could have been part of the previous part.

            --unique-boundary-1
            Content-Type: multipart/parallel; boundary=unique-boundary-2

            --unique-boundary-2
            Content-Type: audio/basic
            Content-Transfer-Encoding: base64

            AAEC

            --unique-boundary-2
            Content-Type: image/jpeg
            Content-Transfer-Encoding: base64

            /9j/

            --unique-boundary-2--

            --unique-boundary-1
            Content-type: text/enriched

            This is <bold><italic>enriched.</italic></bold>

            --unique-boundary-1
            Content-Type: message/rfc822

            From: (mailbox in US-ASCII)
            To: (address in US-ASCII)
            Subject: (subject in US-ASCII)
            Content-Type: Text/plain; charset=ISO-8859-1
            Content-Transfer-Encoding: Quoted-printable

            Gr=FC=DFe

            --unique-boundary-1--
            """);

        Assert.Equal("multipart/mixed(text/plain,text/plain,multipart/parallel(audio/basic,image/jpeg),text/enriched,message/rfc822)", Eml.Structure(read.Body));
        Assert.Equal("  ... Some text appears here ...\r\n", read.Text);
        Assert.Equal(["text/plain", "audio/basic", "image/jpeg", "message/rfc822"], read.Attachments.Select(part => part.ContentType));
        Assert.Equal([0, 1, 2], read.Attachments[1].Content.ToArray());
        Assert.Equal([0xFF, 0xD8, 0xFF], read.Attachments[2].Content.ToArray());
        Assert.Equal("This is <bold><italic>enriched.</italic></bold>\r\n", Assert.Single(read.Alternatives).Text);
        Assert.Equal("(subject in US-ASCII)", read.Attachments[3].Message?.Subject);
        Assert.Equal("Grüße\r\n", read.Attachments[3].Message?.Text);
    }

    // RFC 2046, 5.1.1, whose parts say the same of themselves.
    [Fact]
    public void The_line_end_before_a_boundary_belongs_to_the_boundary()
    {
        const string Text = "Content-Type: multipart/mixed; boundary=\"simple boundary\"\n\npreamble\n--simple boundary\n\ndoes NOT end with a linebreak.\n--simple boundary  \nContent-type: text/plain\n\nDOES end with a linebreak.\n\n--simple boundary--\nepilogue\n--simple boundary\n\nnot a part";

        Assert.Equal(["does NOT end with a linebreak.", "DOES end with a linebreak.\r\n"], Eml.Read(Text).Body.Parts.Select(part => part.Text));
        Assert.Equal(["does NOT end with a linebreak.", "DOES end with a linebreak.\n"], Eml.ReadOctets(Text).Body.Parts.Select(part => part.Text));
    }

    [Theory]
    [InlineData("--b\n\none\n--b\n\ntwo", "one|two")]
    [InlineData("--b\n\none\n--b", "one|")]
    [InlineData("--b\n--b\n\n--b--", "|")]
    [InlineData("--b\nX: a\n--b\n\ntwo\n--b--", "|two")]
    [InlineData("--b\n\none\n--bb\n--b--x\n --b\n--B\n--b--", "one\r\n--bb\r\n--b--x\r\n --b\r\n--B")]
    [InlineData("--b--", "--b--")]
    [InlineData("no boundary", "no boundary")]
    public void Boundaries_may_be_missing_or_look_like_others(string body, string parts)
    {
        var read = Eml.Read($"Content-Type: multipart/mixed; boundary=b\n\n{body}").Body;
        Assert.Equal(parts, read.Parts.Count == 0 ? Eml.Ascii(read.Content) : string.Join('|', read.Parts.Select(part => part.Text)));
    }

    [Fact]
    public void A_boundary_of_the_outer_multipart_ends_the_inner_ones_even_where_it_begins_as_theirs()
    {
        var read = Eml.Read("Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=a1\n\n--a1\n\none\n--a1\nContent-Type: text/html\n\ntwo\n--a\nContent-Type: image/png\n\nthree\n--a--\n");

        Assert.Equal("multipart/mixed(multipart/alternative(text/plain,text/html),image/png)", Eml.Structure(read.Body));
        Assert.Equal(("one", "two"), (read.Text, read.Html));
    }

    [Fact]
    public void A_part_of_a_digest_is_a_message_where_it_does_not_say_otherwise()
    {
        var read = Eml.Read("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: one\n\n1\n--b\nContent-Type: text/plain\n\ntext\n--b--");

        Assert.Equal("multipart/digest(message/rfc822,text/plain)", Eml.Structure(read.Body));
        Assert.Equal("one", Assert.Single(read.Attachments).Message?.Subject);
        Assert.Equal("text", read.Text);
    }

    [Fact]
    public void A_message_that_was_encoded_against_the_rules_is_read_too() =>
        Assert.Equal("Hi", Eml.Read($"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String("Subject: Hi\r\n\r\n"u8)}").Attachments[0].Message?.Subject);

    [Fact]
    public void Files_are_what_has_a_name_or_is_called_an_attachment()
    {
        var read = Eml.Read(
            """
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; name=notes.txt

            a file
            --b
            Content-Type: text/html
            Content-Disposition: attachment

            another
            --b
            Content-Type: text/html

            <img src="cid:1@x">
            --b
            Content-Type: image/png
            Content-ID: <1@x>

            png
            --b
            Content-Type: text/calendar; method=REQUEST

            BEGIN:VCALENDAR
            --b
            Content-Type: text/plain
            Content-Disposition: x-unknown

            file as well
            --b--
            """);

        Assert.Null(read.Text);
        Assert.Equal("<img src=\"cid:1@x\">", read.Html);
        Assert.Equal("REQUEST", Assert.Single(read.Alternatives).Parameters["Method"]);
        Assert.Equal(["notes.txt", null, null, null], read.Attachments.Select(part => part.FileName));
        Assert.Equal([false, false, true, false], read.Attachments.Select(part => part.IsInline));
        Assert.Equal("1@x", read.Attachments[2].ContentId);
    }

    [Theory]
    [InlineData("text", "text/plain")]
    [InlineData("", "text/plain")]
    [InlineData("/", "text/plain")]
    [InlineData("TEXT/HTML", "text/html")]
    [InlineData("(a comment) image/png (another)", "image/png")]
    public void A_type_that_is_none_is_plain_text(string type, string expected) => Assert.Equal(expected, Eml.Read($"Content-Type: {type}\n\n").Body.ContentType);

    // RFC 2231, 3 and 4, and what mail programs write instead.
    [Theory]
    [InlineData("title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A", "This is ***fun***")]
    [InlineData("title*0*=us-ascii'en'This%20is%20even%20more%20;\n title*1*=%2A%2A%2Afun%2A%2A%2A%20;\n title*2=\"isn't it!\"", "This is even more ***fun*** isn't it!")]
    [InlineData("title*1=\"cs.utk.edu/pub\"; title*0=\"ftp://\"", "ftp://cs.utk.edu/pub")]
    [InlineData("title=old; title*=iso-8859-1''n%E4w", "näw")]
    [InlineData("title*=utf-8''n%C3%A4w; title=old", "näw")]
    [InlineData("title*0*=utf-8''%F0%9F; title*1*=%98%80", "😀")]
    [InlineData("title*=''n%C3%A4w", "näw")]
    [InlineData("title*=x-unknown''n%E4w", "näw")]
    [InlineData("title*=n%C3%A4w", "näw")]
    [InlineData("title*=utf-8''100%", "100%")]
    [InlineData("title*0=a; title*2=c", "a")]
    [InlineData("title*0=a; title*0=b; title*1=c", "ac")]
    [InlineData("title*10=k; title*2=c; title*0=a; title*1=b; title*3=d; title*4=e; title*5=f; title*6=g; title*7=h; title*8=i; title*9=j", "abcdefghijk")]
    [InlineData("title=\"=?utf-8?B?bsOkdw==?=\"", "näw")]
    [InlineData("title=\"=?utf-8?Q?n=C3=A4?= =?utf-8?Q?w?=\"", "näw")]
    [InlineData("title==?iso-8859-1?Q?n=E4w?=", "näw")]
    [InlineData("title=annual report.pdf", "annual report.pdf")]
    [InlineData("TITLE = \"a\\\"b\\\\;c\"", "a\"b\\;c")]
    [InlineData("title=first; title=second", "first")]
    [InlineData("title=n\u00e4w", "näw")]
    public void Reads_parameters(string parameters, string expected) =>
        Assert.Equal(expected, Eml.Read($"Content-Type: application/x-stuff; {parameters}\n\n").Body.Parameters["title"]);

    [Fact]
    public void The_name_of_the_disposition_counts_before_that_of_the_type()
    {
        Assert.Equal("b", Eml.Read("Content-Type: image/png; name=a\nContent-Disposition: attachment; filename=b\n\n").Body.FileName);
        Assert.Equal("a", Eml.Read("Content-Type: image/png; name=a\nContent-Disposition: attachment\n\n").Body.FileName);
    }

    // RFC 2045, 6.7, its notes for readers included.
    [Theory]
    [InlineData("Now's the time =\nfor all folk to come=\n to the aid of their country.", "Now's the time for all folk to come to the aid of their country.")]
    [InlineData("a=20 \t\nb", "a \r\nb")]
    [InlineData("a= \t\nb", "ab")]
    [InlineData("=e4=E4=3d=3D", "ää==")]
    [InlineData("1=1, =g4, ==, =\n", "1=1, =g4, ==, ")]
    [InlineData("a=0D=0Ab=", "a\r\nb")]
    [InlineData("=", "")]
    [InlineData("=4", "=4")]
    public void Reads_quoted_printable(string encoded, string expected) =>
        Assert.Equal(expected, Eml.Read($"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: QUOTED-PRINTABLE\n\n{encoded}").Text);

    [Theory]
    [InlineData("SGVsbG8=", "Hello")]
    [InlineData("SGVs\nbG8=\n", "Hello")]
    [InlineData("SGVsbG8", "Hello")]
    [InlineData("S-G V*s\nb~G8=", "Hello")]
    [InlineData("SGVsbG8=\n\n-- \nsent by a list", "Hello")]
    [InlineData("SGVsbG9", "Hello")]
    [InlineData("S", "")]
    [InlineData("=", "")]
    [InlineData("", "")]
    public void Reads_base64(string encoded, string expected) => Assert.Equal(expected, Eml.Ascii(Eml.Read($"Content-Transfer-Encoding: base64\n\n{encoded}").Body.Content));

    [Theory]
    [InlineData("", "Gr\u00c3\u00bc\u00c3\u009fe", "Grüße")]
    [InlineData("", "Gr\u00fc\u00dfe", "Grüße")]
    [InlineData("; charset=us-ascii", "Gr\u00fc\u00dfe", "Grüße")]
    [InlineData("; charset=x-unknown", "Gr\u00c3\u00bc\u00c3\u009fe", "Grüße")]
    [InlineData("; charset=windows-1252", "10 \u0080", "10 €")]
    [InlineData("; charset=\"ISO-8859-15\"", "10 \u00a4", "10 €")]
    [InlineData("; charset=koi8-r", "\u00cd\u00c9\u00d2", "мир")]
    [InlineData("; charset=iso-2022-jp", "\u001b$BF|K\\8l\u001b(B", "日本語")]
    [InlineData("; charset=gb18030", "\u00d6\u00d0", "中")]
    [InlineData("; charset=utf-8", "a\u00ff", "a\ufffd")]
    [InlineData("; charset=utf-16be", "\0H\0i", "Hi")]
    public void Reads_charsets(string parameter, string octets, string expected) =>
        Assert.Equal(expected, Eml.ReadOctets($"Content-Type: text/plain{parameter}\r\n\r\n{octets}").Text);

    // RFC 3676: 4.1 (joining), 4.2 and 4.4 (stuffing), 4.3 (signature), 4.5 (quotes), 5 (its example).
    [Theory]
    [InlineData("`Take some more tea,' the March Hare said to Alice, \nvery earnestly.\n\n`I've had nothing yet,' Alice replied.\n", "`Take some more tea,' the March Hare said to Alice, very earnestly.\r\n\r\n`I've had nothing yet,' Alice replied.\r\n")]
    [InlineData(">>>Take some more tea.\n>>I've had nothing yet.\n>You mean you can't take LESS, it's very easy to take \n>MORE than nothing.", ">>> Take some more tea.\r\n>> I've had nothing yet.\r\n> You mean you can't take LESS, it's very easy to take MORE than nothing.")]
    [InlineData(" From the start\n > no quote\n  indented", "From the start\r\n> no quote\r\n indented")]
    [InlineData("text \n-- \nAnn \nLee", "text \r\n-- \r\nAnn Lee")]
    [InlineData("> quoted \nanswer", "> quoted \r\nanswer")]
    [InlineData("> quoted \n> -- \n> Ann", "> quoted \r\n> -- \r\n> Ann")]
    [InlineData("open \n", "open \r\n")]
    [InlineData("> >no quote inside", "> >no quote inside")]
    public void Joins_flowed_lines(string text, string expected) => Assert.Equal(expected, Eml.Read($"Content-Type: text/plain; Format=Flowed\n\n{text}").Text);

    [Fact]
    public void Joins_flowed_lines_without_their_blank_where_delsp_says_so()
    {
        Assert.Equal("tea, very", Eml.Read("Content-Type: text/plain; format=flowed; delsp=yes\n\ntea,  \nvery").Text);
        Assert.Equal("one \r\ntwo", Eml.Read("Content-Type: text/plain; format=fixed; delsp=yes\n\none \ntwo").Text);
    }
}
