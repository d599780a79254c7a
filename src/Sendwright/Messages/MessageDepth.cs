namespace Sendwright.Messages;

/// <summary>How many messages may be inside one another.</summary>
internal static class MessageDepth
{
    /// <summary>Readers stop long before: Postfix and Dovecot at 100 levels of parts, mailparser and Gmail at fewer; a forwarded message has three parts of its own.</summary>
    public const int Max = 16;
}
