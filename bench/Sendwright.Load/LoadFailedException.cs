namespace Sendwright.Load;

/// <summary>A run that proves nothing: a message was not sent, or a receipt is wrong.</summary>
internal sealed class LoadFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
