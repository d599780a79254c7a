using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Sendwright.Tests.Dns;

/// <summary>A name server on loopback, UDP and TCP on one port, whose every answer is what the test says.</summary>
internal sealed class ScriptedDnsServer : IAsyncDisposable
{
    private readonly Func<byte[], bool, IEnumerable<byte[]>> _script;
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _udp;
    private readonly Socket _tcp;
    private readonly Task _serving;

    /// <summary>The script gets the question and whether it came over TCP; it gives the messages to send, none for silence.</summary>
    public ScriptedDnsServer(Func<byte[], bool, IEnumerable<byte[]>> script)
    {
        _script = script;
        (_udp, _tcp) = BindBoth();
        EndPoint = (IPEndPoint)_udp.LocalEndPoint!;
        _serving = Task.WhenAll(ServeUdpAsync(), ServeTcpAsync());
    }

    public ScriptedDnsServer(Func<byte[], DnsAnswerBytes> answer)
        : this((query, _) => [answer(query)])
    {
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Every question as it came, with the way it came.</summary>
    public ConcurrentQueue<(byte[] Query, bool OverTcp)> Questions { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _udp.Dispose();
        _tcp.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private static (Socket Udp, Socket Tcp) BindBoth()
    {
        // The TCP twin of a free UDP port may be taken; another pair will not be.
        for (var tries = 0; ; tries++)
        {
            var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                tcp.Bind(udp.LocalEndPoint!);
                tcp.Listen();
                return (udp, tcp);
            }
            catch (SocketException) when (tries < 20)
            {
                udp.Dispose();
                tcp.Dispose();
            }
        }
    }

    private async Task ServeUdpAsync()
    {
        var buffer = new byte[65536];
        try
        {
            while (true)
            {
                var received = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                foreach (var answer in Answer(buffer[..received.ReceivedBytes], overTcp: false))
                    await _udp.SendToAsync(answer, received.RemoteEndPoint, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _tcp.AcceptAsync(_stop.Token);
                await using var stream = new NetworkStream(client);
                var prefix = new byte[2];
                await stream.ReadExactlyAsync(prefix, _stop.Token);
                var query = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
                await stream.ReadExactlyAsync(query, _stop.Token);
                foreach (var answer in Answer(query, overTcp: true))
                    await stream.WriteAsync((byte[])[(byte)(answer.Length >> 8), (byte)answer.Length, .. answer], _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
        }
    }

    private IEnumerable<byte[]> Answer(byte[] query, bool overTcp)
    {
        Questions.Enqueue((query, overTcp));
        return _script(query, overTcp);
    }
}
