using Sendwright.Evidence;

namespace Sendwright.Diagnosis.Rules;

/// <summary>
/// What refusals mean, the most telling first: words that name a cause before enhanced codes (RFC 3463), enhanced codes before the bare code (RFC 5321, 4.2.3), since
/// servers choose codes loosely and words with care. The first that matches is the cause.
/// </summary>
internal static class ReplyMeanings
{
    private static readonly MailStage[] Login = [MailStage.Auth];
    private static readonly MailStage[] Envelope = [MailStage.Sender, MailStage.Recipient];
    private static readonly MailStage[] Content = [MailStage.Data, MailStage.EndOfData];
    private static readonly MailStage[] Transaction = [MailStage.Sender, MailStage.Recipient, MailStage.Data, MailStage.EndOfData];
    private static readonly MailStage[] Beginning = [MailStage.Connect, MailStage.Greeting, MailStage.Hello];

    public static IReadOnlyList<ReplyMeaning> All { get; } =
    [
        // Encryption and login wanted.
        new(FaultCodes.StartTlsRequired, Certainty.Certain) { Codes = [530, 538, 503, 550, 554, 451, 421, 534], Words = ["starttls command first", "issue a starttls", "starttls first", "starttls is required", "use starttls", "must use tls", "tls required", "encryption required", "secure connection required", "requires tls", "must issue starttls"] },
        new(FaultCodes.StartTlsRequired, Certainty.Certain) { Codes = [538] },
        new(FaultCodes.AuthAppPasswordRequired, Certainty.Certain) { Stages = Login, Words = ["application-specific password", "app password", "app-specific password", "application specific password", "authorization code", "authorized code"] },
        new(FaultCodes.AuthAppPasswordRequired, Certainty.Certain) { Stages = Login, Codes = [534], Enhanced = ["5.7.9"] },
        new(FaultCodes.AuthBasicDisabled, Certainty.Certain) { Words = ["smtpclientauthentication is disabled", "basic authentication is disabled", "client authentication is disabled", "smtp_auth_disabled", "security defaults policy", "conditional access policy", "basic auth is disabled"] },
        new(FaultCodes.AuthAccountLocked, Certainty.Certain) { Stages = Login, Words = ["log in via your web browser", "login via your web browser", "web login required", "weblogin required", "account is locked", "account locked", "account has been locked", "suspended", "account is blocked", "account has been blocked", "account is disabled", "account disabled"] },
        // Too many logins: for now (4yz) it is a rate; for good (5yz) the account is shut until its owner acts.
        new(FaultCodes.RateLimited, Certainty.Certain) { Stages = Login, Codes = [421, 450, 451, 454], Words = ["too many", "throttl"] },
        new(FaultCodes.AuthAccountLocked) { Stages = Login, Words = ["too many"] },
        new(FaultCodes.AuthBasicDisabled) { Stages = Login, Enhanced = ["5.7.139"], WithoutWords = ["credentials were incorrect", "password is incorrect"] },

        // Reputation, policy and limits may come at any stage.
        new(FaultCodes.SenderDomainPolicy, Certainty.Certain) { Enhanced = ["x.7.20", "x.7.21", "x.7.22", "x.7.23", "x.7.24", "x.7.25", "x.7.26", "x.7.27", "x.7.29", "x.7.30"] },
        new(FaultCodes.SenderDomainPolicy) { Words = ["dmarc", "spf check", "spf fail", "spf validation", "sender policy framework", "dkim", "does not designate", "unauthenticated email"] },
        new(FaultCodes.IpNotAllowed, Certainty.Certain) { Words = ["ip not allowed", "ip address not allowed", "unauthorized ip", "ip address is not authorized", "ip is not authorized", "tenantattribution", "ip not whitelisted", "not an authorized ip", "unrecognised ip", "unrecognized ip"] },
        new(FaultCodes.IpBlocked) { Words = ["spamhaus", "blocklist", "block list", "blacklist", "blocked using", "dnsbl", "rbl", "spamcop", "barracuda", "poor reputation", "bad reputation", "low reputation", "client host blocked", "banned sending ip", "listed at", "listed in", "user complaints"], WithoutWords = ["sender address rejected"] },
        // x.7.x is policy (RFC 3463, 3.8): a quota there is the sender's, not the mailbox's.
        new(FaultCodes.QuotaExceeded, Certainty.Certain) { Enhanced = ["x.7.x"], Words = ["quota exceeded", "exceeded quota", "over quota"] },
        new(FaultCodes.QuotaExceeded, Certainty.Certain) { Words = ["submissionquotaexceeded", "per 24 hours", "per day", "daily user sending", "daily sending quota", "daily sending limit", "daily smtp relay", "daily message quota", "sending quota", "quota exceeded for sending", "daily limit", "daily quota", "monthly limit", "monthly quota", "maximum credits exceeded", "credits", "plan limit", "email limit", "exceeded the maximum number of messages per day", "message quota"], WithoutWords = ["mailbox", "over quota"] },
        new(FaultCodes.SandboxRestricted, Certainty.Certain) { Words = ["sandbox", "authorized recipients", "testing emails", "trial account", "demo domain"] },
        new(FaultCodes.SenderNotVerified, Certainty.Certain) { Words = ["not verified", "verified sender", "does not match a verified", "domain is not verified", "unverified", "sender identity", "sender signature", "domain not found in your account", "not a confirmed", "address is not validated"] },
        new(FaultCodes.RateLimited, Certainty.Certain) { Words = ["rate limit", "ratelimit", "rate exceeded", "sending rate", "too many messages", "too many emails", "too many mails", "too many connections from", "throttl", "too fast", "too much mail", "concurrent connections", "unusual rate", "submission rate", "limit exceeded: messages per"], WithoutWords = ["daily"] },
        new(FaultCodes.Greylisted, Certainty.Certain) { Words = ["greylist", "graylist", "grey list", "gray list", "grey-list", "gray-list"] },
        new(FaultCodes.BareNewline, Certainty.Certain) { Words = ["bare <lf>", "bare lf", "bare newline", "bare line feed", "bare <cr>", "bare cr", "smtplf.html", "<lf> without <cr>"] },
        new(FaultCodes.ProtocolLineTooLong, Certainty.Certain) { Words = ["line too long", "lines too long", "line length exceeded", "maximum allowed line length", "line is too long", "exceeds line length", "line length limit"] },

        // The login judged.
        new(FaultCodes.AuthTemporaryFailure, Certainty.Certain) { Stages = Login, Codes = [454, 451, 421, 432] },
        new(FaultCodes.AuthMechanismUnsupported, Certainty.Certain) { Stages = Login, Codes = [504] },
        new(FaultCodes.AuthNotOffered, Certainty.Certain) { Stages = Login, Codes = [500, 502, 503], Words = ["not enabled", "not supported", "not recognized", "unrecognized", "not implemented", "not available", "unknown command", "not allowed"] },
        new(FaultCodes.AuthNotOffered) { Stages = Login, Codes = [500, 502] },
        new(FaultCodes.StartTlsRequired) { Stages = Login, Codes = [530] },
        new(FaultCodes.AuthMechanismUnsupported, Certainty.Certain) { Stages = Login, Enhanced = ["5.7.4"] },
        new(FaultCodes.AuthAccountLocked, Certainty.Certain) { Stages = Login, Codes = [534], Enhanced = ["5.7.14"] },
        new(FaultCodes.AuthUsernameFormat) { Stages = Login, Codes = [535], Words = ["invalid username", "invalid user name", "username must", "user name must"] },
        new(FaultCodes.AccountNotPermitted) { Stages = Login, Words = ["not authorized to use", "not permitted", "not allowed to use", "has no permission", "not entitled"] },
        new(FaultCodes.AuthBadCredentials, Certainty.Certain) { Stages = Login, Codes = [535] },
        new(FaultCodes.AuthBadCredentials) { Stages = Login, Codes = [501, 534, 550, 553, 554, 525, 526] },

        // Postfix ends the session in the first reply inside TLS: "421 4.7.1 ... No client certificate presented", or "not trusted", or "Client certificate expired".
        new(FaultCodes.TlsClientCertificateRequired, Certainty.Certain) { Stages = Beginning, Words = ["client certificate"] },

        // Greeting and EHLO.
        new(FaultCodes.ServerBusy, Certainty.Certain) { Stages = Beginning, Codes = [421, 450, 451, 452, 454] },
        new(FaultCodes.HeloRejected, Certainty.Certain) { Stages = [MailStage.Hello], Codes = [501, 504, 550, 553, 554] },
        new(FaultCodes.HeloRejected, Certainty.Certain) { Stages = Transaction, Words = ["helo command rejected", "ehlo command rejected", "invalid helo", "invalid ehlo", "helo name", "need fully-qualified hostname", "helo hostname"] },
        new(FaultCodes.ServerRejectsClient, Certainty.Certain) { Stages = Beginning },

        // A login that was not made.
        new(FaultCodes.AuthRequired, Certainty.Certain) { Codes = [530] },
        new(FaultCodes.AuthRequired, Certainty.Certain) { Stages = Transaction, Words = ["authentication required", "authentication is required", "auth required", "not authenticated", "unauthenticated sender", "must authenticate", "must be authenticated", "authenticate first", "authenticate before", "please authenticate", "login required", "log in first", "client was not authenticated", "smtp authentication"], WithoutWords = ["relay"] },

        // Sender.
        new(FaultCodes.SenderNotAllowed, Certainty.Certain) { Words = ["sendasdenied", "not owned by user", "not allowed to send as", "not permitted to send as", "not authorized to send", "sender address rejected: not", "must be same as", "does not belong to", "not allowed to use this sender", "mismatch between envelope", "from address does not match", "sender is not allowed", "sender not allowed", "not allowed to send from", "not your address", "sender rejected"] },
        new(FaultCodes.AccountNotPermitted, Certainty.Certain) { Stages = Transaction, Words = ["is not authorized to perform", "access denied", "account is not enabled", "account is not active", "not allowed to send mail", "sending is disabled", "sending has been disabled"], WithoutWords = ["relay", "policy"] },
        new(FaultCodes.ConfigInvalid) { Stages = [MailStage.Sender], Enhanced = ["5.1.7", "5.1.8"] },
        new(FaultCodes.ConfigInvalid) { Stages = [MailStage.Sender], Codes = [501, 553], Words = ["syntax", "bad sender", "invalid sender", "invalid address", "malformed"] },

        // Recipient.
        new(FaultCodes.RelayDenied, Certainty.Certain) { Words = ["relay access denied", "relaying denied", "relay not permitted", "relay denied", "relaying not", "unable to relay", "cannot relay", "not permitted to relay", "not allowed to relay", "relay is not", "relaying is not", "relay prohibited", "no relaying", "we do not relay", "rcpthosts", "not a local", "not local"] },
        new(FaultCodes.MailboxFull, Certainty.Certain) { Enhanced = ["x.2.2"] },
        new(FaultCodes.MailboxFull, Certainty.Certain) { Words = ["mailbox full", "mailbox is full", "over quota", "quota exceeded", "overquota", "mailbox has exceeded", "insufficient storage", "out of storage"], Stages = Transaction },
        new(FaultCodes.TooManyRecipients, Certainty.Certain) { Enhanced = ["x.5.3"] },
        new(FaultCodes.TooManyRecipients, Certainty.Certain) { Words = ["too many recipients", "too many rcpt", "recipient limit"] },
        new(FaultCodes.RecipientSuppressed, Certainty.Certain) { Words = ["suppression list", "suppressed", "previously bounced", "unsubscribed"] },
        new(FaultCodes.RecipientRejected, Certainty.Certain) { Stages = Transaction, Enhanced = ["x.1.1", "x.1.10", "x.1.6", "x.2.1"] },
        new(FaultCodes.RecipientRejected, Certainty.Certain) { Stages = Transaction, Words = ["user unknown", "unknown user", "no such user", "no such recipient", "no such mailbox", "does not exist", "mailbox unavailable", "mailbox not found", "recipient not found", "unknown recipient", "invalid recipient", "recipient unknown", "address unknown", "unrouteable address", "account is disabled", "mailbox disabled", "no mailbox"] },
        new(FaultCodes.RecipientSyntax, Certainty.Certain) { Enhanced = ["x.1.3"] },
        new(FaultCodes.RecipientSyntax) { Stages = [MailStage.Recipient], Codes = [501, 553] },
        new(FaultCodes.SmtpUtf8Unsupported, Certainty.Certain) { Enhanced = ["x.6.7"] },
        new(FaultCodes.SmtpUtf8Unsupported, Certainty.Certain) { Words = ["smtputf8"] },
        new(FaultCodes.RateLimited) { Enhanced = ["4.7.28"] },
        new(FaultCodes.Greylisted) { Stages = [MailStage.Recipient], Codes = [450, 451], Enhanced = ["4.7.1", "4.2.0", "4.7.0"] },

        // Content.
        new(FaultCodes.MessageTooLarge, Certainty.Certain) { Enhanced = ["x.3.4", "x.2.3"] },
        new(FaultCodes.MessageTooLarge, Certainty.Certain) { Words = ["message size exceeds", "message too large", "message too big", "exceeds size limit", "size limit exceeded", "exceeds fixed limit", "maximum message size", "message file too big", "message exceeds", "exceeded storage allocation"] },
        new(FaultCodes.ContentRejected, Certainty.Certain) { Words = ["spam", "virus", "malware", "phishing", "content rejected", "message content", "blocked by our content", "message rejected", "rejected due to local policy", "message blocked", "suspicious"], Stages = Content },
        new(FaultCodes.ContentRejected) { Stages = Content, Codes = [550, 554, 552], Enhanced = ["5.7.0", "5.7.1", "5.6.0"] },
        new(FaultCodes.ServerDisconnected) { Codes = [421, 451], Enhanced = ["4.4.2"] },
        new(FaultCodes.ServerDisconnected) { Codes = [421, 451], Words = ["timeout waiting", "timed out", "timeout exceeded", "idle", "lost connection"] },

        // 4.3.5, "system incorrectly configured" (RFC 3463, 3.4): nothing on this side can mend that.
        new(FaultCodes.ServerOutage) { Enhanced = ["x.3.5"] },

        // The bare codes.
        new(FaultCodes.RelayDenied) { Stages = [MailStage.Recipient], Codes = [550, 551, 554], Enhanced = ["5.7.1"] },
        new(FaultCodes.ServerBusy) { Codes = [421, 452] },
        new(FaultCodes.ServerBusy) { Codes = [432, 450, 451], Enhanced = ["4.3.0", "4.3.1", "4.3.2"] },
        new(FaultCodes.Greylisted, Certainty.Possible) { Stages = Envelope, Codes = [450, 451] },
        new(FaultCodes.RecipientRejected) { Stages = [MailStage.Recipient], Codes = [550, 551, 554] },
        new(FaultCodes.MessageTooLarge) { Stages = Content, Codes = [552] },
        new(FaultCodes.MailboxFull) { Stages = [MailStage.Recipient], Codes = [552] },
        new(FaultCodes.SenderNotAllowed, Certainty.Possible) { Stages = [MailStage.Sender], Codes = [550, 551, 553, 554] },
        new(FaultCodes.ContentRejected, Certainty.Possible) { Stages = Content, Codes = [550, 554] },
        new(FaultCodes.ServerBusy, Certainty.Possible) { Codes = [450, 451, 454] },
    ];
}
