namespace Sendwright.Transport;

/// <summary>What a message is read from is not what it was when the message was opened. A transport turns it into its own failure; who writes elsewhere sees an <see cref="IOException"/>.</summary>
internal sealed class MessageChangedException(string message) : IOException(message);
