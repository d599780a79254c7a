using System.Net;
using System.Net.Sockets;
using Sendwright.Evidence;

namespace Sendwright.Smtp.Connecting;

/// <summary>Opens a TCP connection to the first of a host's addresses that answers (RFC 8305).</summary>
internal static class TcpConnector
{
    /// <summary>No mail server has more; a resolver may say anything.</summary>
    private const int MostAddresses = 32;

    /// <summary>The addresses that a message names; all of them are in the evidence.</summary>
    private const int MostNamed = 8;

    // A server may take ten minutes for the reply to a message. Something between that forgets silent connections must not make it an unknown outcome, and a server
    // that is gone for good is to be noticed before that.
    private const int KeepAliveSeconds = 60;
    private const int KeepAliveInterval = 15;
    private const int KeepAliveRetries = 4;

    /// <summary>Looks the host up and connects; every lookup and address is recorded. The address is what was connected to: a socket that was reset since does not tell it any more.</summary>
    /// <param name="host">The host.</param>
    /// <param name="port">The port.</param>
    /// <param name="lookup">The resolver.</param>
    /// <param name="time">The limits.</param>
    /// <param name="recorder">The record; the stage Connect is left open in it.</param>
    /// <param name="bindAddress">This machine's address to connect from; null for the system's choice.</param>
    /// <exception cref="SmtpSessionException">The name has no address, no address answers, or the address to connect from is not this machine's.</exception>
    public static async Task<(Socket Socket, IPEndPoint EndPoint)> ConnectAsync(
        string host, int port, HostLookup lookup, SessionTime time, AttemptRecorder recorder, IPAddress? bindAddress = null)
    {
        recorder.Begin(MailStage.Dns);
        var resolution = await time.LimitAsync(time.Timeouts.Connect, MailStage.Dns, $"address of {host}", token => lookup(host, token)).ConfigureAwait(false);
        recorder.Resolved(resolution);
        if (resolution.Addresses.Count == 0)
            throw new SmtpSessionException(NoAddress(host, resolution));
        recorder.End(StageOutcome.Ok, string.Join(", ", resolution.Addresses.Take(MostAddresses)));

        recorder.Begin(MailStage.Connect);
        var tried = new List<AddressTry>();
        var addresses = Usable(Interleave(resolution.Addresses), host, port, bindAddress, Note);
        try
        {
            return await time.LimitAsync(
                time.Timeouts.Connect, MailStage.Connect, $"connection to {host}:{port}",
                async token =>
                {
                    var race = new AddressRace<Socket>((address, stop) => OpenAsync(new IPEndPoint(address, port), bindAddress, stop), port, time.Clock, Note);
                    var winner = await race.RunAsync(addresses, token).ConfigureAwait(false);
                    return winner is { } won
                        ? (won.Connection, new IPEndPoint(won.Address, port))
                        : throw new SmtpSessionException(NoneConnected(host, port, Tried(), null));
                }).ConfigureAwait(false);
        }
        catch (SmtpSessionException e) when (e.Fault.Kind is FaultKind.ReplyTimedOut)
        {
            throw new SmtpSessionException(NoneConnected(host, port, Tried(), e.Fault.Message), e.InnerException);
        }

        void Note(AddressTry attempt)
        {
            recorder.Tried(attempt);
            lock (tried)
                tried.Add(attempt);
        }

        AddressTry[] Tried()
        {
            lock (tried)
                return [.. tried];
        }
    }

    private static async ValueTask<Socket> OpenAsync(IPEndPoint endPoint, IPAddress? bindAddress, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Without this, a group that ends in a small segment waits 40 ms for the peer's delayed acknowledgement.
            socket.NoDelay = true;
            KeepAlive(socket);
            if (bindAddress is not null)
                socket.Bind(new IPEndPoint(bindAddress, 0));
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void KeepAlive(Socket socket)
    {
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveInterval);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveRetries);
        }
        catch (SocketException)
        {
            // A system without it sends mail all the same.
        }
    }

    /// <summary>The addresses that can be reached from the address to connect from.</summary>
    private static List<IPAddress> Usable(List<IPAddress> addresses, string host, int port, IPAddress? bindAddress, Action<AddressTry> note)
    {
        if (bindAddress is null)
            return addresses;
        CheckIsHere(bindAddress);
        var family = bindAddress.AddressFamily == AddressFamily.InterNetwork ? "IPv4" : "IPv6";
        foreach (var other in addresses.Where(address => address.AddressFamily != bindAddress.AddressFamily))
            note(new AddressTry(other, port, FaultKind.NotTried, TimeSpan.Zero, $"not tried: the address to connect from is {family}"));
        addresses.RemoveAll(address => address.AddressFamily != bindAddress.AddressFamily);
        return addresses.Count > 0 ? addresses : throw Unusable($"The address to connect from, {bindAddress}, is {family}, and {host} has no address of that kind.", null);
    }

    private static void CheckIsHere(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            throw Unusable($"The address to connect from, {address}, is not one of this machine's.", e);
        }
        catch (SocketException)
        {
            // Something else is amiss, and shows with the connection.
        }
    }

    // RFC 8305, 4: the families alternate, beginning with the resolver's first choice.
    private static List<IPAddress> Interleave(IReadOnlyList<IPAddress> addresses)
    {
        var first = addresses.Where(address => address.AddressFamily == addresses[0].AddressFamily).ToList();
        var second = addresses.Where(address => address.AddressFamily != addresses[0].AddressFamily).ToList();
        var result = new List<IPAddress>(addresses.Count);
        for (var i = 0; i < Math.Max(first.Count, second.Count) && result.Count < MostAddresses; i++)
        {
            if (i < first.Count)
                result.Add(first[i]);
            if (i < second.Count)
                result.Add(second[i]);
        }

        return result;
    }

    private static AttemptFault NoAddress(string host, Resolution resolution)
    {
        var exists = resolution.Outcome is ResolutionOutcome.NameDoesNotExist or ResolutionOutcome.NoAddress or ResolutionOutcome.NotFound;
        return new AttemptFault
        {
            Stage = MailStage.Dns,
            Kind = exists ? FaultKind.NameNotFound : FaultKind.NameLookupFailed,
            Message = exists ? $"The name {host} has no address: {resolution.Detail}." : $"The lookup of {host} failed: {resolution.Detail}.",
        };
    }

    private static AttemptFault NoneConnected(string host, int port, AddressTry[] tried, string? limit)
    {
        var kinds = tried.Select(attempt => attempt.Failure).OfType<FaultKind>().ToHashSet();
        // An address that answered says more than one that is silent, and silence more than a missing route of this machine's.
        FaultKind[] ranked =
            [FaultKind.ConnectionRefused, FaultKind.ConnectionReset, FaultKind.ConnectionTimedOut, FaultKind.NetworkUnreachable, FaultKind.ConnectionFailed];
        var kind = ranked.FirstOrDefault(kinds.Contains, limit is null ? FaultKind.ConnectionFailed : FaultKind.ConnectionTimedOut);
        var each = string.Join("; ", tried.Take(MostNamed).Select(attempt => $"{attempt.Address}: {attempt.Detail}"));
        var more = tried.Length > MostNamed ? $"; and {tried.Length - MostNamed} more" : "";
        return new AttemptFault
        {
            Stage = MailStage.Connect,
            Kind = kind,
            Message = $"No connection to {host}:{port} ({(each.Length > 0 ? each + more : limit)}).",
        };
    }

    private static SmtpSessionException Unusable(string message, Exception? cause) =>
        new(new AttemptFault { Stage = MailStage.Connect, Kind = FaultKind.SettingsUnusable, Message = message }, cause);
}
