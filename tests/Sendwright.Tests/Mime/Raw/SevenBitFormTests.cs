using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Sendwright.Tests.Mime.Raw;

public sealed class SevenBitFormTests
{
    [Fact]
    public void A_7bit_message_is_its_own_7bit_form()
    {
        var message = RawMessage.FromBytes("Subject: a\r\n\r\na\r\n"u8.ToArray());

        Assert.Same(message, message.ToSevenBit());
    }

    [Fact]
    public void Only_what_is_8bit_changes()
    {
        const string Message = """
            From: ann@example.com
            Mime-Version:  1.0
            Content-Type: multipart/mixed;
              boundary="b 1"
            Content-transfer-encoding: 8BIT
            X-Odd:   kept

            preamble
            --b 1
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            Grüße, a=b  
            .
            and many plain words, which base64 would make longer
            --b 1
            Content-Type: text/html

            <p>seven = bit</p>  
            --b 1  
            Content-Type: application/octet-stream

            äöü
            --b 1--
            epilogue

            """;

        Assert.Equal("""
            From: ann@example.com
            Mime-Version:  1.0
            Content-Type: multipart/mixed;
              boundary="b 1"
            Content-Transfer-Encoding: 7bit
            X-Odd:   kept

            preamble
            --b 1
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Gr=C3=BC=C3=9Fe, a=3Db =20
            =2E
            and many plain words, which base64 would make longer
            --b 1
            Content-Type: text/html

            <p>seven = bit</p>  
            --b 1  
            Content-Type: application/octet-stream
            Content-Transfer-Encoding: base64

            w6TDtsO8

            --b 1--
            epilogue

            """, Text(Message));
    }

    [Fact]
    public void A_message_without_MIME_becomes_one_of_MIME()
    {
        Assert.Equal("Subject: a\nMIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\ncaf=C3=A9\n", Text("Subject: a\n\ncafé\n"));
    }

    [Fact]
    public void A_forwarded_message_is_walked_into()
    {
        const string Message = "Content-Type: message/rfc822\nContent-Transfer-Encoding: 8bit\n\nSubject: {0}\nMIME-Version: 1.0\nContent-Type: text/plain\n{1}\n{2}\n";

        Assert.Equal(
            string.Format(null, Message.Replace("8bit", "7bit", StringComparison.Ordinal), "=?utf-8?B?Z3LDvG4=?=", "Content-Transfer-Encoding: quoted-printable\n", "gr=C3=BCn"),
            Text(string.Format(null, Message, "grün", "", "grün")));
    }

    [Theory]
    [InlineData("Subject: Grüße aus Köln", "Subject: =?utf-8?B?R3LDvMOfZQ==?= aus =?utf-8?B?S8O2bG4=?=")]
    [InlineData("Subject: =?utf-8?Q?a?= ü b", "Subject: =?utf-8?Q?a?= =?utf-8?B?IMO8?= b")]
    [InlineData("To: Jörg Müller <joerg@example.com>, \"Doe, John\" <john@example.com>", "To: =?utf-8?B?SsO2cmcgTcO8bGxlcg==?= <joerg@example.com>, \"Doe, John\"\n <john@example.com>")]
    [InlineData("From: ann@bücher.example", "From: ann@xn--bcher-kva.example")]
    [InlineData("Content-Disposition: attachment; filename=\"grün.txt\"; size=3", "Content-Disposition: attachment; filename*=utf-8''gr%C3%BCn.txt; size=3")]
    public void A_header_field_in_UTF8_gets_its_encoded_form(string field, string expected)
    {
        Assert.Equal($"{expected}\nX-Other:  as it is\n\nx\n", Text($"{field}\nX-Other:  as it is\n\nx\n"));
    }

    [Fact]
    public void A_long_parameter_is_continued()
    {
        var name = new string('ü', 40);

        var field = Text($"Content-Type: text/plain; name=\"{name}\"\n\nx\n")!.Split("\n\n")[0];

        Assert.Matches(@"^Content-Type: text/plain;\n name\*0\*=utf-8''(%[0-9A-F]{2})+;\n name\*1\*=(%[0-9A-F]{2})+;", field);
        Assert.Equal(name, Uri.UnescapeDataString(string.Concat(field.Split('\n').Skip(1).Select(line => line.TrimEnd(';').Split('=')[1].Replace("utf-8''", "", StringComparison.Ordinal)))));
    }

