using System.Net;
using System.Net.Sockets;
using Sendwright.Evidence;

namespace Sendwright.Smtp.Connecting;

/// <summary>Opens a TCP connection to the first of a host's addresses that answers, each started a moment after the one before (RFC 8305, 5).</summary>
internal static class TcpConnector
{
    /// <summary>RFC 8305, 5: "Connection Attempt Delay ... 250 milliseconds is recommended".</summary>
    private static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks the host up and connects; every lookup and address is recorded. The address is what was connected to: a socket that was reset since does not tell it any more.</summary>
    /// <exception cref="SmtpSessionException">The name has no address, or no address answers.</exception>
    public static async Task<(Socket Socket, IPEndPoint EndPoint)> ConnectAsync(string host, int port, HostLookup lookup, SessionTime time, AttemptRecorder recorder)
    {
        recorder.Begin(MailStage.Dns);
        var resolution = await time.LimitAsync(time.Timeouts.Connect, MailStage.Dns, $"address of {host}", token => lookup(host, token)).ConfigureAwait(false);
        recorder.Resolved(resolution);
        if (resolution.Addresses.Count == 0)
            throw new SmtpSessionException(NoAddress(host, resolution));
        recorder.End(StageOutcome.Ok, string.Join(", ", resolution.Addresses));

        recorder.Begin(MailStage.Connect);
        var tried = new List<AddressTry>();
        (Socket Socket, IPEndPoint EndPoint) connected;
        try
        {
            connected = await time.LimitAsync(
                time.Timeouts.Connect, MailStage.Connect, $"connection to {host}:{port}",
                token => RaceAsync(Interleave(resolution.Addresses), port, time.Clock, recorder, tried, token)).ConfigureAwait(false);
        }
        catch (SmtpSessionException e) when (e.Fault.Kind is FaultKind.ReplyTimedOut)
        {
            throw new SmtpSessionException(NoneConnected(host, port, [.. tried], e.Fault.Message), e.InnerException);
        }

        recorder.Connected(connected.EndPoint);
        recorder.End(StageOutcome.Ok, connected.EndPoint.ToString());
        return connected;

        async ValueTask<(Socket Socket, IPEndPoint EndPoint)> RaceAsync(
            IReadOnlyList<IPAddress> addresses, int toPort, TimeProvider clock, AttemptRecorder record, List<AddressTry> log, CancellationToken token)
        {
            var winner = await StaggeredAsync(addresses, toPort, clock, attempt => { Note(record, log, attempt); }, token).ConfigureAwait(false);
            return winner ?? throw new SmtpSessionException(NoneConnected(host, toPort, [.. log], null));
        }
    }

    private static void Note(AttemptRecorder recorder, List<AddressTry> log, AddressTry attempt)
    {
        recorder.Tried(attempt);
        lock (log)
            log.Add(attempt);
    }

    private static async Task<(Socket Socket, IPEndPoint EndPoint)?> StaggeredAsync(
        IReadOnlyList<IPAddress> addresses, int port, TimeProvider clock, Action<AddressTry> note, CancellationToken cancellationToken)
    {
        using var losers = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<(Socket Socket, IPEndPoint EndPoint)?>>();
        (Socket Socket, IPEndPoint EndPoint)? winner = null;
        var next = 0;
        try
        {
            while (winner is null && !cancellationToken.IsCancellationRequested && (next < addresses.Count || running.Count > 0))
            {
                Task? delay = null;
                if (next < addresses.Count)
                {
                    running.Add(TryOneAsync(addresses[next++], port, clock, note, losers.Token, cancellationToken));
                    delay = next < addresses.Count ? Task.Delay(AttemptDelay, clock, losers.Token) : null;
                }

                var ended = await Task.WhenAny(delay is null ? running : [.. running, delay]).ConfigureAwait(false);
                if (ended is Task<(Socket Socket, IPEndPoint EndPoint)?> attempt)
                {
                    running.Remove(attempt);
                    winner = await attempt.ConfigureAwait(false);
                }
            }

            if (winner is null)
                cancellationToken.ThrowIfCancellationRequested();
            return winner;
        }
        finally
        {
            await losers.CancelAsync().ConfigureAwait(false);
            foreach (var late in await Task.WhenAll(running).ConfigureAwait(false))
                late?.Socket.Dispose();
        }
    }

    // Answers null instead of throwing, so that one bad address cannot end the race.
    private static async Task<(Socket Socket, IPEndPoint EndPoint)?> TryOneAsync(
        IPAddress address, int port, TimeProvider clock, Action<AddressTry> note, CancellationToken cancellationToken, CancellationToken outOfTime)
    {
        var started = clock.GetTimestamp();
        var endPoint = new IPEndPoint(address, port);
        Socket? socket = null;
        try
        {
            // Inside the try: a machine without IPv6, or without a file descriptor left, refuses here.
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            // Without this, a group that ends in a small segment waits 40 ms for the peer's delayed acknowledgement.
            socket.NoDelay = true;
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            note(new AddressTry(address, port, null, clock.GetElapsedTime(started), null));
            return (socket, endPoint);
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            note(new AddressTry(address, port, StreamFault.OfConnect(e.SocketErrorCode), clock.GetElapsedTime(started), e.Message));
            return null;
        }
        catch (OperationCanceledException)
        {
            socket?.Dispose();
            // Cancelled by the limit: silent. Cancelled because another address won: nothing is known of it.
            var (kind, detail) = outOfTime.IsCancellationRequested ? (FaultKind.ConnectionTimedOut, "no answer") : (FaultKind.Cancelled, "another address answered first");
            note(new AddressTry(address, port, kind, clock.GetElapsedTime(started), detail));
            return null;
        }
    }

    // RFC 8305, 4: the families alternate, beginning with the resolver's first choice.
    private static List<IPAddress> Interleave(IReadOnlyList<IPAddress> addresses)
    {
        var first = addresses.Where(address => address.AddressFamily == addresses[0].AddressFamily).ToList();
        var second = addresses.Where(address => address.AddressFamily != addresses[0].AddressFamily).ToList();
        var result = new List<IPAddress>(addresses.Count);
        for (var i = 0; i < Math.Max(first.Count, second.Count); i++)
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
        var each = string.Join("; ", tried.Select(attempt => $"{attempt.Address}: {attempt.Detail}"));
        return new AttemptFault
        {
            Stage = MailStage.Connect,
            Kind = kind,
            Message = $"No connection to {host}:{port} ({(each.Length > 0 ? each : limit)}).",
        };
    }
}
