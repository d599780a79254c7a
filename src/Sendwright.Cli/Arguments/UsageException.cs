namespace Sendwright.Cli.Arguments;

/// <summary>The command was not understood: the message says what was wrong and what to type. Ends the tool with exit status 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
