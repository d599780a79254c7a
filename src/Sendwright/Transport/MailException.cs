using Sendwright.Diagnosis;

namespace Sendwright;

/// <summary>
/// A message was not sent, or nobody knows whether it was. The subclasses are the classic cases; <see cref="Failure"/> has the facts, <see cref="Diagnosis"/> the
/// cause, its evidence and the fix.
/// </summary>
public abstract class MailException : Exception
{
    private protected MailException(DeliveryFailure failure, DiagnosisReport diagnosis, Exception? innerException)
        : base(Describe(failure, diagnosis), innerException)
    {
        Failure = failure;
        Diagnosis = diagnosis;
    }

    /// <summary>The facts.</summary>
    public DeliveryFailure Failure { get; }

    /// <summary>The cause, its evidence, and what to do.</summary>
    public DiagnosisReport Diagnosis { get; }

    // One sentence a person can act on: what happened, then the cause and the first fix.
    private static string Describe(DeliveryFailure failure, DiagnosisReport diagnosis)
    {
        var where = (failure.Route, failure.Server) switch
        {
            (null, null) => "",
            (null, { } server) => $"{server}: ",
            ({ } route, null) => $"Route {route}: ",
            ({ } route, { } server) => $"Route {route}, {server}: ",
        };
        if (diagnosis.Cause is not { } cause)
            return $"{where}{failure.Message}{Others(failure)}";
        var fix = cause.Fixes.Count > 0 ? $" {cause.Fixes[0].Text}" : "";
        return $"{where}{failure.Message} {cause.Title}{fix} [{cause.Code}]{Others(failure)}";
    }

    private static string Others(DeliveryFailure failure) => failure.OtherRoutes.Count == 0
        ? ""
        : $" Also tried: {string.Join("; ", failure.OtherRoutes.Select(other => $"{other.Route}, {(other.Server is null ? "" : $"{other.Server}: ")}{other.Message} [{other.FaultCode ?? "undecided"}]"))}";
}

/// <summary>No connection could be opened: the name, the network, the host or the port.</summary>
public sealed class MailConnectException(DeliveryFailure failure, DiagnosisReport diagnosis, Exception? innerException)
    : MailException(failure, diagnosis, innerException);

/// <summary>The connection ended or broke the protocol before the message was complete: it was not sent.</summary>
public sealed class MailDisconnectedException(DeliveryFailure failure, DiagnosisReport diagnosis, Exception? innerException)
    : MailException(failure, diagnosis, innerException);

/// <summary>TLS could not be had as the settings require it.</summary>
public sealed class MailTlsException(DeliveryFailure failure, DiagnosisReport diagnosis, Exception? innerException)
    : MailException(failure, diagnosis, innerException);

/// <summary>The login failed or was not possible.</summary>
public sealed class MailAuthenticationException(DeliveryFailure failure, DiagnosisReport diagnosis, Exception? innerException)
    : MailException(failure, diagnosis, innerException);

/// <summary>The server said no to the client, the sender, every recipient, or the message.</summary>
public sealed class MailRefusedException(DeliveryFailure failure, DiagnosisReport diagnosis, Exception? innerException)
    : MailException(failure, diagnosis, innerException);

/// <summary>The message itself cannot be sent: it breaks the rules of its lines, is not what it announced, or could not be read. It was broken off, so no server has it.</summary>
public sealed class MailContentException(DeliveryFailure failure, DiagnosisReport diagnosis, Exception? innerException)
    : MailException(failure, diagnosis, innerException);

/// <summary>A time limit passed before the message was complete: it was not sent.</summary>
public sealed class MailTimeoutException(DeliveryFailure failure, DiagnosisReport diagnosis, Exception? innerException)
    : MailException(failure, diagnosis, innerException);

/// <summary>The settings cannot be used; nothing was tried.</summary>
public sealed class MailConfigurationException(DeliveryFailure failure, DiagnosisReport diagnosis, Exception? innerException)
    : MailException(failure, diagnosis, innerException);

/// <summary>The whole message went out and no reply says whether it was taken. Sending it again may make it arrive twice.</summary>
public sealed class MailOutcomeUnknownException(DeliveryFailure failure, DiagnosisReport diagnosis, Exception? innerException)
    : MailException(failure, diagnosis, innerException);
