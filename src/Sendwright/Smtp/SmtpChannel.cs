using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;

namespace Sendwright.Smtp;

/// <summary>
/// The two directions of a connection: groups of commands out, a queue of expected replies in. A command is only queued; it leaves with its group when the group is
/// flushed, or at the latest when a reply is read. So pipelining (RFC 2920) is a matter of how many commands are queued before the first reply is read.
/// </summary>
internal sealed class SmtpChannel : IAsyncDisposable
{
    private const int InputSize = 4 * 1024;
    private const int EnoughToKnow = 256;
    private const int RecentReplies = 3;
    private const int LongestRecent = 128;

    private static readonly TimeSpan MomentForTheRest = TimeSpan.FromMilliseconds(500);

    private readonly AttemptRecorder _recorder;
    private readonly TimeProvider _clock;
    private readonly Queue<ExpectedReply> _expected = new();
    private readonly SmtpOutput _output;
    private Stream _stream;
    private byte[] _input = new byte[InputSize];
    private int _inputStart;
    private int _inputEnd;
    private AttemptFault? _writeFault;
    private Exception? _writeException;
    private Exception? _cutOff;
    private bool _isInsideContent;
    private long _flushed;
    private long _groupAt;
    private long _handed;
    private long _chunkStart;
    private Task<int>? _idleRead;
    private readonly (byte[] Octets, SmtpReply Reply)[] _recent = new (byte[], SmtpReply)[RecentReplies];

    public SmtpChannel(Stream stream, AttemptRecorder recorder, TimeProvider clock)
    {
        _stream = stream;
        _recorder = recorder;
        _clock = clock;
        _output = new SmtpOutput(WriteAsync);
    }

    /// <summary>Whether bytes have arrived that no reply has claimed.</summary>
    public bool HasUnreadInput => _inputEnd > _inputStart;

    /// <summary>Whether both sides know whose turn it is. In the middle of content, or with a reply still to come, a command would not be read as one.</summary>
    public bool IsInStep => _expected.Count == 0 && _writeFault is null && _cutOff is null && !_isInsideContent;

    /// <summary>The stream under the channel, to put TLS on.</summary>
    public Stream Stream => _stream;

    /// <summary>What is written so far in clear is gone; from here on everything goes through this stream.</summary>
    public void Upgrade(Stream stream) => _stream = stream;

    /// <summary>Expects a reply that no command asks for: the greeting.</summary>
    public void Expect(MailStage stage) => _expected.Enqueue(new ExpectedReply(stage, null, GroupTime()));

    /// <summary>Adds a command to the group and its reply to the queue.</summary>
    public void Queue(SmtpCommand command)
    {
        RefuseUnsolicited(command.Stage);
        _output.Write(command.Line);
        _expected.Enqueue(new ExpectedReply(command.Stage, command.Shown, GroupTime()));
    }

    /// <summary>Starts the content, of this size where it is known; its reply is expected once it has been completed.</summary>
    /// <exception cref="SmtpSessionException">The server has already said more than its 354: taken for the reply to the content, it would be a yes to a message nobody has read.</exception>
    public SmtpContentWriter OpenContent(SessionTime time, long? size)
    {
        RefuseUnsolicited(MailStage.Data);
        _isInsideContent = true;
        return _output.OpenContent(time, size, isCounted: false);
    }

    /// <summary>Starts content whose octets are counted (RFC 3030): the command and its reply are queued now, the content follows at once.</summary>
    public SmtpContentWriter OpenChunk(SessionTime time, long size)
    {
        _chunkStart = Position;
        Queue(SmtpCommand.Bdat(size));
        _isInsideContent = true;
        return _output.OpenContent(time, size, isCounted: true);
    }

    /// <summary>Ends the content that was counted: all of it has been written.</summary>
    public void CompleteChunk() => _isInsideContent = false;

    /// <summary>
    /// Takes back what has not been sent of content that was counted and failed: a later write would otherwise complete it, and the server have a message that nobody sent.
    /// </summary>
    public void AbandonChunk() => _output.Truncate((int)Math.Max(0, _chunkStart - _flushed));

    /// <summary>The octets queued since the connection began.</summary>
    public long Position => _flushed + _output.Length;

    /// <summary>
    /// Whether the peer can have every octet up to this position. It cannot where some were never handed to the system, or where they are the end of a write that failed:
    /// of that one at least the last octet has not gone out.
    /// </summary>
    public bool CanHaveArrived(long position) => position < _handed || (position == _handed && _writeFault is null && _cutOff is null);

    /// <summary>Ends the content with the lone dot.</summary>
    public void CompleteContent(SmtpContentWriter content)
    {
        content.EndWithDot();
        _isInsideContent = false;
        _expected.Enqueue(new ExpectedReply(MailStage.EndOfData, SmtpCommand.ContentShown, GroupTime()));
    }

    /// <summary>Sends what is queued, in one write.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

    /// <summary>Whether anything is queued that has not been sent.</summary>
    public bool HasQueued => _output.Length > 0;

