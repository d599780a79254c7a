using System.Globalization;
using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Smtp;

/// <summary>One command line and what of it may be shown.</summary>
/// <param name="Stage">The stage it belongs to.</param>
/// <param name="Line">The line without its CRLF.</param>
/// <param name="Shown">What evidence records: the line itself, or its masked form.</param>
internal readonly record struct SmtpCommand(MailStage Stage, string Line, string Shown)
{
    /// <summary>The content of a message, as it stands in a transcript.</summary>
    public const string ContentShown = "(content)";

    public static SmtpCommand Ehlo(string name) => Plain(MailStage.Hello, $"EHLO {name}");

    public static SmtpCommand Helo(string name) => Plain(MailStage.Hello, $"HELO {name}");

    public static SmtpCommand StartTls { get; } = Plain(MailStage.Tls, "STARTTLS");

    public static SmtpCommand Data { get; } = Plain(MailStage.Data, "DATA");

    /// <summary>The whole content in one chunk (RFC 3030, 2). Its reply is the one to the message.</summary>
    public static SmtpCommand Bdat(long size) => Plain(MailStage.EndOfData, string.Create(CultureInfo.InvariantCulture, $"BDAT {size} LAST"));

    public static SmtpCommand Rset(MailStage stage) => Plain(stage, "RSET");

    public static SmtpCommand Quit(MailStage stage) => Plain(stage, "QUIT");

    public static SmtpCommand Mail(string address, string parameters) => Plain(MailStage.Sender, $"MAIL FROM:<{address}>{parameters}");

    public static SmtpCommand Rcpt(string address, string parameters) => Plain(MailStage.Recipient, $"RCPT TO:<{address}>{parameters}");

    public static SmtpCommand Auth(string mechanism, string? initialResponse) => initialResponse is null
        ? Plain(MailStage.Auth, $"AUTH {mechanism}")
        : new SmtpCommand(MailStage.Auth, $"AUTH {mechanism} {initialResponse}", $"AUTH {mechanism} {Secret.Mask}");

    /// <summary>An answer to a challenge: always masked, whatever is in it.</summary>
    public static SmtpCommand AuthAnswer(string line) => new(MailStage.Auth, line, Secret.Mask);

    private static SmtpCommand Plain(MailStage stage, string line) => new(stage, line, line);
}
