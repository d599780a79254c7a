namespace Sendwright;

/// <summary>Whether a person or a program caused a message (RFC 3834, 5).</summary>
public enum AutoSubmitted
{
    /// <summary>A person did; nothing is written.</summary>
    No,

    /// <summary>A program did by itself, such as a monthly invoice or an alarm.</summary>
    Generated,

    /// <summary>A program answered a message, such as an absence notice.</summary>
    Replied,
}
