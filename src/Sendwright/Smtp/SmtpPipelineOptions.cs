namespace Sendwright.Smtp;

/// <summary>How far a connection may go ahead of the server's replies.</summary>
/// <param name="Window">The most messages under way at a time.</param>
/// <param name="LargestGroup">The most commands of one message without a reply; 1 is one command at a time.</param>
/// <param name="Chunking">Whether BDAT is used where the server offers CHUNKING (RFC 3030).</param>
internal sealed record SmtpPipelineOptions(int Window, int LargestGroup, bool Chunking)
{
    /// <summary>
    /// The largest group where the server offers PIPELINING. Not without end: a client that only writes while the server's replies fill the connection the other way waits
    /// for ever (RFC 2920, 3.1).
    /// </summary>
    public const int Grouped = 100;

    /// <summary>One command at a time, one message at a time.</summary>
    public static SmtpPipelineOptions OneAtATime { get; } = new(1, 1, Chunking: false);
}
