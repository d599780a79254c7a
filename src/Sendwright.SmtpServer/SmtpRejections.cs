using Sendwright.Smtp.Wire;

namespace Sendwright.SmtpServer;

/// <summary>The one place where a rejection becomes a reply: code, enhanced code (RFC 3463, RFC 5248) and what to do about it.</summary>
internal static class SmtpRejections
{
    public static SmtpReply ToReply(this SmtpRejection rejection) => rejection switch
    {
        SmtpRejection.UnknownCommand => new(500, "5.5.1 Command not recognized"),
        SmtpRejection.NotImplemented => new(502, "5.5.1 Command not implemented here"),
        SmtpRejection.LineTooLong => new(500, "5.5.2 Line too long"),
        SmtpRejection.BareLineFeed => new(500, "5.5.2 Lines end with CR LF; a bare LF came, and this session ends"),
        SmtpRejection.ControlCharacter => new(500, "5.5.2 A command holds no control characters"),
        SmtpRejection.NotUtf8 => new(500, "5.5.2 A command is ASCII or UTF-8"),
        SmtpRejection.ArgumentMissing => new(501, "5.5.4 An argument is missing"),
        SmtpRejection.ArgumentNotAllowed => new(501, "5.5.4 This command takes no further argument"),
        SmtpRejection.ArgumentInvalid => new(501, "5.5.4 The argument is not valid"),
        SmtpRejection.ParameterInvalid => new(501, "5.5.4 A parameter is malformed or given twice"),
        SmtpRejection.ParameterUnknown => new(555, "5.5.4 A parameter is not one that EHLO offers"),
        SmtpRejection.SenderMalformed => new(501, "5.1.7 Give the sender as MAIL FROM:<local@domain> or MAIL FROM:<>"),
        SmtpRejection.RecipientMalformed => new(501, "5.1.3 Give the recipient as RCPT TO:<local@domain>"),
        SmtpRejection.ChunkMalformed => new(501, "5.5.4 BDAT needs its size, and LAST or nothing behind it; this session ends"),

        SmtpRejection.HelloFirst => new(503, "5.5.1 Say EHLO first"),
        SmtpRejection.MailFirst => new(503, "5.5.1 Say MAIL first"),
        SmtpRejection.MailAlreadyGiven => new(503, "5.5.1 MAIL was given; RSET starts anew"),
        SmtpRejection.NotInTransaction => new(503, "5.5.1 Not in the middle of a message; RSET ends it"),
        SmtpRejection.NoValidRecipients => new(554, "5.5.1 No valid recipients"),
        SmtpRejection.ChunkExpected => new(503, "5.5.1 The message's next BDAT, or RSET"),

        SmtpRejection.TlsFirst => new(530, "5.7.0 Say STARTTLS first"),
        SmtpRejection.TlsAlready => new(503, "5.5.1 TLS is already on"),
        SmtpRejection.TlsFollowedByCommands => new(503, "5.5.1 Nothing may follow STARTTLS before its reply; this session ends"),
        SmtpRejection.LoginFirst => new(530, "5.7.0 Log in first"),
        SmtpRejection.LoginAlready => new(503, "5.5.1 Already logged in"),
        SmtpRejection.LoginNeedsTls => new(538, "5.7.11 A login needs TLS; say STARTTLS first"),
        SmtpRejection.LoginCancelled => new(501, "5.7.0 Login cancelled"),
        SmtpRejection.LoginMalformed => new(501, "5.5.2 The login's response is malformed"),
        SmtpRejection.LoginLineTooLong => new(500, "5.5.6 The login's response is too long"),
        SmtpRejection.LoginRefused => new(535, "5.7.8 User name or password is wrong"),
        SmtpRejection.LoginUndecided => new(454, "4.7.0 The login cannot be checked now"),
        SmtpRejection.MechanismUnknown => new(504, "5.5.4 The login mechanisms are PLAIN and LOGIN"),

        SmtpRejection.AddressNeedsSmtpUtf8 => new(553, "5.6.7 An address beyond ASCII needs SMTPUTF8 with MAIL"),
        SmtpRejection.TooManyRecipients => new(452, "4.5.3 Too many recipients; send to the others with another message"),
        SmtpRejection.MessageTooLarge => new(552, "5.3.4 The message is larger than SIZE allows"),
        SmtpRejection.ContentHasBareCarriageReturn => new(554, "5.6.0 The content has a bare CR; lines end with CR LF"),
        SmtpRejection.ContentHasBareLineFeed => new(554, "5.6.0 The content has a bare LF; lines end with CR LF"),
        SmtpRejection.ContentHasNul => new(554, "5.6.0 The content has a NUL; encode it as quoted-printable or base64"),
        SmtpRejection.HandlerFailed => new(451, "4.3.0 Failed here; try again later"),

        SmtpRejection.TooManySessions => new(421, "4.3.2 Too many sessions; try again later"),
        SmtpRejection.TooManyErrors => new(421, "4.7.0 Too many errors"),
        SmtpRejection.TooManyFailedLogins => new(421, "4.7.0 Too many failed logins"),
        SmtpRejection.IdleTooLong => new(421, "4.4.2 Idle too long"),
        SmtpRejection.ShuttingDown => new(421, "4.3.2 Shutting down"),
        _ => throw new ArgumentOutOfRangeException(nameof(rejection), rejection, "No rejection, so no reply."),
    };
}
