using System.IO.Pipelines;
using Sendwright.Evidence;

namespace Sendwright.Smtp;

/// <summary>
/// What a message writes itself into: the connection's own buffer. Lines that begin with a dot get a second one on the way (RFC 5321, 4.5.2). Writers that keep
/// dots off line starts, as the composer does, pay for no more than a vectorised search.
/// </summary>
internal sealed class SmtpContentWriter(SmtpOutput output, SessionTime time) : PipeWriter
{
    private static readonly byte[] DotAtLineStart = "\r\n."u8.ToArray();

    // The last octets of the content so far: 0 = start of a line, 1 = after CR, 2 = inside a line.
    private LineState _state = LineState.LineStart;

    private enum LineState
    {
        LineStart,
        AfterCr,
        Inside,
    }

    /// <summary>The octets of content given to the writer, before dot-stuffing.</summary>
    public long Written { get; private set; }

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
        var start = output.Length;
        output.Advance(bytes);
        StuffDots(start);
    }

    /// <inheritdoc />
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (output.Length >= SmtpOutput.FlushThreshold)
            await FlushWithinLimitAsync(cancellationToken).ConfigureAwait(false);
        return default;
    }

    /// <summary>Sends what is left.</summary>
    public async ValueTask FlushRestAsync() => await FlushWithinLimitAsync(CancellationToken.None).ConfigureAwait(false);

    // The limit is on each flush, not on the whole: a large message over a slow line takes its time, a server that takes nothing does not.
    private ValueTask<bool> FlushWithinLimitAsync(CancellationToken cancellationToken) => time.LimitAsync(time.Timeouts.Data, MailStage.Data, "progress with the content", async limit =>
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit, cancellationToken);
        await output.FlushAsync(both.Token).ConfigureAwait(false);
        return true;
    });

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

    /// <summary>Ends the content: a line end where the last line has none, and the lone dot.</summary>
    public void EndWithDot()
    {
        var end = _state switch
        {
            LineState.LineStart => ".\r\n"u8,
            LineState.AfterCr => "\n.\r\n"u8,
            _ => "\r\n.\r\n"u8,
        };
        end.CopyTo(output.GetSpan(end.Length));
        output.Advance(end.Length);
    }

    private void StuffDots(int start)
    {
        var written = output.Written(start);
        if (StartsWithDotLine(written) is var first and >= 0)
        {
            InsertDot(start + first);
            start += first + 2;
            written = output.Written(start);
        }

        int hit;
        while ((hit = written.IndexOf(DotAtLineStart)) >= 0)
        {
            InsertDot(start + hit + 2);
            start += hit + 4;
            written = output.Written(start);
        }

        var all = output.Written(0);
        _state = all is [.., (byte)'\r', (byte)'\n'] ? LineState.LineStart : all is [.., (byte)'\r'] ? LineState.AfterCr
            : all is [(byte)'\n'] && _state == LineState.AfterCr ? LineState.LineStart : LineState.Inside;
    }

    // A dot that begins a line which an earlier Advance ended.
    private int StartsWithDotLine(ReadOnlySpan<byte> written) => _state switch
    {
        LineState.LineStart when written is [(byte)'.', ..] => 0,
        LineState.AfterCr when written is [(byte)'\n', (byte)'.', ..] => 1,
        _ => -1,
    };

    private void InsertDot(int at)
    {
        _ = output.GetSpan(1);
        output.Advance(1);
        var tail = output.Written(at);
        tail[..^1].CopyTo(tail[1..]);
        tail[0] = (byte)'.';
    }
}
