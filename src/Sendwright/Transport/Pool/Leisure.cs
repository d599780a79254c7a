namespace Sendwright.Transport.Pool;

/// <summary>What a connection without work is to do.</summary>
internal enum Leisure
{
    /// <summary>There is work after all.</summary>
    None,

    /// <summary>Wait for some.</summary>
    Rest,

    /// <summary>Take leave.</summary>
    End,
}