    [Theory]
    [InlineData("an address that is not ASCII before the @", "To: jörg@example.com\n\nx\n")]
    [InlineData("an address field that is no list", "To: jörg at home\n\nx\n")]
    [InlineData("a Message-ID that is not ASCII", "Message-ID: <ü@example.com>\n\nx\n")]
    [InlineData("a URI that is not ASCII, which no program would look for in an encoded-word", "List-Unsubscribe: <https://example.com/ü>, <mailto:leave@example.com>\n\nx\n")]
    [InlineData("signed", "DKIM-Signature: v=1\n\nü\n")]
    [InlineData("a signed part", "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/signed; boundary=i\n\n--i\n\nü\n--i--\n--o--\n")]
    [InlineData("8-bit octets in a part that says it is base64", "Content-Transfer-Encoding: base64\n\nü\n")]
    [InlineData("8-bit octets in a type that may not be encoded", "Content-Type: message/delivery-status\n\nü\n")]
    [InlineData("a multipart without boundary", "Content-Type: multipart/mixed\n\nü\n")]
    [InlineData("a multipart whose boundary does not occur", "Content-Type: multipart/mixed; boundary=b\n\n--c\n\nü\n--c--\n")]
    [InlineData("two content types", "Content-Type: text/plain\nContent-Type: text/html\n\nü\n")]
    public void There_is_none_of_a_message_that_cannot_have_one(string why, string message)
    {
        Assert.True(Text(message) is null, why);
    }

    // Many programs write no line end behind the last boundary. Taken for content, it would be encoded, and a file have it at its end.
    [Theory]
    [InlineData("application/octet-stream", "base64", "w7w=\n")]
    [InlineData("text/plain", "quoted-printable", "=C3=BC")]
    public void The_last_boundary_needs_no_line_end(string type, string encoding, string body)
    {
        Assert.Equal(
            $"Content-Type: multipart/mixed; boundary=\"=_b\"\n\n--=_b\nContent-Type: {type}\nContent-Transfer-Encoding: {encoding}\n\n{body}\n--=_b--\n",
            Text($"Content-Type: multipart/mixed; boundary=\"=_b\"\n\n--=_b\nContent-Type: {type}\n\nü\n--=_b--"));
    }

    [Fact]
    public void The_last_boundary_may_end_a_header_without_line_end()
    {
        Assert.Equal(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: quoted-printable\n\n=C3=BC\n--b\nContent-Type: text/plain\n--b--\n",
            Text("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nü\n--b\nContent-Type: text/plain\n--b--"));
    }

    [Theory]
    [InlineData("message/delivery-status")]
    [InlineData("message/partial")]
    public void A_part_that_may_not_be_encoded_names_its_new_encoding_once(string type)
    {
        const string Message = "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Transfer-Encoding: {0}\n\n{1}\n--b\nContent-Type: {2}\nContent-Transfer-Encoding: {3}\n\nx: y\n--b--\n";

        Assert.Equal(string.Format(null, Message, "quoted-printable", "=C3=BC", type, "7bit"), Text(string.Format(null, Message, "8bit", "ü", type, "8bit")));
    }

