namespace Sendwright.Transport.Pool;

/// <summary>What a pool counts.</summary>
internal enum Tally
{
    Accepted,
    Refused,
    Unknown,
    Failed,
    Cancelled,
    Resent,
    Opened,
    OpenFailed,
}
