namespace Sendwright.Diagnosis;

/// <summary>The stable vocabulary of every diagnosis. A code never changes its meaning once released; docs/reference/fault-codes.md says what decides each.</summary>
public static class FaultCodes
{
    /// <summary><c>config-missing</c></summary>
    public const string ConfigMissing = "config-missing";

    /// <summary><c>config-invalid</c></summary>
    public const string ConfigInvalid = "config-invalid";

    /// <summary><c>config-conflict</c></summary>
    public const string ConfigConflict = "config-conflict";

    /// <summary><c>secret-has-whitespace</c></summary>
    public const string SecretHasWhitespace = "secret-has-whitespace";

    /// <summary><c>auth-username-format</c></summary>
    public const string AuthUsernameFormat = "auth-username-format";

    /// <summary><c>dns-name-not-found</c></summary>
    public const string DnsNameNotFound = "dns-name-not-found";

    /// <summary><c>dns-lookup-failed</c></summary>
    public const string DnsLookupFailed = "dns-lookup-failed";

    /// <summary><c>connection-refused</c></summary>
    public const string ConnectionRefused = "connection-refused";

    /// <summary><c>connection-timed-out</c></summary>
    public const string ConnectionTimedOut = "connection-timed-out";

    /// <summary><c>port-25-blocked</c></summary>
    public const string Port25Blocked = "port-25-blocked";

    /// <summary><c>network-unreachable</c></summary>
    public const string NetworkUnreachable = "network-unreachable";

    /// <summary><c>ipv6-broken</c></summary>
    public const string Ipv6Broken = "ipv6-broken";

    /// <summary><c>connection-reset</c></summary>
    public const string ConnectionReset = "connection-reset";

    /// <summary><c>proxy-failed</c></summary>
    public const string ProxyFailed = "proxy-failed";

    /// <summary><c>proxy-or-antivirus-interception</c></summary>
    public const string ProxyOrAntivirusInterception = "proxy-or-antivirus-interception";

    /// <summary><c>banner-timeout</c></summary>
    public const string BannerTimeout = "banner-timeout";

    /// <summary><c>not-an-smtp-server</c></summary>
    public const string NotAnSmtpServer = "not-an-smtp-server";

    /// <summary><c>server-rejects-client</c></summary>
    public const string ServerRejectsClient = "server-rejects-client";

    /// <summary><c>server-busy</c></summary>
    public const string ServerBusy = "server-busy";

    /// <summary><c>helo-rejected</c></summary>
    public const string HeloRejected = "helo-rejected";

    /// <summary><c>tls-mode-plain-on-implicit-port</c></summary>
    public const string TlsModePlainOnImplicitPort = "tls-mode-plain-on-implicit-port";

    /// <summary><c>tls-mode-implicit-on-starttls-port</c></summary>
    public const string TlsModeImplicitOnStartTlsPort = "tls-mode-implicit-on-starttls-port";

    /// <summary><c>starttls-not-offered</c></summary>
    public const string StartTlsNotOffered = "starttls-not-offered";

    /// <summary><c>starttls-required</c></summary>
    public const string StartTlsRequired = "starttls-required";

    /// <summary><c>starttls-stripped</c></summary>
    public const string StartTlsStripped = "starttls-stripped";

    /// <summary><c>starttls-failed</c></summary>
    public const string StartTlsFailed = "starttls-failed";

    /// <summary><c>tls-certificate-expired</c></summary>
    public const string TlsCertificateExpired = "tls-certificate-expired";

    /// <summary><c>tls-certificate-not-yet-valid</c></summary>
    public const string TlsCertificateNotYetValid = "tls-certificate-not-yet-valid";

    /// <summary><c>tls-certificate-untrusted</c></summary>
    public const string TlsCertificateUntrusted = "tls-certificate-untrusted";

    /// <summary><c>tls-certificate-incomplete-chain</c></summary>
    public const string TlsCertificateIncompleteChain = "tls-certificate-incomplete-chain";

    /// <summary><c>tls-certificate-name-mismatch</c></summary>
    public const string TlsCertificateNameMismatch = "tls-certificate-name-mismatch";

    /// <summary><c>local-ca-store-missing</c></summary>
    public const string LocalCaStoreMissing = "local-ca-store-missing";

    /// <summary><c>tls-protocol-version</c></summary>
    public const string TlsProtocolVersion = "tls-protocol-version";

    /// <summary><c>tls-cipher-mismatch</c></summary>
    public const string TlsCipherMismatch = "tls-cipher-mismatch";

    /// <summary><c>tls-client-certificate-required</c></summary>
    public const string TlsClientCertificateRequired = "tls-client-certificate-required";

    /// <summary><c>clock-skew</c></summary>
    public const string ClockSkew = "clock-skew";

    /// <summary><c>auth-bad-credentials</c></summary>
    public const string AuthBadCredentials = "auth-bad-credentials";