    /// <summary>Reads while there is nothing to do, so that a server that hangs up is noticed. The next reply is read from it.</summary>
    /// <returns>Ends when the server spoke or hung up, both of which it should not.</returns>
    public Task WatchAsync()
    {
        MakeRoom();
        return _idleRead ??= _stream.ReadAsync(_input.AsMemory(_inputEnd)).AsTask();
    }

    /// <summary>Takes the reply to the oldest command that has none yet, where all of it has arrived.</summary>
    /// <exception cref="SmtpSessionException">What came is no reply.</exception>
    public bool TryReadReply(out SmtpReply? reply, out TimeSpan elapsed)
    {
        reply = null;
        elapsed = default;
        if (!HasUnreadInput)
            return false;
        var expected = _expected.Peek();
        if (!TryRecent(expected.Stage, out reply))
        {
            var status = SmtpReplyParser.TryParse(_input.AsSpan(_inputStart, _inputEnd - _inputStart), out reply, out var consumed);
            if (status == ReplyParseStatus.Incomplete)
                return false;
            if (status != ReplyParseStatus.Complete)
                throw BrokenReply(expected, status);
            reply = _recorder.Mask(reply!);
            Remember(expected.Stage, consumed, reply);
            _inputStart += consumed;
        }

        _expected.Dequeue();
        elapsed = _clock.GetElapsedTime(expected.QueuedAt, ReadAt);
        return true;
    }

    /// <summary>When the last octets arrived.</summary>
    public long ReadAt { get; private set; }

