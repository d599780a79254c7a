using System.Globalization;
using System.Runtime.CompilerServices;
using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Smtp;

/// <summary>The clock and the limits of one session: one total, and one for each kind of wait inside it.</summary>
internal sealed class SessionTime : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly Deadline _total;

    // The waits of a session follow one another, and a large message has hundreds of them.
    private Deadline? _spare;

    public SessionTime(MailTimeouts timeouts, TimeProvider clock, CancellationToken caller)
    {
        Timeouts = timeouts;
        Clock = clock;
        _caller = caller;
        _total = new Deadline(timeouts.Total, clock, caller);
    }

    public MailTimeouts Timeouts { get; }

    public TimeProvider Clock { get; }

    /// <summary>Runs one wait under its limit and says, when it is cut off, which limit it was.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T> LimitAsync<T>(TimeSpan limit, MailStage stage, string waitingFor, Func<CancellationToken, ValueTask<T>> wait)
    {
        var deadline = Start(limit);
        try
        {
            return await wait(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            throw new SmtpSessionException(Explain(stage, waitingFor, deadline), e);
        }
        finally
        {
            Stop(deadline);
        }
    }

    /// <summary>Sets the limit for everything together anew: the messages of a kept connection have each their own.</summary>
    public void RestartTotal(TimeSpan limit) => _total.Restart(limit > TimeSpan.Zero ? limit : TimeSpan.Zero);

    /// <summary>Takes the limit for everything together away, while there is nothing to limit.</summary>
    public void StopTotal() => _total.Restart(Timeout.InfiniteTimeSpan);

    /// <summary>Ends with the limit for everything together, and with the caller's patience.</summary>
    public CancellationToken Token => _total.Token;

    /// <summary>What it means that <see cref="Token"/> has ended.</summary>
    public SmtpSessionException CutOff(MailStage stage, string waitingFor, Exception cause) => new(Explain(stage, waitingFor, _total), cause);

    /// <summary>Whether it is a token which every limit heeds already.</summary>
    public bool Heeds(CancellationToken token) => token == _caller || token == _total.Token || !token.CanBeCanceled;

    public void Dispose()
    {
        Interlocked.Exchange(ref _spare, null)?.Dispose();
        _total.Dispose();
    }

    private Deadline Start(TimeSpan limit)
    {
        if (Interlocked.Exchange(ref _spare, null) is not { } deadline)
            return new Deadline(limit, Clock, _total.Token);
        deadline.Restart(limit);
        return deadline;
    }

    private void Stop(Deadline deadline)
    {
        if (!deadline.TryStop() || Interlocked.CompareExchange(ref _spare, deadline, null) is not null)
            deadline.Dispose();
    }

    private AttemptFault Explain(MailStage stage, string waitingFor, Deadline deadline)
    {
        if (_caller.IsCancellationRequested)
            return new AttemptFault { Stage = stage, Kind = FaultKind.Cancelled, Message = $"The caller cancelled while waiting for {waitingFor}." };
        var (kind, limit) = deadline.Expired && deadline != _total ? (FaultKind.ReplyTimedOut, deadline.Limit) : (FaultKind.TotalTimedOut, Timeouts.Total);
        var whose = kind == FaultKind.TotalTimedOut ? "the limit for everything together" : "the limit";
        return new AttemptFault
        {
            Stage = stage,
            Kind = kind,
            Message = string.Create(CultureInfo.InvariantCulture, $"No {waitingFor} within {limit.TotalSeconds:0.#} s, {whose}."),
        };
    }
}