    /// <summary><c>auth-app-password-required</c></summary>
    public const string AuthAppPasswordRequired = "auth-app-password-required";

    /// <summary><c>auth-basic-disabled</c></summary>
    public const string AuthBasicDisabled = "auth-basic-disabled";

    /// <summary><c>auth-mechanism-unsupported</c></summary>
    public const string AuthMechanismUnsupported = "auth-mechanism-unsupported";

    /// <summary><c>auth-not-offered</c></summary>
    public const string AuthNotOffered = "auth-not-offered";

    /// <summary><c>auth-required</c></summary>
    public const string AuthRequired = "auth-required";

    /// <summary><c>auth-account-locked</c></summary>
    public const string AuthAccountLocked = "auth-account-locked";

    /// <summary><c>auth-temporary-failure</c></summary>
    public const string AuthTemporaryFailure = "auth-temporary-failure";

    /// <summary><c>account-not-permitted</c></summary>
    public const string AccountNotPermitted = "account-not-permitted";

    /// <summary><c>auth-server-not-proven</c></summary>
    public const string AuthServerNotProven = "auth-server-not-proven";

    /// <summary><c>token-unavailable</c></summary>
    public const string TokenUnavailable = "token-unavailable";

    /// <summary><c>sender-not-verified</c></summary>
    public const string SenderNotVerified = "sender-not-verified";

    /// <summary><c>sender-not-allowed</c></summary>
    public const string SenderNotAllowed = "sender-not-allowed";

    /// <summary><c>sender-domain-policy</c></summary>
    public const string SenderDomainPolicy = "sender-domain-policy";

    /// <summary><c>relay-denied</c></summary>
    public const string RelayDenied = "relay-denied";

    /// <summary><c>recipient-rejected</c></summary>
    public const string RecipientRejected = "recipient-rejected";

    /// <summary><c>recipient-syntax</c></summary>
    public const string RecipientSyntax = "recipient-syntax";

    /// <summary><c>recipient-suppressed</c></summary>
    public const string RecipientSuppressed = "recipient-suppressed";

    /// <summary><c>mailbox-full</c></summary>
    public const string MailboxFull = "mailbox-full";

    /// <summary><c>too-many-recipients</c></summary>
    public const string TooManyRecipients = "too-many-recipients";

    /// <summary><c>smtputf8-unsupported</c></summary>
    public const string SmtpUtf8Unsupported = "smtputf8-unsupported";

    /// <summary><c>8bitmime-unsupported</c></summary>
    public const string EightBitMimeUnsupported = "8bitmime-unsupported";

    /// <summary><c>sandbox-restricted</c></summary>
    public const string SandboxRestricted = "sandbox-restricted";

    /// <summary><c>rate-limited</c></summary>
    public const string RateLimited = "rate-limited";

    /// <summary><c>quota-exceeded</c></summary>
    public const string QuotaExceeded = "quota-exceeded";

    /// <summary><c>message-too-large</c></summary>
    public const string MessageTooLarge = "message-too-large";

    /// <summary><c>content-rejected</c></summary>
    public const string ContentRejected = "content-rejected";

    /// <summary><c>greylisted</c></summary>
    public const string Greylisted = "greylisted";

    /// <summary><c>ip-blocked</c></summary>
    public const string IpBlocked = "ip-blocked";

    /// <summary><c>ip-not-allowed</c></summary>
    public const string IpNotAllowed = "ip-not-allowed";

    /// <summary><c>server-disconnected</c></summary>
    public const string ServerDisconnected = "server-disconnected";

    /// <summary><c>reply-timeout</c></summary>
    public const string ReplyTimeout = "reply-timeout";

    /// <summary><c>outcome-unknown</c></summary>
    public const string OutcomeUnknown = "outcome-unknown";

    /// <summary><c>protocol-violation</c></summary>
    public const string ProtocolViolation = "protocol-violation";

    /// <summary><c>protocol-line-too-long</c></summary>
    public const string ProtocolLineTooLong = "protocol-line-too-long";

    /// <summary><c>bare-newline</c></summary>
    public const string BareNewline = "bare-newline";

    /// <summary><c>content-changed</c></summary>
    public const string ContentChanged = "content-changed";

    /// <summary><c>content-unreadable</c></summary>
    public const string ContentUnreadable = "content-unreadable";

    /// <summary><c>server-outage</c></summary>
    public const string ServerOutage = "server-outage";

    /// <summary><c>client-bug</c></summary>
    public const string ClientBug = "client-bug";

    /// <summary><c>event-loop-blocked-or-timeout</c></summary>
    public const string EventLoopBlockedOrTimeout = "event-loop-blocked-or-timeout";

    /// <summary><c>message-expired</c></summary>
    public const string MessageExpired = "message-expired";
}
