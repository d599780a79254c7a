using System.Globalization;
using System.Text;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>Messages made from a seed each, so that a failure can be looked at again.</summary>
internal static class GeneratedMessages
{
    private const int Count = 60;

    private static readonly string[] Words =
    [
        "a", "Hello", "world", "x=y", "=?", "?=", "=3D", ".", "..", "From", "--", "_", "\"", "\\", ",", ";", "<x>", "(c)", "@", ":", "'", "%41", "&amp;",
        "ä", "ÖÜ", "é", "ß", "Привет", "мир", "日本語", "한국어", "שלום", "مرحبا", "हिन्दी", "ไทย", "😀", "👩‍👩‍👧", "e\u0301", "€", "Grüße,", "Straße", "naïve",
        "averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongwordthatdoesnotfold",
    ];

    public static IEnumerable<(string Name, EmailMessage Message)> All =>
        Enumerable.Range(1, Count).Select(seed => ($"generated {seed.ToString("D2", CultureInfo.InvariantCulture)}", Make(new Random(seed))));

    private static EmailMessage Make(Random random) => new()
    {
        From = Mailbox(random),
        ReplyTo = Mailboxes(random, 2),
        To = Mailboxes(random, 6),
        Cc = Mailboxes(random, 3),
        Bcc = [new EmailAddress("secret@example.org", "Secret")],
        Subject = random.Next(8) == 0 ? null : Phrase(random, 20),
        Text = random.Next(5) == 0 ? null : Body(random),
        Html = random.Next(3) == 0 ? null : $"<p>{Body(random)}</p>",
        Headers = [.. Enumerable.Range(0, random.Next(3)).Select(index => new MailHeader($"X-Own-{index}", Phrase(random, 15)))],
        Attachments = [.. Enumerable.Range(0, random.Next(4)).Select(_ => File(random))],
        Date = DateTimeOffset.FromUnixTimeSeconds(random.NextInt64(0, 4_000_000_000)).ToOffset(TimeSpan.FromMinutes(15 * random.Next(-48, 57))),
    };

    private static EmailAddress[] Mailboxes(Random random, int max) => [.. Enumerable.Range(0, random.Next(max)).Select(_ => Mailbox(random))];

    private static EmailAddress Mailbox(Random random)
    {
        var local = random.Next(4) == 0 ? "\"a b\"" : $"user.{random.Next(1000)}+tag";
        var domain = random.Next(4) == 0 ? "bücher.example" : "mail.example.com";
        return new EmailAddress($"{local}@{domain}", random.Next(3) == 0 ? null : Phrase(random, 6));
    }

    private static string Phrase(Random random, int max) => string.Join(' ', Enumerable.Range(0, 1 + random.Next(max)).Select(_ => Word(random)));

    private static string Word(Random random) => Words[random.Next(Words.Length)];

    private static string Body(Random random)
    {
        var body = new StringBuilder();
        var ascii = random.Next(3) == 0;
        for (var count = random.Next(200); count > 0; count--)
        {
            var word = Word(random);
            body.Append(ascii && !Ascii.IsValid(word) ? "plain" : word).Append(random.Next(12) switch
            {
                0 => "\n",
                1 => "\r\n",
                2 => " \n",
                _ => " ",
            });
        }

        return body.Append("end\n").ToString();
    }

    private static Attachment File(Random random)
    {
        var octets = new byte[random.Next(3000)];
        random.NextBytes(octets);
        string[] extensions = [".pdf", ".txt", ".html", ".bin", ""];
        return Attachment.FromBytes(Phrase(random, 8) + extensions[random.Next(extensions.Length)], octets);
    }
}
