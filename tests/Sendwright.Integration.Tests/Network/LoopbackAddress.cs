using System.Net;

namespace Sendwright.Integration.Tests.Network;

/// <summary>
/// Loopback addresses for one server each. All of 127.0.0.0/8 is this machine on Linux, so every test has the well-known ports 25, 465 and 587 to itself,
/// and what a diagnosis finds on the neighbouring ports is what it would find in the wild.
/// </summary>
internal static class LoopbackAddress
{
    /// <summary>An address out of four million that nobody else is likely to hold: no test ever shares one, nor do two test runs.</summary>
    public static IPAddress Next() =>
        new([127, (byte)Random.Shared.Next(64, 128), (byte)Random.Shared.Next(256), (byte)Random.Shared.Next(1, 255)]);
}
