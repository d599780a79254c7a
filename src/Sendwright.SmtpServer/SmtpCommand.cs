using Sendwright.Settings;
using Sendwright.Smtp.Wire;

namespace Sendwright.SmtpServer;

/// <summary>A command line, read. What has no arguments (or none that matter) is this itself.</summary>
internal record SmtpCommand(SmtpVerb Verb);

/// <summary><c>HELO</c> or <c>EHLO</c> and the name the client gives itself.</summary>
internal sealed record HelloCommand(SmtpVerb Verb, string ClientName) : SmtpCommand(Verb);

/// <summary><c>AUTH mechanism [initial-response]</c>; the response is a secret from the moment it is read.</summary>
internal sealed record AuthCommand(string Mechanism, Secret? InitialResponse) : SmtpCommand(SmtpVerb.Auth);

/// <summary><c>MAIL FROM:&lt;sender&gt;</c> with what of its parameters matters; a null sender is <c>&lt;&gt;</c>.</summary>
internal sealed record MailCommand(SmtpPath? Sender) : SmtpCommand(SmtpVerb.Mail)
{
    /// <summary>SIZE= (RFC 1870).</summary>
    public long? Size { get; init; }

    /// <summary>BODY=8BITMIME (RFC 6152).</summary>
    public bool IsEightBit { get; init; }

    /// <summary>SMTPUTF8 (RFC 6531).</summary>
    public bool SmtpUtf8 { get; init; }
}

/// <summary><c>RCPT TO:&lt;recipient&gt;</c>.</summary>
internal sealed record RcptCommand(SmtpPath Recipient) : SmtpCommand(SmtpVerb.Rcpt);

/// <summary><c>BDAT size [LAST]</c> (RFC 3030); that many octets follow the line, whatever the reply.</summary>
internal sealed record BdatCommand(long Size, bool IsLast) : SmtpCommand(SmtpVerb.Bdat);

/// <summary>A line that is no command, or one with wrong arguments.</summary>
internal sealed record MalformedCommand(SmtpVerb Verb, SmtpRejection Rejection) : SmtpCommand(Verb);
