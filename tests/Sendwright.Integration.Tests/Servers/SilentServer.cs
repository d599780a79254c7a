using System.Net;
using System.Net.Sockets;
using Sendwright.Integration.Tests.Network;

namespace Sendwright.Integration.Tests.Servers;

/// <summary>A server that takes connections and never says a word: the kernel completes the handshake, and nobody ever accepts.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener;

    public SilentServer(int port)
    {
        Address = LoopbackAddress.Next();
        _listener = new TcpListener(Address, port);
        _listener.Start(backlog: 100);
    }

    public IPAddress Address { get; }

    public void Dispose() => _listener.Dispose();
}
