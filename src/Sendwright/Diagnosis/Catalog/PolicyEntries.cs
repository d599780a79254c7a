using static Sendwright.Diagnosis.Catalog.FindingContext;

namespace Sendwright.Diagnosis.Catalog;

internal static class PolicyEntries
{
    public static IReadOnlyList<CatalogEntry> All { get; } =
    [
        new(FaultCodes.RateLimited, RetryAdvice.Later(TimeSpan.FromMinutes(15)),
            c => $"{c.Host} says: too much in too short a time.",
            c => $"Messages, connections or logins came faster than it allows.{c.Words}",
            _ => [Do("Send slower and over fewer connections; keep a connection for several messages; log in once.")]),
        new(FaultCodes.QuotaExceeded, new RetryAdvice(RetryKind.AfterReset),
            _ => "The account's sending quota is used up.",
            c => $"The provider takes no more until the quota is reset or raised.{c.Words}",
            _ => [Do("Wait for the reset (most are daily), or raise the plan.")]),
        new(FaultCodes.MessageTooLarge, RetryAdvice.Never,
            c => $"The message is larger than {c.Host} takes.",
            c => $"{c.Fault?.Message}".Trim() is { Length: > 0 } said ? said : "Attachments grow by a third when they are encoded.",
            _ => [Do("Send a link in place of the attachment, or a smaller one; attachments grow by a third when they are encoded.")])
        { References = ["https://www.rfc-editor.org/rfc/rfc1870"] },
        new(FaultCodes.ContentRejected, RetryAdvice.Never,
            c => $"{c.Host} refuses the message for what is in it.",
            c => $"A spam or virus filter, or a content policy, said no.{c.Words}",
            _ => [Do("Look at links, attachments and wording; send a plain text alone to see which part it is.")]),
        new(FaultCodes.Greylisted, RetryAdvice.Later(TimeSpan.FromMinutes(5)),
            _ => "The server puts first-time senders off for some minutes (greylisting).",
            c => $"The same message goes through when it is tried again later.{c.Words}",
            _ => [Do("Try again in five minutes; a queue does that by itself.")])
        { References = ["https://www.rfc-editor.org/rfc/rfc6647"] },
        new(FaultCodes.IpBlocked, RetryAdvice.WhenFixed,
            _ => "This machine's address is on a block list or has a bad reputation.",
            c => $"The server refuses the address, whatever the message.{c.Words}",
            _ => [Do("Follow the list's removal page named in the reply, or send through a provider's own servers.")]),
        new(FaultCodes.IpNotAllowed, RetryAdvice.WhenFixed,
            _ => "The account or server takes mail only from listed addresses, and this one is not among them.",
            c => $"It is about this machine's address, not the login.{c.Words}",
            _ => [Do("Add this machine's public address to the allowed list in the provider's console.")]),
    ];
}
