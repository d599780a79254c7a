using System.Net;
using System.Net.Sockets;
using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Smtp.Connecting;

/// <summary>Opens a connection to a server, directly or through a proxy.</summary>
internal static class Connector
{
    /// <exception cref="SmtpSessionException">There is no way to the server.</exception>
    public static async Task<OpenConnection> ConnectAsync(ConnectionTarget target, SessionTime time, AttemptRecorder recorder)
    {
        if (target.Proxy is { } proxy)
            return await ThroughAsync(proxy, target, time, recorder).ConfigureAwait(false);
        var (socket, remote) = await TcpConnector.ConnectAsync(target.Host, target.Port, target.Lookup, time, recorder, target.BindAddress).ConfigureAwait(false);
        recorder.Connected(remote);
        recorder.End(StageOutcome.Ok, remote.ToString());
        return new OpenConnection(new NetworkStream(socket, ownsSocket: true), LocalOf(socket), remote);
    }

    private static async Task<OpenConnection> ThroughAsync(ProxyServer proxy, ConnectionTarget target, SessionTime time, AttemptRecorder recorder)
    {
        recorder.Proxied(new ProxyEvidence { Proxy = proxy.Name });
        Socket? socket = null;
        try
        {
            (socket, var address) = await TcpConnector.ConnectAsync(proxy.Host, proxy.Port, target.Lookup, time, recorder, target.BindAddress).ConfigureAwait(false);
            recorder.Proxied(new ProxyEvidence { Proxy = proxy.Name, ConnectedTo = address });
            var stream = await HttpTunnel.OpenAsync(new NetworkStream(socket, ownsSocket: true), proxy, address, target, time, recorder).ConfigureAwait(false);
            recorder.End(StageOutcome.Ok, $"{target.Host}:{target.Port} through the proxy {proxy.Name} ({address})");
            return new OpenConnection(stream, LocalOf(socket), Remote: null);
        }
        catch (SmtpSessionException e)
        {
            socket?.Dispose();
            // What goes wrong here says nothing about the mail server, and must not be taken for its fault.
            throw e.Fault.Kind is FaultKind.Cancelled or FaultKind.SettingsUnusable or FaultKind.ProxyFailed
                ? e
                : new SmtpSessionException(e.Fault with { Kind = FaultKind.ProxyFailed, Message = $"The proxy {proxy.Name} cannot be used: {e.Fault.Message}" }, e.InnerException);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    // A connection that was reset meanwhile does not tell it any more.
    private static IPEndPoint? LocalOf(Socket socket)
    {
        try
        {
            return socket.LocalEndPoint as IPEndPoint;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
