namespace Sendwright;

/// <summary>Who a message really comes from and goes to, whatever its headers say (RFC 5321, 2.3.1).</summary>
public sealed record Envelope
{
    /// <summary>The address that gets the reports of failure; null for <c>MAIL FROM:&lt;&gt;</c>.</summary>
    public EmailAddress? Sender { get; init; }

    /// <summary>Everyone who gets the message: To, Cc and Bcc alike, each once. At least one.</summary>
    public required IReadOnlyList<EmailAddress> Recipients { get; init; }
}
