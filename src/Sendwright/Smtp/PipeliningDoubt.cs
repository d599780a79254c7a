namespace Sendwright.Smtp;

/// <summary>What the end of a connection says about the server and commands that come in groups.</summary>
internal enum PipeliningDoubt
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It hung up in the middle of a group. Other things than the group can be the reason.</summary>
    Possible,

    /// <summary>It answered a part of a group only.</summary>
    Likely,

    /// <summary>It answered nothing of what came behind the end of a message.</summary>
    LikelyBehindContent,

    /// <summary>It lost step, or said that it does not like groups.</summary>
    Certain,
}
