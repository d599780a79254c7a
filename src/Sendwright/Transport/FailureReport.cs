using Sendwright.Diagnosis;
using Sendwright.Evidence;

namespace Sendwright.Transport;

/// <summary>Turns the fact that ended a send into the exception its caller sees: passive diagnosis, from this attempt's own evidence alone.</summary>
internal static class FailureReport
{
    public static MailException ToException(AttemptFault fault, DiagnosisEvidence evidence, IReadOnlyList<RecipientOutcome> recipients, Exception? cause)
    {
        var report = Diagnostician.Diagnose(evidence);
        var attempt = evidence.Subject;
        var failure = new DeliveryFailure
        {
            Stage = fault.Stage,
            Kind = fault.Kind,
            Message = attempt?.Fault?.Message ?? fault.Message,
            Server = attempt is null ? null : $"{attempt.Host}:{attempt.Port}",
            Reply = attempt?.Fault?.Reply ?? fault.Reply,
            Recipients = recipients,
            FaultCode = report.Cause?.Code,
            Retry = report.Cause?.Retry ?? (fault.Reply is { IsTransient: true } ? RetryAdvice.AfterTransientReply : RetryAdvice.WhenFixed),
            Transcript = attempt is null ? [] : Transcript.Of(attempt.Exchanges),
        };
        return Exception(failure, report, cause);
    }

    private static MailException Exception(DeliveryFailure failure, DiagnosisReport report, Exception? cause) => failure.Kind switch
    {
        FaultKind.OutcomeUnknown => new MailOutcomeUnknownException(failure, report, cause),
        FaultKind.ContentNotCanonical or FaultKind.ContentChanged or FaultKind.ContentUnreadable => new MailContentException(failure, report, cause),
        FaultKind.SettingsUnusable => new MailConfigurationException(failure, report, cause),
        FaultKind.ReplyTimedOut or FaultKind.TotalTimedOut or FaultKind.ConnectionTimedOut => new MailTimeoutException(failure, report, cause),
        FaultKind.NameNotFound or FaultKind.NameLookupFailed or FaultKind.ConnectionRefused or FaultKind.NetworkUnreachable or FaultKind.ConnectionFailed or FaultKind.ProxyFailed
            => new MailConnectException(failure, report, cause),
        _ => failure.Stage switch
        {
            MailStage.Dns or MailStage.Connect => new MailConnectException(failure, report, cause),
            MailStage.Tls => new MailTlsException(failure, report, cause),
            MailStage.Auth when failure.Kind is not (FaultKind.Disconnected or FaultKind.ConnectionReset) => new MailAuthenticationException(failure, report, cause),
            _ when failure.Kind is FaultKind.Refused or FaultKind.SmtpUtf8NotOffered or FaultKind.EightBitMimeNotOffered or FaultKind.LargerThanAnnouncedSize => new MailRefusedException(failure, report, cause),
            _ => new MailDisconnectedException(failure, report, cause),
        },
    };
}
