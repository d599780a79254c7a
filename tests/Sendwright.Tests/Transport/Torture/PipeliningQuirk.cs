namespace Sendwright.Tests.Transport.Torture;

/// <summary>How a server breaks that offers PIPELINING and does not bear it.</summary>
internal enum PipeliningQuirk
{
    None,

    /// <summary>Of what it reads at once it sees the first command, and throws the rest away.</summary>
    DiscardsBehindFirstCommand,

    /// <summary>503 to each command that was there before the reply to the one before.</summary>
    Answers503,

    /// <summary>554 "synchronization error", and hangs up.</summary>
    Answers554,

    /// <summary>Closes the connection without a word.</summary>
    HangsUp,

    /// <summary>Throws away what it has read together with the end of a message.</summary>
    DiscardsBehindFinalDot,
}
