using Sendwright.Settings;
using static Sendwright.Diagnosis.Catalog.FindingContext;

namespace Sendwright.Diagnosis.Catalog;

internal static class EnvelopeEntries
{
    public static IReadOnlyList<CatalogEntry> All { get; } =
    [
        new(FaultCodes.SenderNotVerified, RetryAdvice.WhenFixed,
            c => $"The provider has not verified {c.From}.",
            c => $"It takes mail only from addresses and domains whose owner has proved to be theirs.{c.Words}",
            c => [c.About(SettingKey.From, $"Verify the address or its domain in the provider's console, or set {c.Name(SettingKey.From)} to a verified one.")]),
        new(FaultCodes.SenderNotAllowed, RetryAdvice.WhenFixed,
            c => $"The login may not send as {c.From}.",
            c => $"The account and the from address do not belong together for this server.{c.Words}",
            c => [c.About(SettingKey.From, $"Set {c.Name(SettingKey.From)} to the account's own address, or give the account the right to send as that address.")]),
        new(FaultCodes.SenderDomainPolicy, RetryAdvice.WhenFixed,
            c => $"The mail fails the policy of the sender's domain ({c.From}).",
            c => $"SPF, DKIM or DMARC say that this server may not send for the domain.{c.Words}",
            _ => [Do("Publish an SPF record that includes this server or provider, and sign with DKIM for the from domain.")])
        { References = ["https://www.rfc-editor.org/rfc/rfc7489"] },
        new(FaultCodes.RelayDenied, RetryAdvice.WhenFixed,
            c => $"{c.Host} takes no mail for that domain from this client.",
            c => $"It delivers only for its own domains, or to whoever has logged in or comes from a known address.{c.Words}",
            c => [
                c.Evidence.Subject?.Auth?.Accepted == true
                    ? Do("Ask the server's operator to let this account send to other domains.")
                    : c.About(SettingKey.Username, $"Log in: set {c.Name(SettingKey.Username)} and {c.Name(SettingKey.Password)}, on the submission port (587 or 465)."),
                c.About(SettingKey.Host, $"Check that {c.Name(SettingKey.Host)} is the server for sending, not the recipient's."),
            ]),
        new(FaultCodes.RecipientRejected, RetryAdvice.Never,
            c => $"The recipient does not exist or takes no mail.{RecipientOf(c)}",
            c => $"The server knows the domain and refuses the mailbox.{c.Words}",
            _ => [Do("Check the address with its owner, and take it off the list if it is gone.")]),
        new(FaultCodes.RecipientSyntax, RetryAdvice.Never,
            c => $"The recipient's address is not valid.{RecipientOf(c)}",
            c => $"The server cannot read it as local part, @, domain.{c.Words}",
            _ => [Do("Correct the address; check for blanks, missing parts and stray punctuation.")]),
        new(FaultCodes.RecipientSuppressed, RetryAdvice.Never,
            _ => "The recipient is on the provider's suppression list.",
            c => $"An earlier mail bounced or was complained about, so the provider does not try again.{c.Words}",
            _ => [Do("If the address is good again, remove it from the suppression list in the provider's console.")]),
        new(FaultCodes.MailboxFull, RetryAdvice.Later(TimeSpan.FromHours(4)),
            _ => "The recipient's mailbox is full.",
            c => $"Only its owner can make room.{c.Words}",
            _ => [Do("Try again later, or reach the recipient another way.")]),
        new(FaultCodes.TooManyRecipients, new RetryAdvice(RetryKind.Split),
            _ => "The message has more recipients than the server takes at once.",
            c => $"The server took some and refused the rest for now.{c.Words}",
            _ => [Do("Send it as several messages with fewer recipients each.")]),
        new(FaultCodes.SmtpUtf8Unsupported, RetryAdvice.Never,
            _ => "An address has letters beyond ASCII in front of the @, which this server cannot carry.",
            c => c.Fault?.Message ?? "The server does not offer SMTPUTF8 (RFC 6531).",
            _ => [Do("Use an ASCII address of the same person, or a server that offers SMTPUTF8.")])
        { References = ["https://www.rfc-editor.org/rfc/rfc6531"] },
        new(FaultCodes.EightBitMimeUnsupported, new RetryAdvice(RetryKind.OtherRoute),
            _ => "The message is 8-bit, and this server takes 7-bit content only.",
            c => c.Fault?.Message ?? "The server does not offer 8BITMIME (RFC 6152).",
            _ => [Do("Send it over a server that offers 8BITMIME, or encode its parts as quoted-printable or base64 before it is signed.")])
        { References = ["https://www.rfc-editor.org/rfc/rfc6152#section-3"] },
        new(FaultCodes.SandboxRestricted, RetryAdvice.WhenFixed,
            _ => "The account is in the provider's sandbox and may write only to approved recipients.",
            c => $"Trial accounts are limited until the provider lifts it.{c.Words}",
            _ => [Do("Approve the recipient in the provider's console, or ask the provider to lift the limit.")]),
    ];

    private static string RecipientOf(FindingContext context) =>
        context.Fault is { Command: { } command } && command.StartsWith("RCPT TO:", StringComparison.Ordinal) ? $" ({command[8..]})" : "";
}
