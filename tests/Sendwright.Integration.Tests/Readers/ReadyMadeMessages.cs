using System.Text;
using Sendwright.Mime;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>Messages of other programs, most of them in 8-bit.</summary>
internal static class ReadyMadeMessages
{
    private static readonly EmailMessage Plain = new()
    {
        From = "Ann <ann@example.com>",
        To = ["bob@example.net"],
        Subject = "Hello",
        Date = new DateTimeOffset(2024, 2, 29, 23, 59, 59, new TimeSpan(-3, -30, 0)),
        MessageId = "<ready@example.com>",
    };

    private const string Header = """
        From: Ann <ann@example.com>
        To: bob@example.net
        Bcc: secret@example.org
        Subject: Hello
        Date: Thu, 29 Feb 2024 23:59:59 -0330
        Message-ID: <ready@example.com>
        MIME-Version: 1.0

        """;

    /// <summary>In 7-bit, and so without another form.</summary>
    public static ReadyMadeMessage SevenBit { get; } = ReadyMadeMessage.Of("ready-made in 7-bit", Header + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe\n", Plain with { Text = "Grüße\n" });

    /// <summary>With texts in UTF-8, a file among them.</summary>
    public static ReadyMadeMessage EightBit { get; } = ReadyMadeMessage.Of(
        "ready-made in 8-bit with files",
        Identified("8bit") + """
        Content-Type: multipart/mixed; boundary="outer"

        This is a preamble, öäü.
        --outer
        Content-Type: multipart/alternative; boundary="inner"

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Grüße
        .
        From here = on 
        --inner
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: 8bit

        <p>Grüße = 日本語</p>

        --inner--

        --outer
        Content-Type: text/csv; charset=utf-8
        Content-Disposition: attachment; filename="a.csv"
        Content-Transfer-Encoding: 8bit

        ä;ö
        ü;€

        --outer
        Content-Type: application/pdf
        Content-Disposition: attachment; filename*=utf-8''gr%C3%B6%C3%9Fe.pdf
        Content-Transfer-Encoding: base64

        JVBERg==
        --outer--
        An epilogue, öäü.

        """,
        Plain with
        {
            MessageId = "<8bit@example.com>",
            Text = "Grüße\n.\nFrom here = on ",
            Html = "<p>Grüße = 日本語</p>\n",
            Attachments = [Attachment.FromBytes("a.csv", "ä;ö\r\nü;€\r\n"u8.ToArray(), "text/csv; charset=utf-8"), Attachment.FromBytes("größe.pdf", "%PDF"u8.ToArray())],
        });

    /// <summary>With what only SMTPUTF8 carries (RFC 6532).</summary>
    public static ReadyMadeMessage International { get; } = ReadyMadeMessage.Of(
        "ready-made with a header in UTF-8",
        """
        From: Änn Müller <ann@example.com>
        To: Böb Groß <bob@example.net>, "Jörg, Dr." <joerg@example.net>
        Subject: Grüße aus Österreich
        Date: Thu, 29 Feb 2024 23:59:59 -0330
        Message-ID: <utf8@example.com>
        X-Own: schön, 日本語
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Grüße
        --b
        Content-Type: text/plain; charset=utf-8
        Content-Disposition: attachment; filename="größe.txt"
        Content-Transfer-Encoding: 8bit

        ä
        --b--

        """,
        Plain with
        {
            From = "Änn Müller <ann@example.com>",
            To = ["Böb Groß <bob@example.net>", "\"Jörg, Dr.\" <joerg@example.net>"],
            Subject = "Grüße aus Österreich",
            MessageId = "<utf8@example.com>",
            Headers = [new("X-Own", "schön, 日本語")],
            Text = "Grüße",
            Attachments = [Attachment.FromBytes("größe.txt", "ä"u8.ToArray(), "text/plain; charset=utf-8")],
        });

    /// <summary>A message that we composed before.</summary>
    public static ComposedMessage Composed { get; } = new MimeComposer(TimeProvider.System).Compose(ComposedMeaning);

    public static IReadOnlyList<ReadyMadeMessage> All { get; } =
    [
        SevenBit,
        EightBit,
        International,
        ReadyMadeMessage.Of("ready-made in 8-bit", Identified("text") + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nGrüße, 日本語 😀\n\n.\nend\n", Plain with { MessageId = "<text@example.com>", Text = "Grüße, 日本語 😀\n\n.\nend\n" }),
        ReadyMadeMessage.Of("ready-made in 8-bit that says 7bit", Identified("says7") + "Content-Type: text/html; charset=utf-8\n\n<p>Grüße</p>\n", Plain with { MessageId = "<says7@example.com>", Html = "<p>Grüße</p>\n" }),
        ReadyMadeMessage.Of(
            "ready-made in Latin 1", Identified("latin1") + "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nGrüße = é\n", Plain with { MessageId = "<latin1@example.com>", Text = "Grüße = é\n" }, Encoding.Latin1),
        ReadyMadeMessage.Of("ready-made with long lines", Identified("long") + $"Content-Type: text/plain; charset=utf-8\n\n{new string('x', 3000)}\n{new string('=', 999)} \n", Plain with { MessageId = "<long@example.com>", Text = $"{new string('x', 3000)}\n{new string('=', 999)} \n" }),
        ReadyMadeMessage.Of("ready-made without a last line end", Identified("noend") + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nGrüße", Plain with { MessageId = "<noend@example.com>", Text = "Grüße" }),
        ReadyMadeMessage.Of(
            "ready-made with blank texts",
            Identified("blank") + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/csv\nContent-Disposition: attachment; filename=\"a.csv\"\n\n\n\n\n--b--\n",
            Plain with { MessageId = "<blank@example.com>", Text = " ", Attachments = [Attachment.FromBytes("a.csv", "\r\n\r\n"u8.ToArray(), "text/csv")] }),
        ReadyMadeMessage.Of(
            "ready-made with a file in quoted-printable",
            Identified("qp") + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/csv; charset=utf-8\nContent-Disposition: attachment; filename=\"a.csv\"\nContent-Transfer-Encoding: quoted-printable\n\n=C3=A4;=\n1\nb;2\n\n--b--\n",
            Plain with { MessageId = "<qp@example.com>", Attachments = [Attachment.FromBytes("a.csv", "ä;1\r\nb;2\r\n"u8.ToArray(), "text/csv; charset=utf-8")] }),
        ReadyMadeMessage.Of(
            "ready-made with a file in 7bit",
            Identified("7bit") + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/csv\nContent-Disposition: attachment; filename=\"a.csv\"\nContent-Transfer-Encoding: 7bit\n\na;1\nb;2\n\n--b--\n",
            Plain with { MessageId = "<7bit@example.com>", Attachments = [Attachment.FromBytes("a.csv", "a;1\r\nb;2\r\n"u8.ToArray(), "text/csv")] }),
        ReadyMadeMessage.Of(
            "ready-made in 8-bit inside another",
            Identified("inside") + """
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            Außen
            --b
            Content-Type: message/rfc822
            Content-Disposition: attachment; filename="inner.eml"
            Content-Transfer-Encoding: 8bit


            """ + Identified("inner").Replace("Bcc: secret@example.org\n", "", StringComparison.Ordinal) + """
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            Innen: Grüße

            --b--

            """,
            Plain with { MessageId = "<inside@example.com>", Text = "Außen", Attachments = [Attachment.FromMessage(InnerMeaning, "inner.eml")] }),
    ];

    // What these mean is asked for while the list above is made.
    private static EmailMessage InnerMeaning => Plain with { MessageId = "<inner@example.com>", Text = "Innen: Grüße\n" };

    private static EmailMessage ComposedMeaning => Plain with { MessageId = "<composed@example.com>", Text = "Grüße\n", Attachments = [Attachment.FromBytes("a.bin", new byte[300])] };

    /// <summary>What the message with this Message-ID means.</summary>
    public static ReadMessage Meant(string messageId)
    {
        var meaning = All.Select(message => message.Meaning).Append(ComposedMeaning).Single(meaning => meaning.MessageId == messageId);
        return MeantMessage.Of(meaning, messageId, meaning.Date!.Value);
    }

    private static string Identified(string name) => Header.Replace("<ready@", $"<{name}@", StringComparison.Ordinal);
}
