using System.Net;
using System.Net.Sockets;

namespace Sendwright.Tests.Transport.Torture;

/// <summary>An SMTP server that means ill, by plan and by a seed, and keeps a true account of what it took.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _finishing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _connections = [];
    private readonly Random _random;
    private readonly Task _accepting;
    private int _open;
    private int _most;
    private int _begun;
    private int _waits;

    public HostileServer(HostileBehaviour behaviour, int seed)
    {
        Behaviour = behaviour;
        _random = new Random(seed);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    public HostileBehaviour Behaviour { get; }

    public Ledger Ledger { get; } = new();

    public int Port { get; }

    /// <summary>Ends when the clients have done what they wanted: frozen connections then look whether they are gone.</summary>
    public Task Finishing => _finishing.Task;

    /// <summary>The connections begun so far.</summary>
    public int Begun => Volatile.Read(ref _begun);

    /// <summary>The most connections at a time.</summary>
    public int Most => Volatile.Read(ref _most);

    /// <summary>How often a connection had said all it had to say and nothing had come yet.</summary>
    public int WaitCount => Volatile.Read(ref _waits);

    public void Waits() => Interlocked.Increment(ref _waits);

    /// <summary>Waits until every client has closed its side of every connection.</summary>
    /// <exception cref="TimeoutException">One has not.</exception>
    public async Task AllClosedAsync(TimeSpan patience)
    {
        _finishing.TrySetResult();
        Task[] connections;
        lock (_gate)
            connections = [.. _connections];
        await Task.WhenAll(connections).WaitAsync(patience, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _finishing.TrySetResult();
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Task[] connections;
        lock (_gate)
            connections = [.. _connections];
        await Task.WhenAll(connections);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync(_stopping.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                if (_stopping.IsCancellationRequested)
                    return;
                continue;
            }

            socket.NoDelay = true;
            lock (_gate)
            {
                _begun++;
                _open++;
                _most = Math.Max(_most, _open);
                _connections.Add(ServeAsync(socket, new Random(_random.Next()), Behaviour.MaxConnections > 0 && _open > Behaviour.MaxConnections));
            }
        }
    }

    private async Task ServeAsync(Socket socket, Random random, bool isTooMany)
    {
        await Task.Yield();
        using (socket)
        {
            var connection = new HostileConnection(this, socket, random);
            try
            {
                await connection.ServeAsync(isTooMany, _stopping.Token);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // The client was quicker, or the test is over.
            }
            finally
            {
                lock (_gate)
                    _open--;
            }
        }
    }
}
