namespace Sendwright;

/// <summary>A message.</summary>
public sealed record EmailMessage;
