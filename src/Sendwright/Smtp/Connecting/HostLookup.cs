using System.Net;
using System.Net.Sockets;
using Sendwright.Evidence;

namespace Sendwright.Smtp.Connecting;

/// <summary>Looks a host's addresses up. Never throws for what a resolver can say: the outcome says it.</summary>
internal delegate ValueTask<Resolution> HostLookup(string host, CancellationToken cancellationToken);

/// <summary>The operating system's resolver.</summary>
internal static class SystemHostLookup
{
    public static HostLookup With(TimeProvider clock) => (host, cancellationToken) => LookUpAsync(host, clock, cancellationToken);

    private static async ValueTask<Resolution> LookUpAsync(string host, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
            return new Resolution(host, "literal", ResolutionOutcome.Found, [literal], TimeSpan.Zero);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
            var outcome = addresses.Length > 0 ? ResolutionOutcome.Found : ResolutionOutcome.NoAddress;
            return new Resolution(host, Resolution.SystemResolver, outcome, addresses, clock.GetElapsedTime(started));
        }
        catch (SocketException e)
        {
            // getaddrinfo says EAI_NONAME for NXDOMAIN and for a name without an address alike.
            var outcome = e.SocketErrorCode switch
            {
                SocketError.HostNotFound => ResolutionOutcome.NotFound,
                SocketError.NoData => ResolutionOutcome.NoAddress,
                SocketError.TryAgain => ResolutionOutcome.NoAnswer,
                _ => ResolutionOutcome.ServerFailed,
            };
            return new Resolution(host, Resolution.SystemResolver, outcome, [], clock.GetElapsedTime(started), e.Message);
        }
        catch (ArgumentException e)
        {
            return new Resolution(host, Resolution.SystemResolver, ResolutionOutcome.NotFound, [], clock.GetElapsedTime(started), e.Message);
        }
    }
}
