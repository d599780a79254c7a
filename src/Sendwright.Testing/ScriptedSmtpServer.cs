using System.Net;
using System.Net.Sockets;
using System.Text;
using Sendwright.Mime.Reading;

namespace Sendwright.Testing;

/// <summary>A real server on loopback that plays a conversation word for word and says where the client left the script.</summary>
/// <remarks>The grammar of scripts is with <see cref="SmtpScript"/>. The first connection gets the first script, the second the second, and so on.</remarks>
public sealed class ScriptedSmtpServer : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Socket _listener;
    private readonly IReadOnlyList<SmtpScript> _scripts;
    private readonly ScriptedServerOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<ScriptPlayer> _players = [];
    private readonly List<Task> _playing = [];
    private readonly List<string> _lines = [];
    private readonly Dictionary<string, TaskCompletionSource> _releases = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ScriptMismatchException? _mismatch;
    private bool _reported;

    private ScriptedSmtpServer(IReadOnlyList<SmtpScript> scripts, ScriptedServerOptions options)
    {
        _scripts = scripts;
        _options = options;
        _listener = new Socket(options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(options.Address, 0));
        _listener.Listen();
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>The address it listens on, as text.</summary>
    public string Host => EndPoint.Address.ToString();

    /// <summary>The port it listens on.</summary>
    public int Port => EndPoint.Port;

    /// <summary>Ends when the first client has connected.</summary>
    public Task Connected => _connected.Task;

    /// <summary>The connections so far, oldest first.</summary>
    public IReadOnlyList<ScriptedConnection> Connections => [.. Players.Select(player => player.Connection)];

    /// <summary>The client's lines over all connections in the order of arrival, without those of messages.</summary>
    public IReadOnlyList<string> Received
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    /// <summary>The messages of all connections, without dot-stuffing, as text.</summary>
    public IReadOnlyList<string> Messages => [.. Connections.SelectMany(connection => connection.Messages).Select(Encoding.UTF8.GetString)];

    /// <summary>The messages of all connections, read: what a test asserts on who gets it, its subject, its texts and attachments.</summary>
    public IReadOnlyList<ParsedMessage> ParsedMessages => [.. Connections.SelectMany(connection => connection.Messages).Select(message => ParsedMessage.Read(message))];

    private ScriptPlayer[] Players
    {
        get
        {
            lock (_gate)
                return [.. _players];
        }
    }

    internal TestCertificate? Certificate => _options.Certificate;

    internal ByteDelivery Delivery => _options.Delivery;

    /// <summary>Starts a server that plays this one conversation.</summary>
    public static ScriptedSmtpServer Start(string script, ScriptedServerOptions? options = null) => Start(options, SmtpScript.Parse(script));

    /// <summary>Starts a server that plays this one conversation.</summary>
    public static ScriptedSmtpServer Start(SmtpScript script, ScriptedServerOptions? options = null) => Start(options, script);

    /// <summary>Starts a server that plays a conversation a connection.</summary>
    public static ScriptedSmtpServer Start(ScriptedServerOptions? options, params IReadOnlyList<SmtpScript> scripts)
    {
        ArgumentNullException.ThrowIfNull(scripts);
        ArgumentOutOfRangeException.ThrowIfZero(scripts.Count, nameof(scripts));
        options ??= new ScriptedServerOptions();
        if (options.Certificate is null && scripts.FirstOrDefault(script => script.Steps.Any(step => step.NeedsCertificate)) is { } tls)
            throw new ArgumentException($"{tls.Name} has a TLS step, which needs {nameof(ScriptedServerOptions)}.{nameof(ScriptedServerOptions.Certificate)}.", nameof(options));
        return new ScriptedSmtpServer(scripts, options);
    }

    /// <summary>Lets scripts go on that stand at <c>WAIT name</c>, now or later.</summary>
    public void Release(string name) => ReleaseOf(name).TrySetResult();

    /// <summary>Waits until a client has sent a line that fits the pattern (with <c>*</c> as in scripts), and gives the line.</summary>
    /// <exception cref="ScriptMismatchException">It did not come in time.</exception>
    public async Task<string> ExpectAsync(string pattern, CancellationToken cancellationToken = default)
    {
        string? line = null;
        await WaitAsync(() => (line = Received.FirstOrDefault(one => ScriptText.Fits(one, pattern))) is not null, $"C: {pattern}", cancellationToken).ConfigureAwait(false);
        return line!;
    }

    /// <summary>Waits until every script was played to its end.</summary>
    /// <exception cref="ScriptMismatchException">A client left its script, or one was not finished in time.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken = default)
    {
        await WaitAsync(() => Players.Count(player => player.Played.IsCompleted) >= _scripts.Count, "the end of every script", cancellationToken).ConfigureAwait(false);
        ThrowMismatch();
    }

    /// <summary>Closes everything; a mismatch that <see cref="CompleteAsync"/> has not reported is thrown here.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        Task[] playing;
        lock (_gate)
            playing = [.. _playing];
        await Task.WhenAll(playing).ConfigureAwait(false);
        _stopping.Dispose();
        if (!_reported)
            ThrowMismatch();
    }

    internal void LineHeard(string line)
    {
        lock (_gate)
            _lines.Add(line);
        Changed();
    }

    internal void MessageKept() => Changed();

    internal Task WaitForReleaseAsync(string name, CancellationToken cancellationToken) => ReleaseOf(name).Task.WaitAsync(cancellationToken);

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                continue; // That client was gone before it was accepted.
            }

            socket.NoDelay = true;
            Begin(socket);
        }
    }

    private void Begin(Socket socket)
    {
        lock (_gate)
        {
            var number = _players.Count;
            if (number >= _scripts.Count && !_options.RepeatLast)
            {
                _mismatch ??= new ScriptMismatchException($"Connection {number + 1} came, but there are scripts for {_scripts.Count} only. {nameof(ScriptedServerOptions.RepeatLast)} plays the last one again.");
                socket.Dispose();
            }
            else
            {
                var player = new ScriptPlayer(this, new ScriptedConnection(number + 1), _scripts[Math.Min(number, _scripts.Count - 1)], socket);
                _players.Add(player);
                _playing.Add(PlayAsync(player));
            }
        }

        _connected.TrySetResult();
        Changed();
    }

    private async Task PlayAsync(ScriptPlayer player)
    {
        await Task.Yield(); // Out of the lock before the first step.
        await using (player.ConfigureAwait(false))
        {
            _ = player.Played.ContinueWith(_ => Changed(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await player.PlayAsync(_stopping.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the condition holds; a mismatch or the end of patience ends the waiting with the reason.</summary>
    private async Task WaitAsync(Func<bool> condition, string what, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task; // Taken before the look, so that no change between the two is missed.
            if (condition())
                return;
            ThrowMismatch();
            try
            {
                await changed.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                _reported = true;
                throw new ScriptMismatchException(Unfinished(what));
            }
        }
    }

    private string Unfinished(string what)
    {
        var players = Players;
        var places = players.Length == 0 ? "no client has connected" : string.Join("; ", players.Select(player => player.Waiting));
        var said = string.Join('\n', players.SelectMany(player => player.Connection.Transcript.Select(line => $"    {player.Connection.Number}  {line}")));
        return $"Waited {_options.Patience.TotalSeconds:0.#} s for\n    {what}\nin vain: {places}.\nThe conversations:\n{said}";
    }

    private void ThrowMismatch()
    {
        var mismatch = Players.Select(player => player.Mismatch).FirstOrDefault(one => one is not null) ?? _mismatch;
        if (mismatch is null)
            return;
        _reported = true;
        throw mismatch;
    }

    private TaskCompletionSource ReleaseOf(string name)
    {
        lock (_gate)
        {
            if (!_releases.TryGetValue(name, out var release))
                _releases[name] = release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return release;
        }
    }

    private void Changed() => Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
