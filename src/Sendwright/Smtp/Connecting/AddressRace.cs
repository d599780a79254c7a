using System.Net;
using System.Net.Sockets;
using Sendwright.Evidence;

namespace Sendwright.Smtp.Connecting;

/// <summary>
/// Opens a connection to the first of several addresses that answers (RFC 8305, 5): each is started a moment after the one before, or as soon as one fails. Of every
/// address it is said what became of it.
/// </summary>
/// <typeparam name="T">The open connection; those that come too late are disposed.</typeparam>
/// <param name="open">Connects to one address.</param>
/// <param name="port">The port, for the record.</param>
/// <param name="clock">The clock of the delays.</param>
/// <param name="note">Told of each address once.</param>
internal sealed class AddressRace<T>(Func<IPAddress, CancellationToken, ValueTask<T>> open, int port, TimeProvider clock, Action<AddressTry> note)
    where T : class, IDisposable
{
    /// <summary>RFC 8305, 5: "Connection Attempt Delay ... 250 milliseconds is recommended".</summary>
    public static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How many are under way at a time. For the next one the oldest is given up, which then has been silent for two seconds and for a second packet of the system's.
    /// </summary>
    public const int MostAtOnce = 8;

    /// <summary>Runs the race.</summary>
    /// <param name="addresses">The addresses, in the order in which they are to be tried.</param>
    /// <param name="outOfTime">Ends it.</param>
    /// <returns>The winner; null where no address answers.</returns>
    public async ValueTask<(T Connection, IPAddress Address)?> RunAsync(IReadOnlyList<IPAddress> addresses, CancellationToken outOfTime)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(outOfTime);
        var running = new List<Runner>();
        (T Connection, IPAddress Address)? winner = null;
        var next = 0;
        try
        {
            while (winner is null && !outOfTime.IsCancellationRequested && (next < addresses.Count || running.Count > 0))
            {
                if (next < addresses.Count && running.Count == MostAtOnce)
                    winner = await GiveUpAsync(running[0], running).ConfigureAwait(false);
                if (winner is not null)
                    break;
                using var waited = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
                // The delay counts from the start of the attempt, so it begins before it.
                var delay = next + 1 < addresses.Count ? Task.Delay(AttemptDelay, clock, waited.Token) : null;
                if (next < addresses.Count)
                    running.Add(new Runner(this, addresses[next++], over.Token, outOfTime));
                winner = await FirstEndAsync(running, delay).ConfigureAwait(false);
                await waited.CancelAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            foreach (var late in running)
                (await late.EndAsync().ConfigureAwait(false))?.Connection.Dispose();
        }

        for (; next < addresses.Count; next++)
            note(new AddressTry(addresses[next], port, FaultKind.NotTried, TimeSpan.Zero, winner is null ? "not tried: the time was up" : "not tried: another address answered first"));
        if (winner is null)
            outOfTime.ThrowIfCancellationRequested();
        return winner;
    }

    private static async Task<(T Connection, IPAddress Address)?> GiveUpAsync(Runner oldest, List<Runner> running)
    {
        running.Remove(oldest);
        oldest.GiveUp();
        // It may have connected in this very moment.
        return await oldest.EndAsync().ConfigureAwait(false);
    }

    /// <summary>Waits until one has ended, or until it is time for the next.</summary>
    private static async Task<(T Connection, IPAddress Address)?> FirstEndAsync(List<Runner> running, Task? delay)
    {
        var ends = running.Select(runner => (Task)runner.Ending);
        var ended = await Task.WhenAny(delay is null ? ends : ends.Append(delay)).ConfigureAwait(false);
        if (ended == delay)
            return null;
        var first = running.First(runner => runner.Ending == ended);
        running.Remove(first);
        return await first.EndAsync().ConfigureAwait(false);
    }

    /// <summary>One address on its way.</summary>
    private sealed class Runner
    {
        private readonly CancellationTokenSource _stop;
        private bool _isGivenUp;

        public Runner(AddressRace<T> race, IPAddress address, CancellationToken over, CancellationToken outOfTime)
        {
            _stop = CancellationTokenSource.CreateLinkedTokenSource(over);
            Ending = RunAsync(race, address, outOfTime);
        }

        public Task<(T Connection, IPAddress Address)?> Ending { get; }

        public void GiveUp()
        {
            Volatile.Write(ref _isGivenUp, true);
            _stop.Cancel();
        }

        public async Task<(T Connection, IPAddress Address)?> EndAsync()
        {
            var result = await Ending.ConfigureAwait(false);
            _stop.Dispose();
            return result;
        }

        // Answers null instead of throwing, so that one bad address cannot end the race.
        private async Task<(T Connection, IPAddress Address)?> RunAsync(AddressRace<T> race, IPAddress address, CancellationToken outOfTime)
        {
            var started = race.Started();
            try
            {
                var connection = await race.OpenAsync(address, _stop.Token).ConfigureAwait(false);
                race.Note(address, started, null, null);
                return (connection, address);
            }
            catch (SocketException e)
            {
                race.Note(address, started, StreamFault.OfConnect(e.SocketErrorCode), e.Message);
            }
            catch (OperationCanceledException)
            {
                // Cancelled by the limit or given up: silent. Cancelled because another address won: nothing is known of it.
                var isSilent = outOfTime.IsCancellationRequested || Volatile.Read(ref _isGivenUp);
                race.Note(address, started, isSilent ? FaultKind.ConnectionTimedOut : FaultKind.Cancelled, isSilent ? "no answer" : "another address answered first");
            }

            return null;
        }
    }

    private long Started() => clock.GetTimestamp();

    private ValueTask<T> OpenAsync(IPAddress address, CancellationToken cancellationToken) => open(address, cancellationToken);

    private void Note(IPAddress address, long started, FaultKind? failure, string? detail) =>
        note(new AddressTry(address, port, failure, clock.GetElapsedTime(started), detail));
}
