namespace Sendwright;

/// <summary>How urgent a message is for its reader (the Importance of RFC 2156, and the X-Priority that mail programs show).</summary>
public enum MessagePriority
{
    /// <summary>As any other; nothing is written.</summary>
    Normal,

    /// <summary>To be read first.</summary>
    High,

    /// <summary>To be read when there is time.</summary>
    Low,
}
