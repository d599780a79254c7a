namespace Sendwright.Smtp.Wire;

/// <summary>Why received content cannot be taken.</summary>
internal enum ContentProblem
{
    None,

    /// <summary>A CR without its LF.</summary>
    BareCarriageReturn,

    /// <summary>An LF without its CR.</summary>
    BareLineFeed,

    /// <summary>More octets than allowed.</summary>
    TooLarge,
}
