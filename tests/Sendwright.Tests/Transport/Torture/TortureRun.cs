using System.Globalization;
using System.Text.RegularExpressions;
using Sendwright.Settings;
using Sendwright.Transport;

namespace Sendwright.Tests.Transport.Torture;

/// <summary>A hostile server, a transport and a number of messages, all by a seed; and whether what the transport says of each message is true.</summary>
internal sealed partial class TortureRun
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);

    private readonly int _seed;
    private readonly Random _random;
    private readonly HostileBehaviour _behaviour;
    private readonly PoolSettings _pool;
    private readonly int _count;
    private readonly List<string> _violations = [];
    private readonly Dictionary<string, int> _outcomes = [];
    private bool _isAborted;

    private TortureRun(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        var quirk = _random.Next(7) == 0 ? (PipeliningQuirk)(1 + _random.Next(5)) : PipeliningQuirk.None;
        _behaviour = new HostileBehaviour
        {
            Pipelining = quirk != PipeliningQuirk.None || _random.Next(4) != 0,
            // One that throws away whole transactions out of a BDAT window, and answers those behind, cannot be found out by any client: the replies are alike.
            Chunking = _random.Next(2) == 0 && quirk != PipeliningQuirk.DiscardsBehindFinalDot,
            Size = _random.Next(2) == 0,
            EightBitMime = _random.Next(2) == 0,
            Quirk = quirk,
            Faults = Sometimes(0.9),
            FaultWithin = _random.Next(3) switch { 0 => 300, 1 => 4000, _ => 60_000 },
            FaultlessMessages = _random.Next(3) == 0 ? _random.Next(5) : 0,
            Refusals = Sometimes(0.3),
            Farewells = Sometimes(0.5),
            ConnectionRefusals = Sometimes(0.4),
            Late = Sometimes(0.5),
            ByByte = Sometimes(0.7),
            MessagesPerConnection = _random.Next(3) == 0 ? 1 + _random.Next(6) : 0,
            SaysFarewell = _random.Next(2) == 0,
            ClosesIdle = Sometimes(0.5),
            MaxConnections = _random.Next(4) == 0 ? 1 + _random.Next(4) : 0,
            ContinuesWithoutRecipient = _random.Next(3) == 0,
        };
        _pool = new PoolSettings
        {
            Connections = 1 + _random.Next(8),
            Window = 1 + _random.Next(8),
            Pipelining = _random.Next(6) != 0,
            Chunking = _random.Next(6) != 0,
            MessagesPerConnection = _random.Next(4) == 0 ? 1 + _random.Next(5) : null,
            IdleTimeout = TimeSpan.FromMilliseconds(_random.Next(4) == 0 ? 1 + _random.Next(20) : 5000),
        };
        _count = 1 + _random.Next(40);
    }

    /// <summary>Makes the run that belongs to this seed. Times differ from one machine to the next, and so may its course; what must hold does not.</summary>
    public static Task<TortureResult> RunAsync(int seed) => new TortureRun(seed).RunAsync();

    private async Task<TortureResult> RunAsync()
    {
        await using var server = new HostileServer(_behaviour, _seed);
        var messages = Enumerable.Range(1, _count).Select(number => new TortureMessage(number, _random)).ToList();
        messages.ForEach(message => server.Ledger.Expect(message.Number, message.Octets));
        var limit = TimeSpan.FromMilliseconds(250);
        var transport = new SmtpTransport(new MailSettings
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Security = ConnectionSecurity.None,
            LocalName = "app.example.com",
            Pool = _pool,
            Timeouts = new MailTimeouts { Connect = limit, Greeting = limit, Command = limit, Data = limit, EndOfData = limit, Total = TimeSpan.FromSeconds(1 + _random.Next(5)) },
        });
        TransportStatistics statistics;
        try
        {
            var abortsAfter = _random.Next(20) == 0 ? TimeSpan.FromMilliseconds(_random.Next(200)) : (TimeSpan?)null;
            var sending = messages.Select(message => (Message: message, Outcome: SendAsync(transport, message))).ToList();
            if (abortsAfter is { } moment)
            {
                await Task.Delay(moment, TimeProvider.System);
                _isAborted = true;
                transport.Dispose();
            }

            var isDrainedEarly = _random.Next(4) == 0;
            var drained = isDrainedEarly ? transport.DisposeAsync().AsTask() : Task.CompletedTask;
            await Task.WhenAll(sending.Select(one => one.Outcome)).WaitAsync(Watchdog, TimeProvider.System);
            await drained.WaitAsync(Watchdog, TimeProvider.System);
            await transport.DisposeAsync().AsTask().WaitAsync(Watchdog, TimeProvider.System);
            statistics = transport.Statistics;
            await server.AllClosedAsync(Watchdog);
            foreach (var (message, outcome) in sending)
                Judge(message, await outcome, server.Ledger);
        }
        catch (TimeoutException e)
        {
            _violations.Add($"Something hung: {e.StackTrace} {transport.Statistics}");
            transport.Dispose();
            return Result(transport.Statistics);
        }

        _violations.AddRange(server.Ledger.Violations);
        JudgeStatistics(statistics, server.Ledger);
        return Result(statistics);
    }

    private TortureResult Result(TransportStatistics statistics) =>
        new(_seed, $"{_count} messages, {_pool}, {_behaviour}", _outcomes, (int)statistics.Resent, statistics.OneCommandAtATime, _violations);

    private Task<object> SendAsync(SmtpTransport transport, TortureMessage message)
    {
        var caller = new CancellationTokenSource(Timeout.InfiniteTimeSpan, TimeProvider.System);
        var sending = transport.SendAsync(message.Envelope, message, caller.Token);
        // Only now: what is cancelled before it is sent is no business of the transport.
        var isCancelled = _random.Next(8) == 0;
        if (isCancelled)
            caller.CancelAfter(TimeSpan.FromMilliseconds(_random.Next(100)));
        return OutcomeAsync();

        async Task<object> OutcomeAsync()
        {
            using (caller)
            {
                try
                {
                    return await sending;
                }
                catch (OperationCanceledException) when (!isCancelled)
                {
                    return "cancelled, though nobody had cancelled";
                }
                catch (Exception e)
                {
                    return e;
                }
            }
        }
    }

    private void Judge(TortureMessage message, object outcome, Ledger ledger)
    {
        var accepted = ledger.Of(message.Number);
        var name = outcome is DeliveryReceipt ? "receipts" : outcome.GetType().Name;
        _outcomes[name] = _outcomes.GetValueOrDefault(name) + 1;
        var mostAccepted = 0;
        switch (outcome)
        {
            case DeliveryReceipt receipt:
                mostAccepted = 1;
                if (accepted.Count != 1)
                    Blame($"has a receipt and was taken {accepted.Count} times");
                else if (!receipt.Reply.Text.EndsWith(accepted[0].Id, StringComparison.Ordinal))
                    Blame($"has the receipt \"{receipt.Reply}\" and was taken as {accepted[0].Id}");
                else if (!receipt.Recipients.Where(recipient => recipient.Accepted).Select(recipient => recipient.Address.Address).SequenceEqual(accepted[0].Recipients))
                    Blame("has a receipt with other recipients than it was taken for");
                if (message.Envelope.AllRecipientsOrNone && receipt.Recipients.Any(recipient => !recipient.Accepted))
                    Blame("went to some though it was for all or none");
                break;
            case MailOutcomeUnknownException:
                mostAccepted = 1;
                break;
            case MailException:
            case OperationCanceledException:
            case InvalidDataException when message.Fails:
            case ObjectDisposedException when _isAborted:
                break;
            default:
                Blame($"ended as {outcome}");
                break;
        }

        if (outcome is MailException failure)
            JudgeWords(failure);
        if (accepted.Count > mostAccepted)
            Blame($"ended as {outcome.GetType().Name} and was taken {accepted.Count} times");
        if (message.Fails && outcome is DeliveryReceipt)
            Blame("has a receipt though it cannot be read");

        void JudgeWords(MailException e)
        {
            var everything = $"{e.Failure.Reply} {e.Failure.Message} {string.Join(' ', e.Failure.Transcript)} {string.Join(' ', e.Failure.Recipients.Select(recipient => recipient.Reply))}";
            foreach (Match match in NumberInReply().Matches(everything))
            {
                if (match.Groups[1].Value != message.Number.ToString(CultureInfo.InvariantCulture))
                    Blame($"shows a reply to another message: {match.Value} in {everything}");
            }
        }

        void Blame(string what) => _violations.Add($"Message {message.Number} {what}.");
    }

    private void JudgeStatistics(TransportStatistics statistics, Ledger ledger)
    {
        var receipts = _outcomes.GetValueOrDefault("receipts");
        var unknown = _outcomes.GetValueOrDefault(nameof(MailOutcomeUnknownException));
        var cancelled = _outcomes.GetValueOrDefault(nameof(OperationCanceledException));
        Check(statistics.Accepted == receipts, $"{statistics.Accepted} accepted, and there are {receipts} receipts");
        Check(statistics.Unknown == unknown, $"{statistics.Unknown} unknown, and there are {unknown} such exceptions");
        Check(statistics.Cancelled == cancelled, $"{statistics.Cancelled} cancelled, and there are {cancelled} such exceptions");
        Check(statistics.Accepted + statistics.Refused + statistics.Unknown + statistics.Failed + statistics.Cancelled == _count, $"the sum of {statistics} is not {_count}");
        Check(statistics is { Waiting: 0, UnderWay: 0, Connections: 0, Connecting: 0, Idle: 0 }, $"something is left: {statistics}");
        Check(ledger.Total >= receipts && ledger.Total <= receipts + unknown, $"the server took {ledger.Total}, and there are {receipts} receipts and {unknown} unknown");

        void Check(bool holds, string what)
        {
            if (!holds)
                _violations.Add($"The sum is wrong: {what}.");
        }
    }

    private double Sometimes(double most) => _random.Next(2) == 0 ? 0 : _random.NextDouble() * most;

    // An address of the server's that names a message, or its id.
    [GeneratedRegex(@"(?:\.m|-n)(\d+)\b")]
    private static partial Regex NumberInReply();
}
