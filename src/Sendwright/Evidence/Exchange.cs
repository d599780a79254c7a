using Sendwright.Smtp.Wire;

namespace Sendwright.Evidence;

/// <summary>One command and its reply. Secrets were masked before they got here.</summary>
/// <param name="Stage">The stage it belongs to.</param>
/// <param name="Command">The line sent, masked; null for the greeting, and for a reply nobody asked for.</param>
/// <param name="Reply">The reply; null where none came.</param>
/// <param name="Elapsed">From the command's last byte to the reply's; null where it was not measured.</param>
public sealed record Exchange(MailStage Stage, string? Command, SmtpReply? Reply, TimeSpan? Elapsed);