    /// <summary>Sends what is queued and waits for more to arrive.</summary>
    /// <exception cref="SmtpSessionException">The connection ended.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (HasQueued)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
            // The other connections' turn: a server nearby has answered by the time that it is this one's again, and then no thread need be woken to read.
            await Task.Yield();
        }

        await FillAsync(_expected.Peek(), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Why something could not be written; null where all was. What was written before may still have been answered.</summary>
    public SmtpSessionException? WriteFailure => _writeFault is null ? null : new SmtpSessionException(_writeFault, _writeException);

    /// <summary>Reads the reply to the oldest command that has none yet.</summary>
    /// <exception cref="SmtpSessionException">The connection ended, or what came is no reply.</exception>
    public async ValueTask<SmtpReply> ReadReplyAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        var expected = _expected.Peek();
        while (true)
        {
            var status = SmtpReplyParser.TryParse(_input.AsSpan(_inputStart, _inputEnd - _inputStart), out var reply, out var consumed);
            switch (status)
            {
                case ReplyParseStatus.Complete:
                    _inputStart += consumed;
                    _expected.Dequeue();
                    _recorder.Exchanged(expected.Stage, expected.Command, reply!, _clock.GetElapsedTime(expected.QueuedAt));
                    return reply!;
                case ReplyParseStatus.Incomplete:
                    await FillAsync(expected, cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    await GatherLineAsync(cancellationToken).ConfigureAwait(false);
                    throw BrokenReply(expected, status);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _output.Dispose();
        try
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The session is over and its result known: that the peer was quicker to hang up changes nothing.
        }
    }

    /// <summary>What waits unread, printable and shortened.</summary>
    public string PeekUnread() => SmtpReplyParser.Excerpt(_input.AsSpan(_inputStart, _inputEnd - _inputStart), _recorder.Mask);

    // A reply that comes before its command was sent answers nothing we said: taking it for the answer is how injected replies get in.
    private void RefuseUnsolicited(MailStage stage)
    {
        if (_idleRead is { IsCompletedSuccessfully: true, Result: > 0 } idle)
        {
            _inputEnd += idle.Result;
            _idleRead = null;
        }

        if (_expected.Count > 0 || !HasUnreadInput)
            return;
        var status = SmtpReplyParser.TryParse(_input.AsSpan(_inputStart, _inputEnd - _inputStart), out var reply, out _);
        throw new SmtpSessionException(status == ReplyParseStatus.Complete && reply!.Code == 421
            ? new AttemptFault { Stage = stage, Kind = FaultKind.Refused, Reply = reply, Message = $"The server is closing the connection: {reply}" }
            : new AttemptFault
            {
                Stage = stage,
                Kind = FaultKind.ProtocolViolation,
                UnexpectedText = PeekUnread(),
                Message = $"The server spoke out of turn: \"{PeekUnread()}\".",
            });
    }

    // The commands of a group leave together.
    private long GroupTime() => _groupAt != 0 ? _groupAt : _groupAt = _clock.GetTimestamp();

    // A read that was begun while there was nothing to do fills the place where the input ended then, which nothing has moved since.
    private ValueTask<int> ReadAsync(CancellationToken cancellationToken)
    {
        if (_idleRead is not { } idle)
            return _stream.ReadAsync(_input.AsMemory(_inputEnd), cancellationToken);
        _idleRead = null;
        return idle.IsCompleted ? new ValueTask<int>(idle) : new ValueTask<int>(idle.WaitAsync(cancellationToken));
    }

    // Most servers answer MAIL, RCPT and DATA with the same words each time. A reply is taken for the earlier one only where every octet is the same, line end and all.
    private bool TryRecent(MailStage stage, out SmtpReply? reply)
    {
        reply = null;
        if (RecentSlot(stage) is not { } slot || _recent[slot].Octets is not { } octets || !_input.AsSpan(_inputStart, _inputEnd - _inputStart).StartsWith(octets))
            return false;
        reply = _recent[slot].Reply;
        _inputStart += octets.Length;
        return true;
    }

    private void Remember(MailStage stage, int length, SmtpReply reply)
    {
        if (RecentSlot(stage) is { } slot && length <= LongestRecent)
            _recent[slot] = (_input.AsSpan(_inputStart, length).ToArray(), reply);
    }

    private static int? RecentSlot(MailStage stage) => stage switch
    {
        MailStage.Sender => 0,
        MailStage.Recipient => 1,
        MailStage.Data => 2,
        _ => null,
    };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FillAsync(ExpectedReply expected, CancellationToken cancellationToken)
    {
        if (_idleRead is null)
            MakeRoom();
        int count;
        try
        {
            count = await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (StreamFault.IsOfStream(e))
        {
            throw new SmtpSessionException(_writeFault ?? StreamFault.Describe(e, expected.Stage, expected.Command), _writeException ?? e);
        }

        ReadAt = _clock.GetTimestamp();
        if (count == 0)
        {
            var partial = HasUnreadInput ? PeekUnread() : null;
            throw new SmtpSessionException(
                _writeFault ?? new AttemptFault
                {
                    Stage = expected.Stage,
                    Kind = FaultKind.Disconnected,
                    Command = expected.Command,
                    UnexpectedText = partial,
                    Message = expected.Command is null
                        ? "The server closed the connection without a greeting."
                        : $"The server closed the connection without a reply to {expected.Command}.",
                },
                _writeException);
        }

        _inputEnd += count;
    }

    // The first octet may already show that no reply is coming; the rest of its line shows what came instead.
    private async ValueTask GatherLineAsync(CancellationToken cancellationToken)
    {
        using var moment = new Deadline(MomentForTheRest, _clock, cancellationToken);
        try
        {
            while (_inputEnd - _inputStart < EnoughToKnow && !_input.AsSpan(_inputStart, _inputEnd - _inputStart).Contains((byte)'\n'))
            {
                MakeRoom();
                var count = await _stream.ReadAsync(_input.AsMemory(_inputEnd), moment.Token).ConfigureAwait(false);
                if (count == 0)
                    return;
                _inputEnd += count;
            }
        }
        catch (Exception e) when (StreamFault.IsOfStream(e) || e is OperationCanceledException)
        {
            // Whatever is there by now has to do.
        }
    }

    private void MakeRoom()
    {
        if (_inputStart == _inputEnd)
            _inputStart = _inputEnd = 0;
        if (_inputEnd < _input.Length)
            return;
        if (_inputStart > 0)
        {
            _input.AsSpan(_inputStart, _inputEnd - _inputStart).CopyTo(_input);
            _inputEnd -= _inputStart;
            _inputStart = 0;
        }
        else
        {
            // The parser stops at its own limits, so this cannot grow without end.
            Array.Resize(ref _input, _input.Length * 2);
        }
    }

    // A server may answer, hang up, and so make our write fail: its answer is worth more than our error. The error is held until reading has had its say; whoever
    // writes is only told that nothing is taken any more.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _flushed += bytes.Length;
        _groupAt = 0;
        if (_writeFault is not null || _cutOff is not null)
            return false;
        cancellationToken.ThrowIfCancellationRequested();
        _handed = _flushed;
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (StreamFault.IsOfStream(e))
        {
            _writeFault = StreamFault.Describe(e, _isInsideContent ? MailStage.Data : _expected.Count > 0 ? _expected.Peek().Stage : _recorder.CurrentStage, null);
            _writeException = e;
            return false;
        }
        catch (OperationCanceledException e)
        {
            _cutOff = e;
            throw;
        }
    }

    private SmtpSessionException BrokenReply(ExpectedReply expected, ReplyParseStatus status)
    {
        var text = PeekUnread();
        var isGreeting = expected.Command is null;
        var kind = status == ReplyParseStatus.NotAReply && isGreeting ? FaultKind.NotSmtp : FaultKind.ProtocolViolation;
        return new SmtpSessionException(new AttemptFault
        {
            Stage = expected.Stage,
            Kind = kind,
            Command = expected.Command,
            UnexpectedText = text,
            Message = isGreeting ? $"What came instead of an SMTP greeting: \"{text}\"." : $"The reply to {expected.Command} breaks the protocol: \"{text}\".",
        });
    }

    private readonly record struct ExpectedReply(MailStage Stage, string? Command, long QueuedAt);
}
