using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Sendwright.Mime;
using Sendwright.Transport;

namespace Sendwright.Integration.Tests.Dkim;

/// <summary>A signed message and the keys whose signatures it has to bear, in their order.</summary>
internal sealed record SignedMessage(string Name, byte[] Octets, IMessageContent Content, IReadOnlyList<DkimKey> Keys);

/// <summary>
/// A hundred messages, each made from its number as seed, so that a failure can be looked at again. Four of five are composed; the fifth is raw, with the blanks, folds,
/// empty lines and octets over 127 that no composer of ours writes and that canonicalisation is about.
/// </summary>
internal static class SignedMessages
{
    public const int Count = 100;

    /// <summary>A field that no signature covers and that survives every way.</summary>
    public const string NumberField = "X-Number";

    private static readonly DkimKey[] Keys = [Make("example.test", "s2048", 2048), Make("example.test", "old", 1024), Make("news.example.test", "big", 3072), Make("bücher.test", "a.b-c", 2048)];

    private static readonly string[] Domains = ["example.test", "news.example.test", "xn--bcher-kva.test", "deep.news.example.test"];

    private static readonly string[] Words =
    [
        "a", "Hello", "world,", "x=y;", "=?", "b=", "bh=", "h=from;", ".", "..", "From", "--", "\"q\"", "ä", "Grüße", "Привет", "日本語", "שלום", "😀", "e\u0301", "\u00a0", "averyverylongwordaveryverylongword",
    ];

    private static readonly string[] Blanks = [" ", " ", " ", "  ", "\t", " \t "];

