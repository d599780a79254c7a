using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Sendwright.Testing;

/// <summary>Plays a script on one connection, step by step, and writes down what was said.</summary>
internal sealed class ScriptPlayer : IAsyncDisposable
{
    private readonly ScriptedSmtpServer _server;
    private readonly ScriptedConnection _connection;
    private readonly SmtpScript _script;
    private readonly Socket _socket;
    private readonly ScriptedReader _reader;
    private readonly NetworkStream _network;
    private readonly List<byte> _chunks = [];
    private readonly TaskCompletionSource _played = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Stream _stream;
    private SslStream? _tls;
    private int _position;

    public ScriptPlayer(ScriptedSmtpServer server, ScriptedConnection connection, SmtpScript script, Socket socket)
    {
        _server = server;
        _connection = connection;
        _script = script;
        _socket = socket;
        _stream = _network = new NetworkStream(socket, ownsSocket: true);
        _reader = new ScriptedReader(_stream);
    }

    public ScriptedConnection Connection => _connection;

    /// <summary>Ends when the last step was played; fails with the mismatch.</summary>
    public Task Played => _played.Task;

    public ScriptMismatchException? Mismatch { get; private set; }

    /// <summary>What the script is at, for those who wait in vain.</summary>
    public string Waiting => _position < _script.Steps.Count
        ? $"connection {_connection.Number} is at {_script.Name}, line {_script.Steps[_position].Line}: {_script.Steps[_position]}"
        : $"connection {_connection.Number} has played its script";

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (_position < _script.Steps.Count)
                _position += await PlayAsync(_script.Steps[_position], cancellationToken).ConfigureAwait(false);
            if (_script.Steps.Count == 0 || !_script.Steps[^1].EndsTheScript)
                await CloseAsync().ConfigureAwait(false);
            _played.TrySetResult();
            await DrainAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ScriptMismatchException mismatch)
        {
            Mismatch = mismatch;
            _played.TrySetException(mismatch);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            if (!_played.Task.IsCompleted)
                Fail($"the connection broke: {e.Message}", e);
        }
        catch (OperationCanceledException)
        {
            _played.TrySetCanceled(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_tls is not null)
            await _tls.DisposeAsync().ConfigureAwait(false);
        await _network.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Plays one step (or one group of <c>S:</c> lines) and says how many it was.</summary>
    private async Task<int> PlayAsync(ScriptStep step, CancellationToken cancellationToken)
    {
        switch (step.Action)
        {
            case ScriptAction.Say:
                return await SayAsync(cancellationToken).ConfigureAwait(false);
            case ScriptAction.Raw:
                Note($"S: RAW {step.Text}");
                _ = ScriptText.TryUnescape(step.Text, out var raw); // SmtpScript.Parse has let through only what can be.
                await WriteAsync(raw, cancellationToken).ConfigureAwait(false);
                break;
            case ScriptAction.Expect:
                var line = await ExpectLineAsync(step.ToString(), cancellationToken).ConfigureAwait(false);
                if (!ScriptText.Fits(line, step.Text))
                    throw Failure($"the client sent\n    C: {line}");
                break;
            case ScriptAction.Data:
                await ReadDataAsync(cancellationToken).ConfigureAwait(false);
                break;
            case ScriptAction.Bdat:
                await ReadChunkAsync(cancellationToken).ConfigureAwait(false);
                break;
            case ScriptAction.Bytes:
                var bytes = await _reader.ReadSomeAsync(cancellationToken).ConfigureAwait(false) ?? throw Failure("the client closed the connection");
                Heard(ScriptText.Escape(bytes));
                break;
            case ScriptAction.Tls:
                await StartTlsAsync(step, cancellationToken).ConfigureAwait(false);
                break;
            case ScriptAction.TlsRefused:
                await StartTlsInVainAsync(step, cancellationToken).ConfigureAwait(false);
                break;
            case ScriptAction.Eof:
                if (await ReadSomeOrEndAsync(cancellationToken).ConfigureAwait(false) is { } more)
                    throw Failure($"the client sent\n    C: {ScriptText.Escape(more)}");
                Note("C: (closed)");
                break;
            case ScriptAction.Wait:
                await _server.WaitForReleaseAsync(step.Text, cancellationToken).ConfigureAwait(false);
                break;
            case ScriptAction.Silence:
                _played.TrySetResult();
                break;
            case ScriptAction.Close:
                await CloseAsync().ConfigureAwait(false);
                break;
            case ScriptAction.Reset:
                Note("S: (reset)");
                _socket.LingerState = new LingerOption(true, 0);
                _socket.Close();
                break;
        }

        return 1;
    }

    private async Task<int> SayAsync(CancellationToken cancellationToken)
    {
        var lines = _script.Steps.Skip(_position).TakeWhile(step => step.Action == ScriptAction.Say).Select(step => step.Text).ToList();
        foreach (var line in lines)
            Note($"S: {line}");
        await WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\r\n"))), cancellationToken).ConfigureAwait(false);
        return lines.Count;
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var length = _server.Delivery switch
            {
                ByteDelivery.ByByte => 1,
                ByteDelivery.ByLine when bytes.Span.IndexOf((byte)'\n') is >= 0 and var end => end + 1,
                _ => bytes.Length,
            };
            await _stream.WriteAsync(bytes[..length], cancellationToken).ConfigureAwait(false);
            bytes = bytes[length..];
        }
    }

    private async Task<string> ExpectLineAsync(string expected, CancellationToken cancellationToken)
    {
        var bytes = await _reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        if (bytes is null)
        {
            var rest = _reader.TakeBuffered();
            throw Failure(rest.Length == 0 ? "the client closed the connection" : $"the client sent this without a line end and closed:\n    {ScriptText.Escape(rest)}", expected);
        }

        var line = Encoding.UTF8.GetString(bytes);
        Heard(line);
        return line;
    }

    private async Task ReadDataAsync(CancellationToken cancellationToken)
    {
        var content = new List<byte>();
        while (true)
        {
            var line = await _reader.ReadLineAsync(cancellationToken).ConfigureAwait(false)
                ?? throw Failure($"the client closed the connection after {content.Count} octets of the message, before the final dot");
            if (line is [(byte)'.'])
                break;
            content.AddRange(line is [(byte)'.', ..] ? line.AsSpan(1) : line);
            content.AddRange("\r\n"u8);
        }

        Keep([.. content]);
    }

    private async Task ReadChunkAsync(CancellationToken cancellationToken)
    {
        var line = await ExpectLineAsync("BDAT", cancellationToken).ConfigureAwait(false);
        var words = line.Split(' ');
        var last = words.Length == 3 && words[2].Equals("LAST", StringComparison.OrdinalIgnoreCase);
        if (!words[0].Equals("BDAT", StringComparison.OrdinalIgnoreCase) || words.Length != (last ? 3 : 2)
            || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            throw Failure($"the client sent\n    C: {line}");
        var chunk = await _reader.ReadExactlyAsync(size, cancellationToken).ConfigureAwait(false)
            ?? throw Failure($"the client closed the connection before the {size} octets it announced were there");
        _chunks.AddRange(chunk);
        if (!last)
            return;
        Keep([.. _chunks]);
        _chunks.Clear();
    }

    private async Task StartTlsAsync(ScriptStep step, CancellationToken cancellationToken)
    {
        try
        {
            await ShakeHandsAsync(step, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            throw Failure($"the TLS handshake failed: {(e.InnerException ?? e).Message}", inner: e);
        }
    }

    private async Task StartTlsInVainAsync(ScriptStep step, CancellationToken cancellationToken)
    {
        try
        {
            await ShakeHandsAsync(step, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            Note("C: (broke the TLS handshake off)");
            return;
        }

        // In TLS 1.3 the server's side of the handshake is over before the client has judged the certificate: the refusal comes as the first thing read.
        if (await ReadSomeOrEndAsync(cancellationToken).ConfigureAwait(false) is { } bytes)
            throw Failure($"the client went on with\n    C: {ScriptText.Escape(bytes)}");
        Note("C: (closed after the TLS handshake)");
    }

    private async Task ShakeHandsAsync(ScriptStep step, CancellationToken cancellationToken)
    {
        if (_reader.Buffered > 0)
            throw Failure($"before the handshake the client sent, in clear,\n    C: {ScriptText.Escape(_reader.TakeBuffered())}");
        TlsWords.TryRead(step.Text, out var words);
        _tls = new SslStream(_network, leaveInnerStreamOpen: true);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _server.Certificate!.Context,
            EnabledSslProtocols = words.Protocols,
            ClientCertificateRequired = words.AsksForClientCertificate,
            RemoteCertificateValidationCallback = (_, shown, _, _) => !words.AsksForClientCertificate || shown is not null,
        };
        await _tls.AuthenticateAsServerAsync(options, cancellationToken).ConfigureAwait(false);
        _connection.NoteTls(_tls.SslProtocol, _tls.TargetHostName is { Length: > 0 } name ? name : null);
        _stream = _tls;
        _reader.ContinueOn(_tls);
    }

    private async Task CloseAsync()
    {
        Note("S: (closed)");
        try
        {
            if (_tls is { IsAuthenticated: true })
                await _tls.ShutdownAsync().ConfigureAwait(false);
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The client was faster; closed is closed.
        }
    }

    /// <summary>Listens on after the last step: unread bytes would turn the close into a reset, and a line nobody expects is a mismatch (but not in silence).</summary>
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var last = _script.Steps.Count > 0 ? _script.Steps[^1].Action : ScriptAction.Close;
        if (last == ScriptAction.Reset)
            return;
        while (await ReadSomeOrEndAsync(cancellationToken).ConfigureAwait(false) is { } bytes)
        {
            Heard(ScriptText.Escape(bytes));
            if (last is not (ScriptAction.Silence or ScriptAction.Close))
                Mismatch ??= Failure($"the client went on with\n    C: {ScriptText.Escape(bytes)}");
        }
    }

    private async Task<byte[]?> ReadSomeOrEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadSomeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void Keep(byte[] message)
    {
        _connection.Keep(message);
        _server.MessageKept();
    }

    private void Heard(string line)
    {
        _connection.NoteLine(line);
        _server.LineHeard(line);
    }

    private void Note(string line) => _connection.Note(line);

    private void Fail(string what, Exception inner)
    {
        Mismatch = Failure(what, inner: inner);
        _played.TrySetException(Mismatch);
    }

    private ScriptMismatchException Failure(string what, string? expected = null, Exception? inner = null)
    {
        var text = new StringBuilder();
        if (_position < _script.Steps.Count)
            text.Append(CultureInfo.InvariantCulture, $"Connection {_connection.Number}: {_script.Name}, line {_script.Steps[_position].Line} expects\n    {expected ?? _script.Steps[_position].ToString()}\nbut {what}");
        else
            text.Append(CultureInfo.InvariantCulture, $"Connection {_connection.Number}: {_script.Name} was at its end, but {what}");
        text.Append("\nThe conversation:");
        foreach (var line in _connection.Transcript)
            text.Append("\n    ").Append(line);
        return new ScriptMismatchException(text.ToString(), inner);
    }
}
