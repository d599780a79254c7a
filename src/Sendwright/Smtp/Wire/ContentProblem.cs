namespace Sendwright.Smtp.Wire;

/// <summary>Why received content cannot be taken.</summary>
internal enum ContentProblem
{
    None,

    /// <summary>A CR without its LF.</summary>
    BareCarriageReturn,

    /// <summary>An LF without its CR.</summary>
    BareLineFeed,

    /// <summary>An octet 0, which no text has (RFC 5322, 2.1; RFC 2045, 2.7 and 2.8).</summary>
    Nul,

    /// <summary>More octets than allowed.</summary>
    TooLarge,
}
