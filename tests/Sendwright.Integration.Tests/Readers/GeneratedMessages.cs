using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>Messages that FsCheck makes, the same ones for the same seed.</summary>
internal static class GeneratedMessages
{
    private const int Count = 300;

    private const int ReadyMadeCount = 40;

    /// <summary>How many messages are inside one another at most.</summary>
    private const int Depth = 3;

    private const ulong UsualSeed = 20_261_122;

    /// <summary>The variable that sets another seed.</summary>
    private const string SeedVariable = "SENDWRIGHT_READERS_SEED";

    /// <summary>The bound that FsCheck's own generators grow to; ours do not ask for it.</summary>
    private const int Size = 50;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static ulong Seed { get; } = ReadSeed();

    /// <summary>What a failure says, so that it can be looked at again.</summary>
    public static string HowToRepeat { get; } = $"The generated messages come from {SeedVariable}={Seed.ToString(CultureInfo.InvariantCulture)}.";

    public static IEnumerable<(string Name, EmailMessage Message)> All =>
        Messages(Depth).Sample(Count, new Rnd(Seed, 1), Size).Select((message, index) => ($"generated {Number(index)}", message));

    public static IEnumerable<ReadyMadeMessage> ReadyMade =>
        EightBitMessages.All.Sample(ReadyMadeCount, new Rnd(Seed, 3), Size).Select((message, index) => message with { Name = $"generated ready-made {Number(index)}" });

    private static Gen<EmailMessage> Messages(int depth) =>
        from author in Gen.Frequency((30, MeanAddresses.Mailboxes), (1, MeanAddresses.International))
        from sender in Gen.Frequency((4, Gen.Constant<EmailAddress?>(null)), (1, MeanAddresses.Mailboxes.Select(EmailAddress? (mailbox) => mailbox)))
        from replyTo in Gen.Frequency((3, Gen.Constant(AddressList.Empty)), (1, MeanAddresses.Lists))
        from to in MeanAddresses.Lists
        from cc in Gen.Frequency((2, Gen.Constant(AddressList.Empty)), (1, MeanAddresses.Lists))
        from subject in Gen.Frequency((1, Gen.Constant<string?>(null)), (15, MeanTexts.HeaderValues.Select(string? (value) => value)))
        from text in Gen.Frequency((1, Gen.Constant<string?>(null)), (4, MeanTexts.Bodies.Select(string? (value) => value)))
        from html in Gen.Frequency((2, Gen.Constant<string?>(null)), (1, MeanTexts.Bodies.Select(string? (value) => value)), (1, MeanTexts.Bodies.Select(string? (value) => $"<p>{value}</p>")))
        from alternatives in MeanAlternatives.Lists
        from files in MeanAttachments.Lists
        from messages in depth == 0 ? Gen.Constant<Attachment[]>([]) : Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Constant(2))).SelectMany(count => Attached(depth - 1).ArrayOf(count))
        from attachments in Gen.Shuffle(files.Concat(messages))
        from withFields in MeanFields.Settings
        from headers in Headers
        from date in Dates
        select withFields(new EmailMessage
        {
            From = author,
            Sender = sender,
            ReplyTo = replyTo,
            To = to,
            Cc = cc,
            Bcc = [new EmailAddress("secret@example.org", "Secret")],
            Subject = subject,
            Text = text,
            Html = html,
            Alternatives = alternatives,
            Attachments = attachments,
            Headers = headers,
            Date = date,
        });

    // Never inline, for the same reason as a text. A file name of its own, or the one that comes from the subject.
    private static Gen<Attachment> Attached(int depth) =>
        from message in Messages(depth)
        from fileName in Gen.OneOf(Gen.Constant<string?>(null), MeanTexts.FileNames.Select(string? (name) => name))
        from ready in Gen.Elements(ReadyMadeMessages.SevenBit, ReadyMadeMessages.EightBit, ReadyMadeMessages.International)
        from isReady in Gen.Elements(true, false, false)
        let inner = message with { Date = message.Date ?? Start, MessageId = "<inner@example.com>" }
        select isReady ? Attachment.FromMessage(ready.Raw, fileName ?? "message.eml") : Attachment.FromMessage(inner, fileName);

    private static Gen<MailHeader[]> Headers => Gen.Frequency((2, Gen.Constant(0)), (2, Gen.Choose(1, 3))).SelectMany(count => Header.ArrayOf(count));

    private static Gen<MailHeader> Header =>
        from name in Gen.Elements("X-Own", "X-Campaign", "x-lower-case", "X-" + new string('n', 30), "X-" + new string('n', 52), "X-" + new string('n', 70), "X")
        from value in MeanTexts.HeaderValues
        select new MailHeader(name, value);

    private static Gen<DateTimeOffset?> Dates =>
        from seconds in Gen.Choose(0, int.MaxValue)
        from quarters in Gen.Choose(-48, 56)
        from isGiven in Gen.Elements(true, true, false)
        select isGiven ? DateTimeOffset.FromUnixTimeSeconds(2L * seconds).ToOffset(TimeSpan.FromMinutes(15 * quarters)) : (DateTimeOffset?)null;

    private static string Number(int index) => (index + 1).ToString("D3", CultureInfo.InvariantCulture);

    private static ulong ReadSeed()
    {
        var text = Environment.GetEnvironmentVariable(SeedVariable);
        if (string.IsNullOrEmpty(text))
            return UsualSeed;
        return ulong.TryParse(text, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new InvalidOperationException($"{SeedVariable} is \"{text}\". Set it to a whole number, or leave it out.");
    }
}
