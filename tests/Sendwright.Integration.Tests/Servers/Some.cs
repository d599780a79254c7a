using System.Text;
using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Servers;

/// <summary>An ordinary message, for tests in which nothing is to be wrong with it.</summary>
internal static class Some
{
    private const string Message =
        "From: Ann <ann@example.test>\r\nTo: Ann <ann@example.test>\r\nSubject: Proof\r\nDate: Sun, 22 Nov 2026 12:00:00 +0000\r\n" +
        "Message-ID: <proof@example.test>\r\n\r\nA line.\r\n.A line that begins with a dot.\r\n\r\nThe last one.\r\n";

    public static SmtpSubmission Submission { get; } = new()
    {
        Security = "starttls",
        Username = MailAccount.Ann.Address,
        Password = MailAccount.Ann.Password,
        From = MailAccount.Ann.Address,
        To = MailAccount.Ann.Address,
        Message = Message,
    };

    /// <summary>The message lies in the mailbox as it was sent; servers put trace fields before it and keep lines ending in LF.</summary>
    public static void AssertDelivered(byte[] delivered) =>
        Assert.EndsWith("\n" + Message.ReplaceLineEndings("\n"), Encoding.ASCII.GetString(delivered), StringComparison.Ordinal);
}
