using System.Globalization;
using System.IO.Pipelines;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;

namespace Sendwright.Smtp;

/// <summary>
/// What a message writes itself into: the connection's own buffer. Each piece is checked as it comes, and behind DATA dot-stuffed (RFC 5321, 4.5.2); behind BDAT octets
/// are counted and stay as they are (RFC 3030, 2). From the first octet that may
/// not be sent on nothing more is taken: the connection then ends without the final dot, and the server has no message.
/// </summary>
/// <remarks>
/// Every content is checked, our own too: finding the dots is a pass over the octets in any case, and the check rides in it (<see cref="LineScanner"/>).
/// </remarks>
internal sealed class SmtpContentWriter(SmtpOutput output, SessionTime time, long? size, bool isCounted = false) : PipeWriter
{
    private readonly LineScanner _lines = new();

    // Made once, not for each of the hundreds of flushes that a large message has.
    private readonly Func<CancellationToken, ValueTask<bool>> _flush = async token =>
    {
        await output.FlushAsync(token).ConfigureAwait(false);
        return true;
    };

    /// <summary>The octets of content given to the writer, before dot-stuffing.</summary>
    public long Written { get; private set; }

    /// <summary>Why the content may not be sent; null where it may, so far.</summary>
    public AttemptFault? Fault { get; private set; }

    /// <summary>Whether whatever is written now goes nowhere.</summary>
    public bool HasStopped => Fault is not null || output.IsBroken;

    /// <inheritdoc />
    public override bool CanGetUnflushedBytes => true;

    /// <inheritdoc />
    public override long UnflushedBytes => output.Length;

    /// <inheritdoc />
    public override Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint);

    /// <inheritdoc />
    public override Span<byte> GetSpan(int sizeHint = 0) => output.GetSpan(sizeHint);

    /// <inheritdoc />
    public override void Advance(int bytes)
    {
        if (bytes == 0)
            return;
        Written += bytes;
        if (HasStopped)
            return; // what lies in the buffer is written over
        var start = output.Length;
        output.Advance(bytes);
        var dots = _lines.Scan(output.Written(start));
        if (_lines.Problem != ContentProblem.None)
            Fault = NotCanonical();
        else if (Written > size)
            Fault = NotAsAnnounced("more");
        if (Fault is not null)
            output.Truncate(start);
        else if (dots > 0 && !isCounted)
            DotStuffing.Insert(output, start, dots);
    }

    /// <inheritdoc />
    /// <remarks>It is completed where nothing is taken any more, so that a large message need not be written to its end for nothing.</remarks>
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        // The last octet that was announced makes a message of all before it: it waits until the content has proved to be whole, and what is read from it has had no objection.
        if (output.Length >= SmtpOutput.FlushThreshold && !(isCounted && Written >= size))
            await FlushWithinLimitAsync(cancellationToken).ConfigureAwait(false);
        return new FlushResult(isCanceled: false, isCompleted: HasStopped);
    }

    /// <summary>Sends what is left.</summary>
    public async ValueTask FlushRestAsync() => await FlushWithinLimitAsync(CancellationToken.None).ConfigureAwait(false);

    // The limit is on each flush, not on the whole: a large message over a slow line takes its time, a server that takes nothing does not.
    private ValueTask<bool> FlushWithinLimitAsync(CancellationToken cancellationToken) =>
        time.LimitAsync(time.Timeouts.Data, MailStage.Data, "progress with the content", time.Heeds(cancellationToken) ? _flush : limit => FlushAsync(limit, cancellationToken));

    private async ValueTask<bool> FlushAsync(CancellationToken limit, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit, cancellationToken);
        return await _flush(both.Token).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override void CancelPendingFlush()
    {
        // Flushes are cancelled by their token; there is no second party here that could call this.
    }

    /// <inheritdoc />
    public override void Complete(Exception? exception = null)
    {
        // The session ends the content with EndWithDot: a writer that fails half-way must not look like one that is done.
    }

    /// <summary>Judges the content as a whole, once all of it was written: a CR at its very end, or less than was announced.</summary>
    public void CheckWhole()
    {
        if (HasStopped)
            return;
        _lines.Complete();
        if (_lines.Problem != ContentProblem.None)
            Fault = NotCanonical();
        else if (size is not null && Written != size)
            Fault = NotAsAnnounced("only");
        else if (isCounted && !_lines.IsAtLineStart)
            Fault = new AttemptFault { Stage = MailStage.Data, Kind = FaultKind.ContentChanged, Message = "The message's last line has no line end, though it had said so. It was not sent." };
    }

    /// <summary>Ends the content: a line end where the last line has none, and the lone dot.</summary>
    public void EndWithDot()
    {
        var end = _lines.IsAtLineStart ? ".\r\n"u8 : "\r\n.\r\n"u8;
        end.CopyTo(output.GetSpan(end.Length));
        output.Advance(end.Length);
    }

    private AttemptFault NotCanonical() => new()
    {
        Stage = MailStage.Data,
        Kind = FaultKind.ContentNotCanonical,
        Message = $"{_lines.Describe()} It was not sent.",
    };

    private AttemptFault NotAsAnnounced(string howMuch) => new()
    {
        Stage = MailStage.Data,
        Kind = FaultKind.ContentChanged,
        Message = string.Create(CultureInfo.InvariantCulture, $"The message announced {size} octets and wrote {howMuch}{(howMuch == "only" ? $" {Written}" : "")}. It was not sent."),
    };
}
