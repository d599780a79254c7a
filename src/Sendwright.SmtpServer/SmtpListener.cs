using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sendwright.SmtpServer;

/// <summary>A listening socket and the sessions it serves. Nothing that a client does ends it.</summary>
public sealed class SmtpListener : IAsyncDisposable
{
    // A connection whose last words may still be under way is read on for so long: closing with unread octets would send RST and destroy them.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly SmtpServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly HashSet<Task> _connections = [];
    private readonly Task _accepting;
    private int _open;
    private bool _disposed;

    private SmtpListener(Socket socket, SmtpServerOptions options, TimeProvider time, ILogger logger)
    {
        _socket = socket;
        _options = options;
        _time = time;
        _logger = logger;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        SmtpServerLog.Listening(logger, options.HostName, EndPoint);
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens; the port is the real one even if 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>How many sessions are open.</summary>
    public int OpenSessions
    {
        get
        {
            lock (_gate)
                return _open;
        }
    }

    /// <summary>Listens, and serves every client that comes.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="SocketException">The address is taken or not this machine's.</exception>
    public static SmtpListener Start(IPEndPoint endPoint, SmtpServerOptions options, TimeProvider? timeProvider = null, ILogger<SmtpListener>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            socket.Listen();
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return new SmtpListener(socket, options, timeProvider ?? TimeProvider.System, logger ?? NullLogger<SmtpListener>.Instance);
    }

    /// <summary>Takes no new client, lets each session finish its command or message, and says 421 to it.</summary>
    /// <param name="cancellationToken">Ends the wait and the sessions that are left.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        _socket.Dispose(); // first, and before anything is awaited: whoever connects from here on is refused
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        var sessions = Task.WhenAll(Connections());
        try
        {
            await sessions.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await _abort.CancelAsync().ConfigureAwait(false);
            await sessions.ConfigureAwait(false);
        }
    }

    /// <summary>Ends everything at once; <see cref="StopAsync"/> before it is the polite way.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _abort.CancelAsync().ConfigureAwait(false);
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _stopping.Dispose();
        _abort.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Begin(await _socket.AcceptAsync(_stopping.Token).ConfigureAwait(false));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException e)
            {
                // A client that was gone before it was accepted, or no file handles left: the latter needs a moment.
                SmtpServerLog.AcceptFailed(_logger, e);
                await Task.Delay(PauseAfterFailure, _time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private void Begin(Socket client)
    {
        lock (_gate)
        {
            var hasRoom = _open < _options.Limits.MaxSessions;
            if (hasRoom)
                _open++;
            var connection = hasRoom ? ServeAsync(client) : TurnAwayAsync(client);
            _connections.Add(connection);
            _ = connection.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void Forget(Task connection)
    {
        lock (_gate)
            _connections.Remove(connection);
    }

    private Task[] Connections()
    {
        lock (_gate)
            return [.. _connections];
    }

    private async Task ServeAsync(Socket client)
    {
        await Task.Yield(); // out of the lock and off the accepting loop
        EndPoint? peer = null;
        using (client)
        {
            try
            {
                client.NoDelay = true; // replies are small and waited for
                peer = client.RemoteEndPoint;
                var stream = new NetworkStream(client);
                await using (stream.ConfigureAwait(false))
                {
                    var transport = new StreamDuplexPipe(stream);
                    await SmtpServerSession.RunAsync(transport, _options, peer, _time, _logger, _stopping.Token, _abort.Token).ConfigureAwait(false);
                    await transport.CompleteAsync().ConfigureAwait(false);
                    await LingerAsync(client).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
            {
                SmtpServerLog.SessionEnded(_logger, peer, e.Message);
            }
            catch (Exception e)
            {
                SmtpServerLog.SessionFailed(_logger, e, peer);
            }
            finally
            {
                lock (_gate)
                    _open--;
            }
        }
    }

    private async Task TurnAwayAsync(Socket client)
    {
        await Task.Yield();
        using (client)
        {
            try
            {
                SmtpServerLog.TooManySessions(_logger, client.RemoteEndPoint, _options.Limits.MaxSessions);
                if (_options.ImplicitTls)
                    return; // a handshake costs more than a session that is turned away is worth
                await client.SendAsync(SmtpRejection.TooManySessions.ToReply().ToOctets(), _abort.Token).ConfigureAwait(false);
                client.Shutdown(SocketShutdown.Send); // and no lingering, which would cost a crowd's worth of sockets
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // Gone already.
            }
        }
    }

    private async Task LingerAsync(Socket client)
    {
        client.Shutdown(SocketShutdown.Send);
        using var patience = new CancellationTokenSource(Linger, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _abort.Token);
        var dropped = new byte[4096];
        while (await client.ReceiveAsync(dropped, either.Token).ConfigureAwait(false) > 0)
        {
        }
    }

    private sealed class StreamDuplexPipe(Stream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));

        public async ValueTask CompleteAsync()
        {
            await Input.CompleteAsync().ConfigureAwait(false);
            await Output.CompleteAsync().ConfigureAwait(false);
        }
    }
}
