using Sendwright.Smtp.Wire;

namespace Sendwright;

/// <summary>What a server said about one recipient.</summary>
/// <param name="Address">The recipient.</param>
/// <param name="Accepted">Whether the server takes the message for it. Of a message whose end is unknown or refused, that is no promise.</param>
/// <param name="Reply">The reply to its RCPT TO; null where it was not asked for.</param>
public sealed record RecipientOutcome(EmailAddress Address, bool Accepted, SmtpReply? Reply);
