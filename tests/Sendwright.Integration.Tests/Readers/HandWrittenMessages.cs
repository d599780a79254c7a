using System.Text;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>The messages that other composers got wrong, one kind each.</summary>
internal static class HandWrittenMessages
{
    private static readonly byte[] EveryOctet = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    private static readonly byte[] LargeContent = [.. Enumerable.Range(0, 200 * 1024).Select(index => (byte)((index * 7) + (index >> 8)))];

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
        ("groups", Plain with
        {
            To = AddressList.Parse("Team: Ann <ann@example.com>, bob@example.net;, cid@example.net, \"Board, new\": dee@example.net;"),
            Cc = AddressList.Empty.Add(new AddressGroup("Müller & Söhne", ["Änn <ann@example.com>"])),
            ReplyTo = AddressList.Parse("Nobody:;"),
        }),
        ("group without members among others", Plain with { To = AddressList.Parse("ann@example.com, Empty:;, bob@example.net") }),
        ("quoted local parts between names", Plain with { To = ["\"a b\"@example.net", "Bob <bob@example.net>", "Änn <\"x,y\"@example.net>", "\"Lee, C.\" <c@example.net>"] }),
        ("quoted local part with angle brackets", Plain with { To = ["\"<angle>\"@example.net", "bob@example.net"] }),
        ("quoted local part of dots", Plain with { To = ["\"..\"@example.net", "bob@example.net"] }),
        ("group names with quotes", Plain with { To = AddressList.Empty.Add(new AddressGroup("a \"b\" c\\d", ["bob@example.net"])).Add("cid@example.net") }),
        ("quoted local part with semicolon", Plain with { To = ["\"semi;colon:\"@example.net", "bob@example.net"] }),
        ("address literals", Plain with { To = ["ann@[192.0.2.1]", "bob@[IPv6:2001:db8::1]", "Cid <cid@[IPv6:::1]>", "dee@example.net"] }),
        ("names that are addresses", Plain with
        {
            From = new EmailAddress("ann@example.com", "ann@example.com"),
            To = [new EmailAddress("bob@example.net", "other@example.org"), new EmailAddress("cid@example.net", "<cid@example.net>")],
        }),
        ("names with blanks", Plain with { From = new EmailAddress("ann@example.com", "Ann  B.   Lee"), To = [new EmailAddress("bob@example.net", "Böb  Groß"), new EmailAddress("cid@example.net", "\u00a0Cid\u3000")] }),
        ("names in mathematical letters and flags", Plain with { From = "𝓐𝓷𝓷 🏴󠁧󠁢󠁳󠁣󠁴󠁿 <ann@example.com>", To = ["👨‍👩‍👧‍👦🇦🇹 <bob@example.net>"] }),
        ("long names", Plain with
        {
            From = new EmailAddress("ann@example.com", string.Join(' ', Enumerable.Repeat("Freiherrin von und zu", 12))),
            To = [new EmailAddress("bob@example.net", string.Concat(Enumerable.Repeat("株式会社", 40))), new EmailAddress("cid@example.net", new string('C', 200)), new EmailAddress("dee@example.net", string.Join(", ", Enumerable.Repeat("Dr. Dee", 20)))],
        }),
        ("long local part and domain", Plain with { To = [$"{new string('l', 64)}@{string.Join('.', Enumerable.Repeat("label", 30))}.example", new EmailAddress($"{new string('m', 64)}@{new string('d', 63)}.example", "Änn Müller")] }),
        ("direction marks and invisible characters", Plain with { Subject = "a\u202eb\u202c c\u200bd\u200e e\u00adf\u2028g\ufeffh", Text = "\ufeffstarts with a mark\u202e\n" }),
        ("subject with double blanks where it folds", Plain with
        {
            Subject = string.Join("  ", Enumerable.Range(1, 40).Select(number => $"word{number}")),
            Headers = [new("X-Two", string.Join(' ', Enumerable.Repeat("one  two", 30))), new("X-Three", new string('x', 60) + "   " + new string('y', 60))],
        }),
        ("subjects that look like headers", Plain with { Subject = "Subject: Bcc: x@example.org; =?utf-8?Q?=0D=0ABcc:_x?=" }),
        ("subject with tabs", Plain with { Subject = "\ta\t\tb\t" }),
        ("subject of one emoji", Plain with { Subject = "🎉" }),
        ("subject at the limit of a line", Plain with { Subject = new string('s', 989), Headers = [new("X-Word", new string('w', 990)), new("X-Words", new string('v', 66) + " " + new string('w', 75))] }),
        ("headers for programs", Plain with
        {
            Headers =
            [
                new("References", string.Join(' ', Enumerable.Range(1, 20).Select(number => $"<{number}.{new string('r', 30)}@mail.example.com>"))),
                new("List-Unsubscribe", "<https://example.com/u?id=1&x=2>, <mailto:u@example.com?subject=unsubscribe>"), new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
                new("Feedback-ID", "1:2:3:sender"), new("X-Priority", "1"), new("Importance", "high"),
            ],
        }),
        ("nothing but blank lines", Plain with { Text = "\n\n\n", Html = " \n \n" }),
        ("empty text beside html and a file", Plain with { Text = "", Html = "<p>x</p>", Attachments = [Attachment.FromBytes("a.bin", EveryOctet)] }),
        ("empty text and html", Plain with { Text = "", Html = "" }),
        ("a file of a known name and no known type", Plain with { Attachments = [Attachment.FromBytes("a.pdf", EveryOctet, "application/octet-stream")] }),
        ("a calendar that is no text", Plain with { Attachments = [Attachment.FromBytes("a.ics", EveryOctet)] }),
        ("text without end", Plain with { Text = "no line end, with ümlaut", Html = "<p>no line end</p>", Attachments = [Attachment.FromBytes("a.txt", "no line end"u8.ToArray())] }),
        ("NUL and half characters", Plain with { Text = "nul \0 and half \ud83d end\n", Html = "<p>\0\udc00</p>\n" }),
        ("boundary look-alikes", Plain with
        {
            Text = "--=_a0123456789abcdef0123456789abcdef\n--\n----\n--=_\n",
            Html = "--=_b0123456789abcdef0123456789abcdef--\n",
            Attachments = [Attachment.FromBytes("mime.eml.txt", "--=_a\r\nContent-Type: text/html\r\n\r\n--=_a--\r\n"u8.ToArray())],
        }),
        ("large text", Plain with { Text = string.Concat(Enumerable.Repeat("Dieser Satz ist länger als manche anderen Sätze, und er steht oft hier.\n", 4000)) }),
        ("attachment of 200 KB", Plain with { Attachments = [Attachment.FromBytes("large.bin", LargeContent)] }),
        ("attachments around a line of base64", Plain with { Attachments = [.. new[] { 1, 2, 3, 54, 56, 57, 58, 113, 114, 115, 911, 912, 913 }.Select(size => Attachment.FromBytes($"{size}.bin", LargeContent.AsMemory(0, size)))] }),
        ("text shown inline", Plain with { Attachments = [Attachment.FromBytes("inline.txt", "shown below\n"u8.ToArray()) with { IsInline = true }] }),
        ("picture inline without html", Plain with { Attachments = [Attachment.FromBytes("photo.jpg", EveryOctet) with { IsInline = true, ContentId = "photo" }] }),
        ("calendar as a file", Plain with { Attachments = [Attachment.FromBytes("invite.ics", "BEGIN:VCALENDAR\r\nSUMMARY:Grüße\r\nEND:VCALENDAR\r\n"u8.ToArray(), "text/calendar; method=REQUEST; charset=utf-8")] }),
        ("parameters that need quotes", Plain with { Attachments = [Attachment.FromBytes("q.bin", EveryOctet, "application/x-y; a=\"b;c\"; d=\"e\\\"f\"; g=\"\"")] }),
        ("years far away", Plain with { Date = new DateTimeOffset(2099, 12, 31, 23, 59, 59, TimeSpan.FromHours(14)) }),
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
