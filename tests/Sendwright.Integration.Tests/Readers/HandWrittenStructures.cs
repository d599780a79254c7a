using System.Text;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>Messages with other forms of their text, with messages inside, and with the fields of conversations and lists.</summary>
internal static class HandWrittenStructures
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, new TimeSpan(5, 45, 0));

    private static readonly byte[] EveryOctet = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    private static readonly CalendarEvent Meeting = new()
    {
        Id = "order-4711@example.com",
        Summary = "Größe, Höhe; Länge",
        Description = "Erste Zeile\nzweite \\ Zeile, die länger ist als das, was in einer Zeile eines Kalenders stehen darf 🎉",
        Location = "会議室",
        Start = Noon,
        End = Noon.AddHours(1),
        Organizer = "Änn \"Boss\" <ann@example.com>",
        Attendees = ["Böb <bob@example.net>", "cid@example.net"],
    };

    private static EmailMessage Plain => new() { From = "ann@example.com", To = ["bob@example.net"], Subject = "Hello", Text = "Hello Bob\n" };

    // Date and Message-ID of an attached message are its author's, so that they are known.
    private static EmailMessage Inner => Plain with { Subject = "Inner: größer", MessageId = "<inner.mail@example.com>", Date = Noon };

    public static IEnumerable<(string Name, EmailMessage Message)> All =>
    [
        ("amp", Plain with { Html = "<p>Grüße</p>\n", Alternatives = [Alternative.Amp("<!doctype html><html ⚡4email data-css-strict><body>Grüße\n.\n</body></html>")] }),
        ("invitation", Plain with { Html = "<p>Come</p>", Alternatives = [CalendarInvitation.For(Meeting, Noon).ToAlternative()] }),
        ("invitation beside its file", Plain with
        {
            Text = null,
            Html = "<p>Come</p>",
            Alternatives = [CalendarInvitation.For(Meeting, Noon, CalendarMethod.Cancel).ToAlternative()],
            Attachments = [CalendarInvitation.For(Meeting, Noon).ToAttachment()],
        }),
        ("invitation of another program", Plain with { Alternatives = [CalendarInvitation.FromICalendar("BEGIN:VCALENDAR\nMETHOD:reply\nBEGIN:VEVENT\nSUMMARY:Grüße\nEND:VEVENT\nEND:VCALENDAR").ToAlternative()] }),
        ("only an alternative", Plain with { Text = null, Alternatives = [new Alternative("text/markdown; variant=GFM", "# Grüße\n")] }),
        ("only an alternative and a file", Plain with { Text = null, Alternatives = [new Alternative("text/markdown", "no end")], Attachments = [Attachment.FromBytes("a.bin", EveryOctet)] }),
        ("every alternative", Plain with
        {
            Html = "<p>Grüße</p><img src=\"cid:logo\">",
            Alternatives =
            [
                new("text/markdown; variant=CommonMark; charset=UTF-8", "# Grüße\n\n.\nFrom me  \n"), Alternative.Amp("<html ⚡4email></html>\n"), new("text/watch-html", "<b>ü</b>"), new("text/x-empty", ""),
                new("text/x-own; title=\"größe, ja\"; long=\"" + new string('l', 150) + "\"; q=\"a\\\"b\\\\c;\"", "x"), CalendarInvitation.For(Meeting, Noon).ToAlternative(),
            ],
            Attachments = [Attachment.FromBytes("logo.png", EveryOctet) with { ContentId = "logo", IsInline = true }, Attachment.FromBytes("a.bin", EveryOctet)],
        }),
        ("parameters in any script", Plain with
        {
            Attachments = new[] { "title=\"größe\"", "title=\"日本語\"; x=y", "title=\"" + string.Concat(Enumerable.Repeat("größer ", 20)) + "\"; x=y", "a=\"" + new string('a', 300) + "\"; b=\"😀 %41 'x'\"", "c=\"=?utf-8?Q?x?=\"", "d=\"utf-8''x\"" }
                .Select(parameters => Attachment.FromBytes("p.bin", EveryOctet, "application/x-y; " + parameters)).ToArray(),
        }),
        ("files from disk and streams", Plain with
        {
            Attachments =
            [
                Attachment.FromFile(InRepository("LICENSE")), Attachment.FromFile(InRepository("LICENSE"), "Lizenz für alle.txt", "text/plain; charset=utf-8"),
                Attachment.FromStream("stream ä.bin", _ => ValueTask.FromResult<Stream>(new TrickleStream([.. Enumerable.Repeat(EveryOctet, 400).SelectMany(octets => octets)])), 256 * 400),
                Attachment.FromStream("empty", _ => ValueTask.FromResult(Stream.Null), 0),
            ],
        }),
        ("message inside", Plain with { Attachments = [Attachment.FromMessage(Inner)] }),
        ("only a message inside", Plain with { Text = null, Attachments = [Attachment.FromMessage(Inner with { Subject = null })] }),
        ("messages inside of many kinds", Plain with
        {
            Html = "<img src=\"cid:logo\">",
            Attachments =
            [
                Attachment.FromBytes("logo.png", EveryOctet) with { ContentId = "logo", IsInline = true },
                Attachment.FromMessage(Inner with { Html = "<p>ä</p>", Alternatives = [Alternative.Amp("<html ⚡4email></html>")], Attachments = [Attachment.FromBytes("größe.bin", EveryOctet)] }) with { ContentId = "mail@example.com" },
                Attachment.FromMessage(Inner with { Text = null, Html = "only <b>HTML</b>", Cc = AddressList.Parse("Team: Ann <ann@example.com>, bob@example.net;") }, "zweite Größe.eml"),
                Attachment.FromMessage(Inner with { Text = "", To = [], Bcc = ["secret@example.org"] }, "empty.eml"),
                Attachment.FromBytes("a.txt", "after\n"u8.ToArray()),
            ],
        }),
        ("message shown inline", Plain with { Attachments = [Attachment.FromMessage(Inner, "inner.eml") with { IsInline = true }] }),
        ("message inline with an id beside html", Plain with { Html = "<p>x</p>", Attachments = [Attachment.FromMessage(Inner, "inner.eml") with { IsInline = true, ContentId = "inner" }] }),
        ("messages eight deep", Enumerable.Range(1, 8).Aggregate(Inner, (message, depth) => Inner with { Subject = $"Tiefe {depth}", MessageId = $"<{depth}@example.com>", Attachments = [Attachment.FromMessage(message)] })),
        ("message inside that needs SMTPUTF8", Plain with { Attachments = [Attachment.FromMessage(Inner with { From = "Jörg <jörg@bücher.example>" }, "inner.eml")] }),
        ("ready-made messages inside", Plain with
        {
            Attachments =
            [
                Attachment.FromMessage(ReadyMadeMessages.SevenBit.Raw), Attachment.FromMessage(ReadyMadeMessages.EightBit.Raw, "größe.eml"), Attachment.FromMessage(ReadyMadeMessages.Composed, "composed.eml"),
            ],
        }),
        ("ready-made message inside with a header in UTF-8", Plain with { Attachments = [Attachment.FromMessage(ReadyMadeMessages.International.Raw)] }),
        ("answer in a long conversation", Plain with { InReplyTo = "30@mail.example.com", References = [.. Enumerable.Range(1, 30).Select(number => $"<{number}.{new string('r', number)}@mail.example.com>")] }),
        ("first answer", Plain with { InReplyTo = "<\"odd:id\"@example.com>" }),
        ("answer to an id that is none", Plain with { InReplyTo = "<no-domain>", References = [.. Enumerable.Repeat("<no-domain.of.a.message@x>", 3), "<no-domain>"] }),
        ("unsubscribe by an address that looks encoded", Plain with { ListUnsubscribe = ListUnsubscribe.By(new Uri("https://example.com/?q==?utf-8?Q?x?=&r"), new Uri("https://example.com/=?utf-8?Q?x?=")) }),
        ("urgent", Plain with { Priority = MessagePriority.High }),
        ("not urgent, by a program", Plain with { Priority = MessagePriority.Low, AutoSubmitted = AutoSubmitted.Generated, FeedbackId = "campaign7:customer3:newsletter:example" }),
        ("newsletter", Plain with
        {
            ListId = new ListId("news.example.com", "Neuigkeiten, größer \"und\" schöner"),
            ListUnsubscribe = ListUnsubscribe.OneClick(new Uri("https://bücher.example/u?a=1,2&" + new string('x', 300)), new Uri("mailto:leave@example.com?subject=unsubscribe%20me")),
            AutoSubmitted = AutoSubmitted.Replied,
        }),
        ("newsletters without and with long names", Plain with { ListId = new ListId(string.Join('.', Enumerable.Repeat("label", 30)), string.Concat(Enumerable.Repeat("長い名前", 30))), ListUnsubscribe = ListUnsubscribe.By(new Uri("https://example.com/u")) }),
        ("really everything at once", new EmailMessage
        {
            From = "Änn Boss <ann@bücher.example>",
            Sender = "Büro <office@example.com>",
            ReplyTo = AddressList.Parse("Antworten: reply@example.com, Zwei <second@example.com>;"),
            To = [new EmailAddress("bob@example.net", "Müller, Böb"), "cid@example.net"],
            Cc = ["Dée <dee@example.net>"],
            Bcc = ["secret@example.org"],
            Subject = "Alles auf einmal: größer, höher, weiter 🎉",
            Text = "Grüße\n.\nFrom\n",
            Html = "<p>Grüße</p><img src='cid:logo'>\n",
            Alternatives = [CalendarInvitation.For(Meeting, Noon).ToAlternative(), Alternative.Amp("<html ⚡4email></html>")],
            InReplyTo = "<1@example.com>",
            References = ["<0@example.com>", "<1@example.com>"],
            Priority = MessagePriority.High,
            AutoSubmitted = AutoSubmitted.Generated,
            ListId = new ListId("news.example.com", "Größe"),
            ListUnsubscribe = ListUnsubscribe.OneClick(new Uri("https://example.com/u")),
            FeedbackId = "1:2:3:sender",
            Headers = [new("X-Own", "schön")],
            Date = Noon,
            Attachments =
            [
                Attachment.FromBytes("logo.png", EveryOctet) with { ContentId = "logo", IsInline = true }, Attachment.FromBytes("Anhang ä.bin", EveryOctet), Attachment.FromFile(InRepository("LICENSE")),
                Attachment.FromMessage(Inner with { Html = "<img src='cid:logo'>", Attachments = [Attachment.FromBytes("logo.png", EveryOctet) with { ContentId = "logo", IsInline = true }] }),
                Attachment.FromMessage(ReadyMadeMessages.EightBit.Raw), Attachment.FromBytes("b.csv", Encoding.UTF8.GetBytes("ä;ö"), "text/csv; charset=utf-8; title=\"Größe\""),
            ],
        }),
    ];

    private static string InRepository(string path) => Path.Combine(MessageReader.Repository, path);
}
