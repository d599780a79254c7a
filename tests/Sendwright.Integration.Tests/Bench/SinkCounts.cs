namespace Sendwright.Integration.Tests.Bench;

/// <summary>What the sink reports, as far as tests look at it.</summary>
internal sealed record SinkCounts(long Connections, long Messages, long Refused, long Octets, long Chunks, long Turns, long Waits, long Handshakes, long Resumed, long Logins);
