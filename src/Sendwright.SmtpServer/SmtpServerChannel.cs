using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using Sendwright.Smtp.Wire;

namespace Sendwright.SmtpServer;

/// <summary>The octets of a session: lines and content in, replies out, TLS around both, and the clock over every wait. It knows nothing of commands.</summary>
internal sealed class SmtpServerChannel : IAsyncDisposable
{
    private readonly SmtpServerLimits _limits;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;
    private readonly CancellationToken _abort;
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _stop;
    private readonly IDuplexPipe _transport;
    private readonly byte[] _line;
    private PipeReader _input;
    private PipeWriter _output;
    private SslStream? _tls;
    private bool _unflushed;
    private volatile bool _timedOut;

    public SmtpServerChannel(IDuplexPipe transport, SmtpServerLimits limits, TimeProvider time, CancellationToken stopping, CancellationToken abort)
    {
        _transport = transport;
        _limits = limits;
        _time = time;
        _stopping = stopping;
        _abort = abort;
        _input = transport.Input;
        _output = transport.Output;
        _line = new byte[Math.Max(limits.MaxCommandOctets, limits.MaxLoginLineOctets)];
        _timer = time.CreateTimer(static channel => ((SmtpServerChannel)channel!).TimeOut(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _stop = stopping.UnsafeRegister(static channel => ((SmtpServerChannel)channel!)._input.CancelPendingRead(), this);
    }

    /// <summary>The TLS layer; null in clear text.</summary>
    public SslStream? Tls => _tls;

    /// <summary>Whether octets of the client wait to be read.</summary>
    public bool HasBufferedInput
    {
        get
        {
            if (!_input.TryRead(out var result))
                return false;
            var any = !result.Buffer.IsEmpty;
            _input.AdvanceTo(result.Buffer.Start);
            return any;
        }
    }

    /// <summary>Puts a reply into the buffer. It leaves with the next <see cref="FlushAsync"/>, at the latest before a wait, so that the replies to a pipelined group leave together (RFC 2920, 3.2).</summary>
    public void Write(SmtpReply reply)
    {
        reply.WriteTo(_output);
        _unflushed = true;
    }

    /// <summary>Sends what was written; a client that does not read ends the session.</summary>
    public async ValueTask FlushAsync()
    {
        if (!_unflushed)
            return;
        _unflushed = false;
        StartTimer(_limits.HandshakeTimeout);
        var result = await _output.FlushAsync(_abort).ConfigureAwait(false);
        StopTimer();
        if (_timedOut)
            throw new SessionEndedException("the client does not read its replies");
        if (result.IsCompleted)
            throw new SessionEndedException("the client is gone");
    }

    /// <summary>Reads the next line, CRLF and nothing else being its end.</summary>
    public async ValueTask<SmtpLine> ReadLineAsync(int maxOctets)
    {
        var tooLong = false;
        StartTimer(_limits.CommandTimeout); // once a line: a trickle of octets buys no time
        while (true)
        {
            if (_stopping.IsCancellationRequested)
                throw new SessionEndedException("the server stops", SmtpRejection.ShuttingDown);
            var result = await ReadAsync(_limits.CommandTimeout).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Take(buffer.Slice(0, end), maxOctets, tooLong);
                _input.AdvanceTo(buffer.GetPosition(1, end));
                StopTimer();
                return line;
            }

            if (result.IsCompleted)
            {
                _input.AdvanceTo(buffer.End);
                throw new SessionEndedException("the client is gone");
            }

            tooLong |= buffer.Length >= maxOctets;
            // The last octet of an over-long line stays: it may be the CR of its end.
            _input.AdvanceTo(tooLong && buffer.Length > 1 ? buffer.GetPosition(buffer.Length - 1) : buffer.Start, buffer.End);
        }
    }

    /// <summary>Forgets the line, which held a secret.</summary>
    public void ForgetLine() => CryptographicOperations.ZeroMemory(_line);

    /// <summary>Reads content up to and with the final dot.</summary>
    /// <exception cref="SessionEndedException">The client left before it; there is no message then.</exception>
    public async ValueTask ReadDataAsync(ContentReader content, IBufferWriter<byte> output)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            var result = await ReadContentAsync(started).ConfigureAwait(false);
            var ended = content.Read(result.Buffer, output, out var consumed);
            _input.AdvanceTo(consumed);
            if (ended)
                return;
            if (result.IsCompleted)
                throw new SessionEndedException("the client left before the final dot");
        }
    }

    /// <summary>Reads a chunk's octets.</summary>
    /// <exception cref="SessionEndedException">The client left before the last of them.</exception>
    public ValueTask ReadChunkAsync(long size, ContentReader content, IBufferWriter<byte> output) =>
        ReadOctetsAsync(size, chunk => content.Read(chunk, output, out _));

    /// <summary>Reads octets only to find what comes behind them.</summary>
    /// <exception cref="SessionEndedException">The client left before the last of them.</exception>
    public ValueTask SkipAsync(long size) => ReadOctetsAsync(size, _ => { });

    /// <summary>Shakes hands; from then on everything is encrypted.</summary>
    public async Task StartTlsAsync(SslStreamCertificateContext certificate)
    {
        await FlushAsync().ConfigureAwait(false);
        var tls = new SslStream(new DuplexPipeStream(_transport.Input, _transport.Output));
        using var patience = new CancellationTokenSource(_limits.HandshakeTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _abort);
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate }, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw new SessionEndedException($"the TLS handshake failed: {(e.InnerException ?? e).Message}", inner: e);
        }

        _tls = tls;
        _input = PipeReader.Create(tls, new StreamPipeReaderOptions(leaveOpen: true));
        _output = PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true));
    }

    /// <summary>Sends what is left to say, and TLS's own good-bye; whoever is gone already misses it.</summary>
    public async ValueTask CloseAsync()
    {
        try
        {
            await FlushAsync().ConfigureAwait(false);
            if (_tls is not null)
                await _tls.ShutdownAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SessionEndedException or OperationCanceledException or InvalidOperationException)
        {
            // Nobody is listening any more.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.DisposeAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        ForgetLine();
        if (_tls is null)
            return;
        await _input.CompleteAsync().ConfigureAwait(false);
        // What CloseAsync could not send cannot be sent now: completing the writer would try to, and throw.
        await _output.CompleteAsync(new SessionEndedException("closed")).ConfigureAwait(false);
        await _tls.DisposeAsync().ConfigureAwait(false);
    }

    private SmtpLine Take(ReadOnlySequence<byte> line, int maxOctets, bool tooLong)
    {
        // The CR has to be the octet right before: a bare LF is refused, since a client's "a\nRCPT TO:<b>" must never be two commands.
        var length = line.Length - 1;
        if (length < 0 || line.Slice(length).FirstSpan[0] != '\r')
            return new SmtpLine(SmtpLineKind.BareLineFeed, default);
        if (tooLong || length + 2 > maxOctets)
            return new SmtpLine(SmtpLineKind.TooLong, default);
        line.Slice(0, length).CopyTo(_line);
        return new SmtpLine(SmtpLineKind.Complete, _line.AsMemory(0, (int)length));
    }

    private async ValueTask ReadOctetsAsync(long size, Action<ReadOnlySequence<byte>> take)
    {
        var started = _time.GetTimestamp();
        while (size > 0)
        {
            var result = await ReadContentAsync(started).ConfigureAwait(false);
            var chunk = result.Buffer.Slice(0, Math.Min(size, result.Buffer.Length));
            take(chunk);
            size -= chunk.Length;
            _input.AdvanceTo(chunk.End);
            if (size > 0 && result.IsCompleted)
                throw new SessionEndedException("the client left before the end of its chunk");
        }
    }

    private async ValueTask<ReadResult> ReadContentAsync(long started)
    {
        var left = _limits.ContentTimeout - _time.GetElapsedTime(started);
        if (left <= TimeSpan.Zero)
            throw new SessionEndedException("the content takes too long", SmtpRejection.IdleTooLong);
        var wait = left < _limits.DataBlockTimeout ? left : _limits.DataBlockTimeout;
        StartTimer(wait);
        var result = await ReadAsync(wait).ConfigureAwait(false);
        StopTimer();
        return result;
    }

    /// <summary>Gives what is there, or sends the replies so far and waits for more.</summary>
    private async ValueTask<ReadResult> ReadAsync(TimeSpan wait)
    {
        if (!_input.TryRead(out var result) || result.IsCanceled)
        {
            if (_unflushed)
            {
                await FlushAsync().ConfigureAwait(false);
                StartTimer(wait);
            }

            if (!result.IsCanceled)
                result = await _input.ReadAsync(_abort).ConfigureAwait(false);
        }

        if (result.IsCanceled && _timedOut)
            throw new SessionEndedException("the client said nothing for too long", SmtpRejection.IdleTooLong);
        return result;
    }

    private void StartTimer(TimeSpan wait)
    {
        _timedOut = false;
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void StopTimer() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private void TimeOut()
    {
        _timedOut = true;
        _input.CancelPendingRead();
        _output.CancelPendingFlush();
    }
}
