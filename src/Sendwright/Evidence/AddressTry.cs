using System.Net;

namespace Sendwright.Evidence;

/// <summary>One address of a host and what came of connecting to it.</summary>
/// <param name="Address">The address tried.</param>
/// <param name="Port">The port tried.</param>
/// <param name="Failure">Null where it connected.</param>
/// <param name="Elapsed">The time from the first packet to the outcome.</param>
/// <param name="Detail">The operating system's words for the failure.</param>
public sealed record AddressTry(IPAddress Address, int Port, FaultKind? Failure, TimeSpan Elapsed, string? Detail);
