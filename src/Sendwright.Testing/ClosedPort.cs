using System.Net;
using System.Net.Sockets;

namespace Sendwright.Testing;

/// <summary>A port on loopback that refuses connections for as long as this is held.</summary>
/// <remarks>It stays bound without listening: connections are refused, and nobody else can be given the port meanwhile.</remarks>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Takes a free port.</summary>
    public ClosedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>The address that refuses.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>The port that refuses.</summary>
    public int Port => EndPoint.Port;

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();
}
