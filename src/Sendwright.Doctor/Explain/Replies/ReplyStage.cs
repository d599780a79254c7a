using Sendwright.Evidence;
using Sendwright.Smtp.Wire;

namespace Sendwright.Doctor.Explain.Replies;

/// <summary>Which command a reply answers, from what stands around it, or else from the reply itself.</summary>
internal static class ReplyStage
{
    // What programs print in front of a reply they quote, the nearest to it counts.
    private static readonly (string Words, MailStage Stage)[] Before =
    [
        ("smtpauthenticationerror", MailStage.Auth),
        ("smtpsenderrefused", MailStage.Sender),
        ("smtprecipientsrefused", MailStage.Recipient),
        ("smtprecipientrefused", MailStage.Recipient),
        ("smtpdataerror", MailStage.EndOfData),
        ("smtpheloerror", MailStage.Hello),
        ("smtpconnecterror", MailStage.Greeting),
        ("smtpconnectresponseerror", MailStage.Greeting),
        ("invalid login", MailStage.Auth),
        ("authentication failed", MailStage.Auth),
        ("authentication unsuccessful", MailStage.Auth),
        ("failed to authenticate", MailStage.Auth),
        ("could not authenticate", MailStage.Auth),
        ("auth login", MailStage.Auth),
        ("auth plain", MailStage.Auth),
        ("login failed", MailStage.Auth),
        ("mail command failed", MailStage.Sender),
        ("mail from", MailStage.Sender),
        ("rcpt from", MailStage.Recipient),
        ("rcpt to", MailStage.Recipient),
        ("all recipients were rejected", MailStage.Recipient),
        ("recipient command failed", MailStage.Recipient),
        ("recipients failed", MailStage.Recipient),
        ("data command failed", MailStage.Data),
        ("message failed", MailStage.EndOfData),
        ("end of data", MailStage.EndOfData),
        ("invalid greeting", MailStage.Greeting),
        ("starttls", MailStage.Tls),
        ("ehlo", MailStage.Hello),
        ("helo", MailStage.Hello),
    ];

    // Postfix's bounces and logs say it behind the reply.
    private static readonly (string Words, MailStage Stage)[] After =
    [
        ("in reply to end of data", MailStage.EndOfData),
        ("in reply to rcpt", MailStage.Recipient),
        ("in reply to mail", MailStage.Sender),
        ("in reply to data", MailStage.Data),
        ("in reply to ehlo", MailStage.Hello),
        ("in reply to helo", MailStage.Hello),
        ("in reply to auth", MailStage.Auth),
        ("in reply to starttls", MailStage.Tls),
    ];

    /// <summary>The stage that the words around a reply name; null where they name none.</summary>
    public static MailStage? FromContext(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        foreach (var (words, stage) in After)
        {
            if (after.Contains(words, StringComparison.OrdinalIgnoreCase))
                return stage;
        }

        MailStage? nearest = null;
        var place = -1;
        foreach (var (words, stage) in Before)
        {
            var at = before.LastIndexOf(words, StringComparison.OrdinalIgnoreCase);
            // "mail from" is no command in "email from example.com".
            if (at > place && (at == 0 || !char.IsAsciiLetter(before[at - 1])))
                (nearest, place) = (stage, at);
        }

        return nearest;
    }

    /// <summary>The stage at which a refusal of this kind is usual: RFC 4954, 6 for logins, RFC 3463 for the rest. What fits several falls to the one that decides over the message.</summary>
    public static MailStage Usual(SmtpReply reply)
    {
        var text = reply.Text;
        if (reply.Code is 235 or 334 or 432 && !Says(text, "connection") || reply.Code is 534 or 535 or 538 or 525 or 526)
            return MailStage.Auth;
        if (reply.Code is 504 or 500 or 502 or 503 or 501 or 550 && Says(text, "helo", "ehlo"))
            return MailStage.Hello;
        if (reply.Code is 454 or 501 or 503 && Says(text, "tls not available", "tls is not available", "tls currently unavailable"))
            return MailStage.Tls;
        if (reply.Code == 530 || Says(text, "starttls command", "issue a starttls", "issue starttls"))
            return MailStage.Sender;
        if (reply.EnhancedCode is { } code && FromEnhanced(code, reply.Code, text) is { } stage)
            return stage;
        if (reply.Code is 504 or 500 or 502 or 503 && Says(text, "auth"))
            return MailStage.Auth;
        if (Says(text, "recipient", "mailbox unavailable", "user unknown", "no such user", "relay", "user does not exist", "mailbox not found", "rcpt"))
            return MailStage.Recipient;
        if (Says(text, "sender address", "sender rejected", "sender domain", "senders not", "sender not", "from address"))
            return MailStage.Sender;
        return reply.Code switch
        {
            220 => MailStage.Greeting,
            // RFC 7504: a host that takes no mail greets with 521; with an enhanced code it was said to a command.
            521 when reply.EnhancedCode is null => MailStage.Greeting,
            354 => MailStage.Data,
            421 when Says(text, "too many connections", "service not available", "try again later", "busy", "maximum number of concurrent") => MailStage.Greeting,
            553 or 551 or 251 or 252 => MailStage.Recipient,
            _ => MailStage.EndOfData,
        };
    }

    private static MailStage? FromEnhanced(EnhancedStatusCode code, int reply, string text) => (code.Subject, code.Detail) switch
    {
        // RFC 3463, 3.2: other address status; 7 and 8 are the sender's, the rest the destination's.
        (1, 7 or 8) => MailStage.Sender,
        (1, 0) when Says(text, "sender") => MailStage.Sender,
        (1, _) => MailStage.Recipient,
        (2, 1 or 2) => MailStage.Recipient,
        (5, 3) => MailStage.Recipient,
        (5, 4) when Says(text, "auth") => MailStage.Auth,
        // RFC 4954, 6, and the codes Microsoft adds to it.
        (7, 8 or 9 or 11 or 12 or 139) => MailStage.Auth,
        (7, 3 or 4 or 0) when Says(text, "authentic", "login", "credential", "password") && reply is 535 or 534 or 454 or 504 or 550 or 538 or 530 => MailStage.Auth,
        (7, 57 or 60 or 64) => MailStage.Sender,
        _ => null,
    };

    private static bool Says(string text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
