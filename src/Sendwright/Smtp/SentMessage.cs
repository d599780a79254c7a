using Sendwright.Smtp.Wire;

namespace Sendwright.Smtp;

/// <summary>A message that the server has taken.</summary>
/// <param name="Reply">The reply to the final dot.</param>
/// <param name="Recipients">What it said about each recipient.</param>
internal sealed record SentMessage(SmtpReply Reply, IReadOnlyList<RecipientOutcome> Recipients);
