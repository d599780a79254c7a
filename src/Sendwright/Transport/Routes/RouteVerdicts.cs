using System.Collections.Frozen;
using Sendwright.Diagnosis;
using Sendwright.Evidence;

namespace Sendwright.Transport.Routes;

/// <summary>
/// Decides from a failure whether another route can cure it. In doubt a message stays: a failure that says why is better than one that wanders through every account its
/// sender has. docs/guide/routes.md has the same table for people.
/// </summary>
internal static class RouteVerdicts
{
    /// <summary>What each cause means, wherever nothing in <see cref="Of"/> says otherwise.</summary>
    public static FrozenDictionary<string, RouteVerdict> ByCode { get; } = new Dictionary<string, RouteVerdict>
    {
        // Settings and the way to the server: another route has its own.
        [FaultCodes.ConfigMissing] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.ConfigInvalid] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.ConfigConflict] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.SecretHasWhitespace] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.AuthUsernameFormat] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.DnsNameNotFound] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.DnsLookupFailed] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.ConnectionRefused] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.ConnectionTimedOut] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.Port25Blocked] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.NetworkUnreachable] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.Ipv6Broken] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.ConnectionReset] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.ProxyFailed] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.ProxyOrAntivirusInterception] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.BannerTimeout] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.NotAnSmtpServer] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.ServerRejectsClient] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.ServerBusy] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.HeloRejected] = RouteVerdict.MovesAndSetsAside,

        // TLS.
        [FaultCodes.TlsModePlainOnImplicitPort] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.TlsModeImplicitOnStartTlsPort] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.StartTlsNotOffered] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.StartTlsRequired] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.StartTlsStripped] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.StartTlsFailed] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.TlsCertificateExpired] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.TlsCertificateNotYetValid] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.TlsCertificateUntrusted] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.TlsCertificateIncompleteChain] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.TlsCertificateNameMismatch] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.LocalCaStoreMissing] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.TlsProtocolVersion] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.TlsCipherMismatch] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.TlsClientCertificateRequired] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.ClockSkew] = RouteVerdict.MovesAndSetsAside,

        // The login and the account.
        [FaultCodes.AuthBadCredentials] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.AuthAppPasswordRequired] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.AuthBasicDisabled] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.AuthMechanismUnsupported] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.AuthNotOffered] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.AuthRequired] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.AuthAccountLocked] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.AuthServerNotProven] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.AuthTemporaryFailure] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.AccountNotPermitted] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.TokenUnavailable] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.RateLimited] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.QuotaExceeded] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.IpBlocked] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.IpNotAllowed] = RouteVerdict.MovesAndSetsAside,

        // The session, before the final dot: it is certain that the message was not taken.
        [FaultCodes.ServerDisconnected] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.ReplyTimeout] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.ProtocolViolation] = RouteVerdict.MovesAndSetsAside,
        [FaultCodes.ServerOutage] = RouteVerdict.MovesAndSetsAside,

        // What this server does not do for this sender, this domain or this message, and another may.
        [FaultCodes.SenderNotVerified] = RouteVerdict.Moves,
        [FaultCodes.SenderNotAllowed] = RouteVerdict.Moves,
        [FaultCodes.SenderDomainPolicy] = RouteVerdict.Moves,
        [FaultCodes.RelayDenied] = RouteVerdict.Moves,
        [FaultCodes.SandboxRestricted] = RouteVerdict.Moves,
        [FaultCodes.EightBitMimeUnsupported] = RouteVerdict.Moves,

        // The recipient is who it is, whichever way the message comes.
        [FaultCodes.RecipientRejected] = RouteVerdict.Stays,
        [FaultCodes.RecipientSyntax] = RouteVerdict.Stays,
        [FaultCodes.SmtpUtf8Unsupported] = RouteVerdict.Stays,
        [FaultCodes.RecipientSuppressed] = RouteVerdict.Stays,
        [FaultCodes.MailboxFull] = RouteVerdict.Stays,
        [FaultCodes.TooManyRecipients] = RouteVerdict.Stays,
        // The next try has to come the same way: that is what is waited for.
        [FaultCodes.Greylisted] = RouteVerdict.Stays,

        // The message is what it is.
        [FaultCodes.MessageTooLarge] = RouteVerdict.Stays,
        [FaultCodes.ContentRejected] = RouteVerdict.Stays,
        [FaultCodes.ProtocolLineTooLong] = RouteVerdict.Stays,
        [FaultCodes.BareNewline] = RouteVerdict.Stays,
        [FaultCodes.ContentChanged] = RouteVerdict.Stays,
        [FaultCodes.ContentUnreadable] = RouteVerdict.Stays,
        [FaultCodes.MessageExpired] = RouteVerdict.Stays,

        // Sent twice is worse than not known to be sent.
        [FaultCodes.OutcomeUnknown] = RouteVerdict.Stays,

        // This side.
        [FaultCodes.ClientBug] = RouteVerdict.Stays,
        [FaultCodes.EventLoopBlockedOrTimeout] = RouteVerdict.Stays,
    }.ToFrozenDictionary();

    /// <summary>What the failure means.</summary>
    public static RouteVerdict Of(DeliveryFailure failure) => failure.Kind switch
    {
        FaultKind.OutcomeUnknown or FaultKind.Cancelled or FaultKind.ContentNotCanonical or FaultKind.ContentChanged or FaultKind.ContentUnreadable => RouteVerdict.Stays,
        // Found from EHLO's reply alone, before anything of the message left: asking another server costs little, and its limits may be others.
        FaultKind.LargerThanAnnouncedSize or FaultKind.SmtpUtf8NotOffered or FaultKind.EightBitMimeNotOffered => RouteVerdict.Moves,
        _ when failure.FaultCode is { } code && ByCode.TryGetValue(code, out var usual) => OfCause(failure, code, usual),
        _ when failure.Retry.Kind == RetryKind.OtherRoute => RouteVerdict.Moves,
        _ => OfStage(failure),
    };

    private static RouteVerdict OfCause(DeliveryFailure failure, string code, RouteVerdict usual) => code switch
    {
        // A server whose own trouble shows in the middle of a message may have it with this message only. With 421 it says that it has it with the connection.
        FaultCodes.ServerBusy when IsInMessage(failure) && failure.Reply?.Code != 421 => RouteVerdict.Moves,
        // MAIL FROM with SIZE: the same as above, in the server's words.
        FaultCodes.MessageTooLarge when failure.Stage == MailStage.Sender => RouteVerdict.Moves,
        // A list that is asked about the content blocks what the message links to, and not this machine.
        FaultCodes.IpBlocked when IsContent(failure) => RouteVerdict.Stays,
        // The sender's address is malformed, for every server.
        FaultCodes.ConfigInvalid when failure.Stage == MailStage.Sender => RouteVerdict.Stays,
        // A server that has come as far as the message does not refuse it for the sake of the settings, even where they are what is suspected first.
        FaultCodes.ConfigMissing or FaultCodes.ConfigInvalid or FaultCodes.ConfigConflict or FaultCodes.SecretHasWhitespace or FaultCodes.AuthUsernameFormat
            when IsInMessage(failure) => OfStage(failure),
        _ => usual,
    };

    // The evidence decides no cause.
    private static RouteVerdict OfStage(DeliveryFailure failure) => failure switch
    {
        { Kind: not FaultKind.Refused } => RouteVerdict.MovesAndSetsAside,
        { Reply.Code: 421 } => RouteVerdict.MovesAndSetsAside,
        { Stage: MailStage.Sender } => RouteVerdict.Moves,
        _ => IsInMessage(failure) ? RouteVerdict.Stays : RouteVerdict.MovesAndSetsAside,
    };

    private static bool IsInMessage(DeliveryFailure failure) => failure.Stage is MailStage.Sender or MailStage.Recipient || IsContent(failure);

    private static bool IsContent(DeliveryFailure failure) => failure.Stage is MailStage.Data or MailStage.EndOfData;
}
