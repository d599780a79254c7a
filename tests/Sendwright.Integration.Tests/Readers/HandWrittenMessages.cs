using System.Text;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>The messages that other composers got wrong, one kind each.</summary>
internal static class HandWrittenMessages
{
    private static readonly byte[] EveryOctet = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    private static EmailMessage Plain => new() { From = "ann@example.com", To = ["bob@example.net"], Subject = "Hello", Text = "Hello Bob\n" };

    public static IEnumerable<(string Name, EmailMessage Message)> All =>
    [
        ("plain text", Plain),
        ("umlauts in every name", Plain with
        {
            From = "Änn Müller <ann@example.com>",
            Sender = "Büro <office@example.com>",
            ReplyTo = ["Rückfragen <help@example.com>"],
            To = ["Böb Groß <bob@example.net>", "Jörg <joerg@example.net>"],
            Cc = ["Zoë <zoe@example.net>"],
            Bcc = ["Geheim <secret@example.org>"],
            Subject = "Grüße aus Österreich",
        }),
        ("one umlaut among plain names", Plain with { To = ["Ann <ann@example.com>", "Böb <bob@example.net>", "Cid <cid@example.net>"] }),
        ("commas and quotes in names", Plain with
        {
            From = new EmailAddress("ann@example.com", "Lee, Ann \"Annie\""),
            To = [new EmailAddress("bob@example.net", "Groß, Böb"), new EmailAddress("cid@example.net", "a <b@c.d>; e"), new EmailAddress("dee@example.net", "back\\slash (x)")],
        }),
        ("names that look encoded", Plain with
        {
            From = new EmailAddress("ann@example.com", "=?utf-8?Q?=C3=84nn?="),
            To = [new EmailAddress("bob@example.net", "=?us-ascii?B?Qm9i?= Bob")],
            Subject = "=?utf-8?Q?not_me?= and =?x",
        }),
        ("right to left", Plain with { From = "דוד <david@example.com>", To = ["محمد علي <m@example.net>"], Subject = "שלום עולם", Text = "مرحبا بالعالم\n", Html = "<p dir=\"rtl\">שלום עולם</p>\n" }),
        ("chinese japanese korean", Plain with { From = "王小明 <wang@example.com>", To = ["山田太郎 <yamada@example.net>", "김철수 <kim@example.net>"], Subject = "会議のお知らせ 회의 안내 会议通知", Text = "日本語の本文です。\n" }),
        ("emoji", Plain with { From = "Ann 👩‍💻 <ann@example.com>", Subject = "🎉 Party 🇩🇪 👩‍👩‍👧‍👦 today 🎉", Text = "😀 plane 1\n", Html = "<b>😀</b>\n" }),
        ("long ascii subject", Plain with { Subject = string.Join(' ', Enumerable.Range(1, 80).Select(number => $"word{number}")) }),
        ("long subject in greek", Plain with { Subject = string.Concat(Enumerable.Repeat("Καλημέρα σας, τι κάνετε σήμερα; ", 12)).Trim() }),
        ("long emoji subject without blanks", Plain with { Subject = string.Concat(Enumerable.Repeat("😀€ä", 60)) }),
        ("long word in the subject", Plain with { Subject = "See " + new string('x', 200) + " and " + new string('y', 1500) }),
        ("blanks in the subject", Plain with { Subject = "  two before, two  between, ä  ö, one after " }),
        ("no subject", Plain with { Subject = null }),
        ("empty subject", Plain with { Subject = "" }),
        ("fifty recipients", Plain with
        {
            To = [.. Enumerable.Range(1, 50).Select(number => new EmailAddress($"recipient.number.{number}@example.net", number % 3 == 0 ? $"Empfänger {number}" : null))],
            Cc = [.. Enumerable.Range(1, 20).Select(number => new EmailAddress($"copy{number}@example.net", $"Copy, {number}"))],
        }),
        ("hidden recipients only", new EmailMessage { From = "ann@example.com", Bcc = ["secret@example.org"], Subject = "Hidden", Text = "Hi\n" }),
        ("unusual addresses", Plain with
        {
            From = "\"ann lee\"@example.com",
            To = ["!#$%&'*+-/=?^_`{|}~@example.net", "bob+tag@sub.sub.example.net", new EmailAddress("x@[192.0.2.1]", "Literal"), "ann@bücher.example"],
        }),
        ("address that needs SMTPUTF8", Plain with { From = "Jörg <jörg@bücher.example>", To = ["用户@例え.テスト"] }),
        ("empty text", Plain with { Text = "" }),
        ("no body", Plain with { Text = null }),
        ("only html", Plain with { Text = null, Html = "<!doctype html><html><body><p style=\"color:red\">Grüße = 1 &amp; 2</p></body></html>\n" }),
        ("text and html", Plain with { Text = "Grüße\n", Html = "<p>Grüße</p>\n" }),
        ("dots and From at line starts", Plain with { Text = ".\n..\n.hidden\nFrom here on\n\nFrom\n>From\n.\n", Html = "<pre>\n.\nFrom me\n</pre>\n" }),
        ("blanks at line ends", Plain with { Text = "one \ntwo\t\nthree  \n \n\t\n-- \nAnn\n" }),
        ("line ends of all kinds", Plain with { Text = "unix\nmac\rwindows\r\nempty\n\n\r\rlast" }),
        ("long lines", Plain with { Text = new string('x', 5000) + "\n" + string.Concat(Enumerable.Repeat("wörd ", 2000)) + "\nend\n", Html = "<p>" + new string('=', 3000) + "</p>" }),
        ("looks like mime", Plain with { Text = "--=_a\nContent-Type: text/html\n\n<b>no</b>\n--=_a--\n", Html = "--=_b--\n=3D =\n" }),
        ("text that is base64", Plain with { Text = string.Concat(Enumerable.Repeat("Съешь же ещё этих мягких французских булок\nда выпей чаю\n", 20)) }),
        ("control characters", Plain with { Subject = "tab\tand escape \u001b[31m", Text = "bell \a, form feed \f, escape \u001b[31m\n" }),
        ("every octet attached", Plain with { Attachments = [Attachment.FromBytes("every.bin", EveryOctet), Attachment.FromBytes("twice.bin", (byte[])[.. EveryOctet, .. EveryOctet])] }),
        ("only an attachment", Plain with { Text = null, Attachments = [Attachment.FromBytes("a.pdf", "%PDF"u8.ToArray())] }),
        ("empty attachment", Plain with { Attachments = [Attachment.FromBytes("empty.bin", default)] }),
        ("text attachment keeps its line ends", Plain with { Attachments = [Attachment.FromBytes("notes.txt", Encoding.UTF8.GetBytes("ünix\nmac\rwindows\r\n.\r\nno end"))] }),
        ("odd file names", Plain with
        {
            Attachments =
            [
                .. new[]
                {
                    "Rechnung für März.pdf", "請求書.pdf", "פתק.txt", "😀 party.png", "say \"hi\".txt", "back\\slash.txt", "semi;colon, comma.txt", "per%20cent.txt", "it's.txt", "=?utf-8?Q?x?=.txt",
                    "no extension", ".hidden", "a  b.txt", "plus+equals=amp&.txt", "(brackets) [more] {curly}.txt", "utf-8''fake.txt", "ends in dot.",
                }.Select(name => Attachment.FromBytes(name, Encoding.UTF8.GetBytes(name))),
            ],
        }),
        ("long file names", Plain with
        {
            Attachments =
            [
                Attachment.FromBytes(new string('n', 220) + ".pdf", new byte[10]),
                Attachment.FromBytes(string.Concat(Enumerable.Repeat("Übergrößenträger ", 12)) + ".pdf", new byte[10]),
                Attachment.FromBytes(string.Concat(Enumerable.Repeat("報告書", 40)) + ".pdf", new byte[10]),
            ],
        }),
        ("pictures in the html", Plain with
        {
            Html = "<p>Grüße</p><img src=\"cid:logo@example.com\"><img src=\"cid:second\">",
            Attachments =
            [
                Attachment.FromBytes("logo.png", EveryOctet) with { ContentId = "logo@example.com", IsInline = true },
                Attachment.FromBytes("zweites Bild ä.png", EveryOctet) with { ContentId = "second", IsInline = true },
                Attachment.FromBytes("file.pdf", EveryOctet),
            ],
        }),
        ("types with parameters", Plain with { Attachments = [Attachment.FromBytes("t.csv", "ä;b"u8.ToArray(), "text/csv; charset=utf-8; header=present")] }),
        ("headers of one's own", Plain with
        {
            Headers =
            [
                new("X-Campaign", "7"), new("X-Campaign", "8"), new("X-Umlaut", "schöne Grüße, alle"), new("X-Empty", ""), new("X-Blanks", "a  b   c"),
                new("X-Long", string.Join(' ', Enumerable.Repeat("value", 100))), new("X-" + new string('n', 70), "ähm"), new("In-Reply-To", "<1@example.com>"), new("Auto-Submitted", "auto-generated"),
            ],
        }),
        ("given id and date", Plain with { MessageId = "<a.b+c@mail.example.com>", Date = new DateTimeOffset(2024, 2, 29, 23, 59, 59, new TimeSpan(-3, -30, 0)) }),
        ("everything at once", new EmailMessage
        {
            From = "Änn Boss <ann@bücher.example>",
            Sender = "office@example.com",
            ReplyTo = ["Antwort <reply@example.com>", "second@example.com"],
            To = [new EmailAddress("bob@example.net", "Müller, Böb"), "cid@example.net"],
            Cc = ["Dée <dee@example.net>"],
            Bcc = ["secret@example.org"],
            Subject = "Alles auf einmal: größer, höher, weiter 🎉",
            Text = "Grüße\n.\nFrom\n",
            Html = "<p>Grüße</p><img src='cid:logo'>\n",
            Headers = [new("X-Own", "schön")],
            Attachments = [Attachment.FromBytes("logo.png", EveryOctet) with { ContentId = "logo", IsInline = true }, Attachment.FromBytes("Anhang ä.bin", EveryOctet), Attachment.FromBytes("b.txt", "text\n"u8.ToArray())],
        }),
    ];
}
