namespace Sendwright.Testing;

/// <summary>The client did something else than the script says; the message shows what, where, and the conversation before it.</summary>
public sealed class ScriptMismatchException : Exception
{
    internal ScriptMismatchException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
