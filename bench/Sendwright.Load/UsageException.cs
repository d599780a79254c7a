namespace Sendwright.Load;

/// <summary>The command line cannot be carried out; the message says what to change.</summary>
internal sealed class UsageException(string message) : Exception(message);
