using Sendwright.Evidence;
using Sendwright.Settings;
using static Sendwright.Diagnosis.Catalog.FindingContext;

namespace Sendwright.Diagnosis.Catalog;

internal static class SessionEntries
{
    private static readonly RetryAdvice Minutes = RetryAdvice.Later(TimeSpan.FromMinutes(5));

    public static IReadOnlyList<CatalogEntry> All { get; } =
    [
        new(FaultCodes.ServerDisconnected, Minutes,
            c => $"{c.Host} closed the connection in the middle{(c.Fault is { } fault ? $" (stage {fault.Stage.ToName()})" : "")}.",
            c => $"It gave no reason that names a fault: a restart, a limit, a time-out on its side, or a device in between.{c.Words}",
            _ => [Do("Try again; if it happens each time, look into the server's log at this moment.")]),
        new(FaultCodes.ReplyTimeout, Minutes,
            c => $"{c.Host} did not answer in time{(c.Fault is { } fault ? $" (stage {fault.Stage.ToName()})" : "")}.",
            c => c.Fault?.Message ?? "The connection is open, and no complete reply came.",
            c => [Do("Try again later; if it happens each time, ask the server's operator."), c.About(SettingKey.Timeout, $"If the server is known to be slow, raise {c.Name(SettingKey.Timeout)}.")]),
        new(FaultCodes.OutcomeUnknown, Minutes,
            _ => "Nobody here knows whether the message was taken.",
            _ => "The whole message went out and the connection ended before the reply. It was sent or not; sending it again may make it arrive twice.",
            _ => [Do("Look for the Message-ID in the server's log or the recipient's mailbox before sending again.")])
        { References = ["https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.2.6"] },
        new(FaultCodes.BareNewline, RetryAdvice.WhenFixed,
            c => c.Fault is { Kind: FaultKind.ContentNotCanonical } fault && fault.Message.Contains("a NUL", StringComparison.Ordinal)
                ? "The message has a NUL, which no text may hold."
                : "The message has a line end that is not CR LF.",
            c => c.Fault is { Kind: FaultKind.ContentNotCanonical } fault
                ? $"{fault.Message} Servers refuse such messages, or end them early, since they were used to smuggle others."
                : $"Servers refuse it since such lines were used to smuggle messages.{c.Words}",
            _ => [Do("Let the sending library write the message, or convert every line end to CR LF before sending.")])
        { References = ["https://www.rfc-editor.org/rfc/rfc5321#section-2.3.8"] },
        new(FaultCodes.ProtocolLineTooLong, RetryAdvice.WhenFixed,
            _ => "The message has a line that is too long.",
            c => $"No line may exceed 998 octets; HTML in one line is the usual reason.{c.Words}",
            _ => [Do("Let the body be encoded as quoted-printable or base64.")])
        { References = ["https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1"] },
        new(FaultCodes.ContentChanged, RetryAdvice.WhenFixed,
            _ => "The message changed while it was sent.",
            c => c.Fault?.Message ?? "Its octets are not those that were read or announced before.",
            _ => [Do("Leave its source alone until the message is sent (write a new file beside it and rename), or make the message anew.")]),
        new(FaultCodes.ContentUnreadable, RetryAdvice.WhenFixed,
            _ => "A part of the message could not be read while it was sent.",
            c => c.Fault?.Message ?? "A file or stream that belongs to the message failed.",
            _ => [Do("Keep attached files until the message has been sent, and let a stream that comes over a network live as long as the sending takes.")]),
        new(FaultCodes.ServerOutage, RetryAdvice.Later(TimeSpan.FromMinutes(15)),
            c => $"{c.Provider?.Name ?? c.Host} itself is down.",
            _ => "The fault is not on this side.",
            c => [Do(c.Provider?.StatusPage is { } page ? $"Watch the provider's status page: {page}" : "Wait, and watch the provider's status page.")]),
        new(FaultCodes.ClientBug, RetryAdvice.WhenFixed,
            _ => "The sending program or its library does something wrong itself.",
            _ => "The server has nothing to do with it: the calls come in the wrong order, or the library's version has a known defect.",
            _ => [Do("Update the library, and check the order of the calls against its documentation.")]),
        new(FaultCodes.EventLoopBlockedOrTimeout, RetryAdvice.WhenFixed,
            _ => "The program's own event loop or deadline got in the way.",
            _ => "The server has nothing to do with it: the loop was blocked, started twice, or the program's own deadline was too short.",
            _ => [Do("Await the sending in the running loop, or hand it to a background task; give it at least 30 seconds.")]),
        new(FaultCodes.MessageExpired, RetryAdvice.Never,
            _ => "The message's expiry passed before it could be sent.",
            _ => "Sending it now would help nobody.",
            _ => [Do("Send a new one, if it is still wanted.")]),
    ];
}
