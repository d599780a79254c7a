using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>Messages that FsCheck makes, the same ones for the same seed.</summary>
internal static class GeneratedMessages
{
    private const int Count = 300;

    private const ulong UsualSeed = 20_261_122;

    /// <summary>The variable that sets another seed.</summary>
    private const string SeedVariable = "SENDWRIGHT_READERS_SEED";

    /// <summary>The bound that FsCheck's own generators grow to; ours do not ask for it.</summary>
    private const int Size = 50;

    private static ulong Seed { get; } = ReadSeed();

    /// <summary>What a failure says, so that it can be looked at again.</summary>
    public static string HowToRepeat { get; } = $"The generated messages come from {SeedVariable}={Seed.ToString(CultureInfo.InvariantCulture)}.";

    public static IEnumerable<(string Name, EmailMessage Message)> All =>
        Messages.Sample(Count, new Rnd(Seed, 1), Size).Select((message, index) => ($"generated {(index + 1).ToString("D3", CultureInfo.InvariantCulture)}", message));

    private static Gen<EmailMessage> Messages =>
        from author in Gen.Frequency((30, MeanAddresses.Mailboxes), (1, MeanAddresses.International))
        from sender in Gen.Frequency((4, Gen.Constant<EmailAddress?>(null)), (1, MeanAddresses.Mailboxes.Select(EmailAddress? (mailbox) => mailbox)))
        from replyTo in Gen.Frequency((3, Gen.Constant(AddressList.Empty)), (1, MeanAddresses.Lists))
        from to in MeanAddresses.Lists
        from cc in Gen.Frequency((2, Gen.Constant(AddressList.Empty)), (1, MeanAddresses.Lists))
        from subject in Gen.Frequency((1, Gen.Constant<string?>(null)), (15, MeanTexts.HeaderValues.Select(string? (value) => value)))
        from text in Gen.Frequency((1, Gen.Constant<string?>(null)), (4, MeanTexts.Bodies.Select(string? (value) => value)))
        from html in Gen.Frequency((2, Gen.Constant<string?>(null)), (1, MeanTexts.Bodies.Select(string? (value) => value)), (1, MeanTexts.Bodies.Select(string? (value) => $"<p>{value}</p>")))
        from attachments in MeanAttachments.Lists
        from headers in Headers
        from date in Dates
        select new EmailMessage
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
            Attachments = attachments,
            Headers = headers,
            Date = date,
        };

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
