using System.Net;
using System.Net.Sockets;

namespace Sendwright.Testing;

/// <summary>A port on loopback that lets connection attempts run into their time-out, as a firewall that drops packets does.</summary>
/// <remarks>
/// Its queue of waiting connections is full and never emptied; Linux then drops every further SYN.
/// Elsewhere the queue behaves otherwise: check <see cref="IsSupported"/>.
/// </remarks>
public sealed class DroppingPort : IDisposable
{
    // listen(0) lets one connection wait on Linux; the second is for kernels that count differently.
    private const int Fillers = 2;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    /// <summary>Takes a free port and fills its queue.</summary>
    public DroppingPort()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        for (var i = 0; i < Fillers; i++)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _waiting.Add(filler);
            try
            {
                filler.Connect(EndPoint);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // A non-blocking connect is under way, which is all that a place in the queue takes.
            }
        }
    }

    /// <summary>Whether this platform's queue behaves as needed.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>The address that never answers.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>The port that never answers.</summary>
    public int Port => EndPoint.Port;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var socket in _waiting)
            socket.Dispose();
        _listener.Dispose();
    }
}