    // A part's header is kept in memory, so one without line ends must not be kept to its end.
    [Fact]
    public void A_part_whose_header_has_no_end_takes_no_memory()
    {
        const int Megabytes = 64;
        var start = Encoding.ASCII.GetBytes("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nX-Endless: ");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var survey = new Sendwright.Mime.Raw.MimeSurvey(isSigned: false);
        survey.Take(start);
        var piece = new byte[1024 * 1024];
        piece.AsSpan().Fill((byte)'a');
        for (var count = 0; count < Megabytes; count++)
            survey.Take(piece);

        Assert.Null(survey.Complete().Pieces);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024 * 1024);
    }

    [Fact]
    public void There_is_none_of_a_header_that_is_not_UTF8()
    {
        Assert.Null(RawMessage.FromBytes(Encoding.Latin1.GetBytes("Subject: caf\u00e9\r\n\r\nx\r\n")).ToSevenBit());
    }

    [Fact]
    public void Lines_over_998_octets_are_encoded_and_folded()
    {
        var body = new string('a', 3000);
        var to = string.Join(", ", Enumerable.Range(0, 100).Select(number => $"recipient{number}@example.com"));

        var text = Text($"To: {to}\n\n{body}\n")!;

        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 998));
        Assert.Contains("Content-Transfer-Encoding: quoted-printable", text, StringComparison.Ordinal);
        Assert.Equal($"To: {to}", text.Split("\nMIME")[0].Replace("\n", "", StringComparison.Ordinal));
        Assert.Equal(body, text.Split("\n\n")[1].Replace("=\n", "", StringComparison.Ordinal).TrimEnd('\n'));
    }

    // What a hostile message can make of it: no change is kept for what will not be sent.
    [Fact]
    public void A_message_of_nothing_but_8bit_parts_has_none()
    {
        var parts = string.Concat(Enumerable.Repeat("--b\n\nü\n", 30_000));

        Assert.Null(Text($"Content-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n"));
    }

    [Fact]
    public void What_no_reader_shows_loses_its_8bit_octets()
    {
        const string Message = "Content-Type: multipart/mixed; boundary=b\n\nfür alte Leser\n--b\n\nx\n--b--\n";

        Assert.Equal(Message.Replace("ü", "??", StringComparison.Ordinal), Text(Message));
    }

    // Any text and any octets, in any pieces: what a reader decodes is what it was, every line is short, nothing is over 127.
    [Fact]
    public void A_soft_line_break_makes_no_boundary_of_what_was_none()
    {
        var body = $"{new string('x', 69)}\u00e9--bb and more, long enough for quoted-printable to be the shorter one of the two encodings";
        var message = RawMessage.FromBytes(Encoding.Latin1.GetBytes($"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\nContent-Type: text/plain\r\n\r\nxxx{body}\r\n--bb--\r\n"));

        var form = Encoding.ASCII.GetString(Wire.Octets(message.ToSevenBit()!));

        Assert.Equal(["--bb", "--bb--"], form.Split("\r\n").Where(line => line.StartsWith("--bb", StringComparison.Ordinal)));
        Assert.Equal(Encoding.Latin1.GetBytes($"xxx{body}"), Decode(form));
    }

    [Fact]
    public void A_part_that_is_encoded_decodes_to_the_same_octets()
    {
        var word = Gen.Frequency(
            (5, Gen.Elements("a", "=", ".", " ", "\t", "--b", "From ", "é", "\u00ff", "x y z")),
            (2, Gen.Constant("\r\n")),
            (1, Gen.Choose(60, 90).Select(length => new string('w', length))),
            (1, Gen.Choose(900, 1100).Select(length => new string('\u00e4', length))));
        var body = word.ArrayOf().Resize(30).Select(words => Encoding.Latin1.GetBytes($"\u00e9{string.Concat(words)}".Replace("\r\n--b\r\n", "", StringComparison.Ordinal)));
        Prop.ForAll(body.ToArbitrary(), Gen.Elements("text/plain", "application/x").ToArbitrary(), Gen.Choose(1, 100).ToArbitrary(), async (octets, type, piece) =>
        {
            byte[] message = [.. Encoding.ASCII.GetBytes($"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\nContent-Type: {type}\r\n\r\n"), .. octets, .. "\r\n--bb--\r\n"u8];
            var opened = await RawMessage.OpenAsync(_ => ValueTask.FromResult<Stream>(new PiecemealStream(message, piece)), TestContext.Current.CancellationToken);
            var form = opened.ToSevenBit()!;
            var wire = Wire.Octets(form);
            var fromMemory = Wire.Octets(RawMessage.FromBytes(message).ToSevenBit()!);
            var text = Encoding.Latin1.GetString(wire);
            return wire.Length == form.Size && wire.AsSpan().SequenceEqual(fromMemory)
                && text.All(character => character < 128) && text.Split("\r\n").All(line => line.Length <= 78)
                && Decode(text).AsSpan().SequenceEqual(octets);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static byte[] Decode(string message)
    {
        var part = message.Split("\r\n--bb\r\n")[1].Split("\r\n--bb--")[0];
        var (header, body) = (part.Split("\r\n\r\n")[0], part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        return header.Contains("base64", StringComparison.Ordinal) ? Convert.FromBase64String(body) : Decoders.QuotedPrintable(body);
    }

    /// <summary>The 7-bit form of a message written with LF and UTF-8; null where there is none.</summary>
    private static string? Text(string message)
    {
        var octets = Encoding.UTF8.GetBytes(message.ReplaceLineEndings("\r\n"));
        var form = RawMessage.FromBytes(octets).ToSevenBit();
        if (form is null)
            return null;
        Assert.False(form.IsEightBit || form.NeedsSmtpUtf8 || form.HasOverlongLine);
        var wire = Wire.Octets(form);
        Assert.Equal(form.Size, wire.Length);
        return Encoding.ASCII.GetString(wire).ReplaceLineEndings("\n");
    }
}