    /// <summary>What their domains publish, a record a line: name, blank, value.</summary>
    public static string Records => string.Concat(Keys.Select(key => key.ToDnsRecord()).Select(record => $"{record.Name} {record.Value}\n"));

    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:D3}.eml");

    public static async Task<IReadOnlyList<SignedMessage>> SignAsync(CancellationToken cancellationToken)
    {
        var messages = new List<SignedMessage>(Count);
        for (var number = 1; number <= Count; number++)
            messages.Add(await SignAsync(number, new Random(number), cancellationToken));
        return messages;
    }

    private static async Task<SignedMessage> SignAsync(int number, Random random, CancellationToken cancellationToken)
    {
        var domain = Domains[random.Next(Domains.Length)];
        DkimKey[] variants = [.. Keys.Select(key => Vary(key, random))];
        var isRelaxed = variants.All(key => key.HeaderCanonicalization is DkimCanonicalization.Relaxed || !IsRelated(key.Domain, domain));
        IMessageContent content = number % 5 == 0 ? Raw(number, domain, isRelaxed, random) : Composed(number, domain, random);
        using var signer = new DkimSigner(variants);
        var signed = await signer.SignAsync(content, cancellationToken);
        return new SignedMessage(
            NameOf(number), await OctetsAsync(signed, cancellationToken), signed,
            [.. variants.Where(key => IsRelated(key.Domain, domain))]);
    }

    private static bool IsRelated(string one, string other) => $".{one}".EndsWith($".{other}", StringComparison.Ordinal) || $".{other}".EndsWith($".{one}", StringComparison.Ordinal);

    private static DkimKey Make(string domain, string selector, int bits)
    {
        using var rsa = RSA.Create(bits);
        return DkimKey.FromPem(domain, selector, rsa.ExportPkcs8PrivateKeyPem());
    }

    private static DkimKey Vary(DkimKey key, Random random) => key with
    {
        HeaderCanonicalization = (DkimCanonicalization)random.Next(2),
        BodyCanonicalization = (DkimCanonicalization)random.Next(2),
        Identity = random.Next(3) switch { 0 => $"@{key.Domain}", 1 => $"some.one+x@sub.{key.Domain}", _ => null },
        Lifetime = random.Next(2) == 0 ? TimeSpan.FromDays(14) : null,
        SignedHeaders = random.Next(3) == 0 ? ["from", "SUBJECT", "X-Own", "X-Not-There"] : key.SignedHeaders,
        OversignedHeaders = random.Next(4) == 0 ? [] : key.OversignedHeaders,
    };

    private static ComposedMessage Composed(int number, string domain, Random random) => new MimeComposer(TimeProvider.System).Compose(new EmailMessage
    {
        From = new EmailAddress($"ann@{domain}", random.Next(2) == 0 ? null : Phrase(random, 5)),
        ReplyTo = random.Next(4) == 0 ? ["Änn <reply@example.test>"] : [],
        To = [.. Enumerable.Range(0, random.Next(8)).Select(index => new EmailAddress($"bob{index}@example.net", random.Next(2) == 0 ? null : Phrase(random, 4)))],
        Cc = random.Next(3) == 0 ? ["Cleo <cleo@example.net>"] : [],
        Subject = random.Next(10) == 0 ? null : Phrase(random, 25),
        Text = random.Next(6) == 0 ? null : Body(random),
        Html = random.Next(3) == 0 ? $"<p>{Body(random)}</p>" : null,
        Headers =
        [
            new(NumberField, number.ToString(CultureInfo.InvariantCulture)),
            .. random.Next(2) == 0 ? new MailHeader[] { new("List-Unsubscribe", "<https://example.test/u?x=1;y=2>, <mailto:u@example.test>"), new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click") } : [],
            .. Enumerable.Range(0, random.Next(4)).Select(_ => new MailHeader("X-Own", Phrase(random, 15))),
        ],
        Attachments = [.. Enumerable.Range(0, random.Next(3)).Select(index => Attachment.FromBytes($"{Phrase(random, 3)}-{index}.bin", Octets(random, random.Next(60_000))))],
    });

    private static RawMessage Raw(int number, string domain, bool hasOddBlanks, Random random)
    {
        // opendkim reads a file as a milter gets its fields, without what is blank behind the colon, and then takes one space for granted: under simple there must be no other.
        var first = hasOddBlanks ? "\t" : " ";
        var message = new StringBuilder($"Received: from app.example.test by relay.example.test; Sun, 22 Nov 2026 12:00:00 +0000\r\n");
        message.Append(CultureInfo.InvariantCulture, $"{NumberField}: {number}\r\n");
        message.Append(CultureInfo.InvariantCulture, $"From:{first}\"Ann (@evil.test)\"{Blank(random)}<ann@{domain}>\r\n");
        message.Append("To: bob@example.net,\r\n\tcleo@example.net\r\nDate: Sun, 22 Nov 2026 12:00:00 +0000\r\n");
        message.Append(CultureInfo.InvariantCulture, $"Message-ID:{(hasOddBlanks ? "\r\n\t" : " ")}<raw@example.test>\r\n");
        message.Append(CultureInfo.InvariantCulture, $"subject:{first}Caps{Blank(random)}and\r\n{Blank(random)}folds\r\n\t{Blank(random)}twice{Blank(random)}\r\n");
        for (var count = random.Next(4); count > 0; count--)
            message.Append(CultureInfo.InvariantCulture, $"X-Own:{first}value {count}{Blank(random)}\r\n");
        message.Append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
        for (var lines = random.Next(40); lines > 0; lines--)
        {
            if (random.Next(5) > 0)
                message.Append(Word(random)).Append(Blank(random)).Append(Word(random));
            message.Append(random.Next(3) == 0 ? Blank(random) : "").Append("\r\n");
        }

        for (var lines = random.Next(5); lines > 0; lines--)
            message.Append(random.Next(2) == 0 ? Blank(random) : "").Append("\r\n");
        return new RawMessage(Encoding.UTF8.GetBytes(message.ToString()));
    }

    private static string Phrase(Random random, int max) => string.Join(' ', Enumerable.Range(0, 1 + random.Next(max)).Select(_ => Word(random)));

    private static string Word(Random random) => Words[random.Next(Words.Length)];

    private static string Blank(Random random) => Blanks[random.Next(Blanks.Length)];

    private static string Body(Random random) => string.Concat(Enumerable.Range(0, random.Next(150)).Select(_ => Word(random) + (random.Next(8) == 0 ? " \n" : Blank(random)))) + "end\n\n";

    private static byte[] Octets(Random random, int length)
    {
        var octets = new byte[length];
        random.NextBytes(octets);
        return octets;
    }

    private static async Task<byte[]> OctetsAsync(IMessageContent content, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        var writer = PipeWriter.Create(memory);
        await content.WriteToAsync(writer, cancellationToken);
        await writer.CompleteAsync();
        return memory.ToArray();
    }

    /// <summary>A message that somebody else wrote.</summary>
    private sealed class RawMessage(byte[] octets) : IMessageContent
    {
        public long? Size => octets.Length;

        public string? MessageId => "<raw@example.test>";

        public bool IsEightBit => octets.AsSpan().ContainsAnyInRange((byte)0x80, (byte)0xFF);

        public ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default)
        {
            writer.Write(octets);
            return ValueTask.CompletedTask;
        }
    }
}
