using Sendwright.Evidence;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>The exceptions of smtplib and aiosmtplib that carry a reply. Both libraries name them alike; the name says which command was refused.</summary>
internal static class PythonExceptionName
{
    private static readonly (string Name, MailStage? Stage)[] Known =
    [
        ("SMTPAuthenticationError", MailStage.Auth),
        ("SMTPSenderRefused", MailStage.Sender),
        ("SMTPRecipientsRefused", MailStage.Recipient),
        ("SMTPRecipientRefused", MailStage.Recipient),
        ("SMTPDataError", MailStage.EndOfData),
        ("SMTPHeloError", MailStage.Hello),
        ("SMTPConnectResponseError", MailStage.Greeting),
        ("SMTPConnectError", MailStage.Greeting),
        ("SMTPResponseException", null),
    ];

    /// <summary>The name that stands last; null where none does.</summary>
    public static string? LastIn(ReadOnlySpan<char> text)
    {
        string? last = null;
        var place = -1;
        foreach (var (name, _) in Known)
        {
            var at = text.LastIndexOf(name, StringComparison.Ordinal);
            if (at > place)
                (last, place) = (name, at);
        }

        return last;
    }

    /// <summary>The stage an exception belongs to; null where it may be any.</summary>
    public static MailStage? StageOf(string name) => Array.Find(Known, known => known.Name == name).Stage;
}
