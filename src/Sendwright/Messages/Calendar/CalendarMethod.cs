namespace Sendwright;

/// <summary>What a calendar object asks of its reader (RFC 5546, 1.4; RFC 6047).</summary>
public enum CalendarMethod
{
    /// <summary>To come, and to answer.</summary>
    Request,

    /// <summary>To take an event out again.</summary>
    Cancel,

    /// <summary>To note an event; no answer is wanted.</summary>
    Publish,
}
