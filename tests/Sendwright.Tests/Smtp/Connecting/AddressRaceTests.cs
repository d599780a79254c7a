using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Sendwright.Evidence;
using Sendwright.Smtp.Connecting;
using Sendwright.Testing;

namespace Sendwright.Tests.Smtp.Connecting;

/// <summary>RFC 8305, 5, with connections that answer when the test says so.</summary>
public sealed class AddressRaceTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ConcurrentQueue<AddressTry> _notes = new();
    private readonly ConcurrentDictionary<IPAddress, Door> _doors = new();

    [Fact]
    public async Task The_next_address_is_tried_a_quarter_of_a_second_later_and_not_before()
    {
        var racing = RunAsync(2);
        await Opened(1);

        _clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.False(DoorOf(2).Opened.Task.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await Opened(2);
        DoorOf(2).Answer.SetResult(new Connection());

        Assert.Equal(Address(2), (await racing)!.Value.Address);
        Assert.Equal([(Address(2), null), (Address(1), FaultKind.Cancelled)], Notes);
    }

    [Fact]
    public async Task The_next_address_is_tried_at_once_when_one_fails()
    {
        var racing = RunAsync(2);
        await Opened(1);

        DoorOf(1).Answer.SetException(new SocketException((int)SocketError.ConnectionRefused));
        await Opened(2);
        DoorOf(2).Answer.SetResult(new Connection());

        Assert.Equal(Address(2), (await racing)!.Value.Address);
        Assert.Equal([(Address(1), FaultKind.ConnectionRefused), (Address(2), null)], Notes);
    }

    [Fact]
    public async Task Addresses_that_were_not_needed_are_noted_as_not_tried()
    {
        var racing = RunAsync(3);
        await Opened(1);
        DoorOf(1).Answer.SetResult(new Connection());

        Assert.Equal(Address(1), (await racing)!.Value.Address);
        Assert.Equal([(Address(1), null), (Address(2), FaultKind.NotTried), (Address(3), FaultKind.NotTried)], Notes);
    }

    [Fact]
    public async Task There_is_no_winner_where_every_address_fails()
    {
        var racing = RunAsync(2);
        await Opened(1);
        DoorOf(1).Answer.SetException(new SocketException((int)SocketError.ConnectionRefused));
        await Opened(2);
        DoorOf(2).Answer.SetException(new SocketException((int)SocketError.NetworkUnreachable));

        Assert.Null(await racing);
        Assert.Equal([(Address(1), FaultKind.ConnectionRefused), (Address(2), FaultKind.NetworkUnreachable)], Notes);
    }

    [Fact]
    public async Task A_connection_that_comes_too_late_is_closed()
    {
        var late = DoorOf(1).ComesTooLate = new Connection();
        var racing = RunAsync(2);
        await Opened(1);
        _clock.Advance(AddressRace<Connection>.AttemptDelay);
        await Opened(2);
        DoorOf(2).Answer.SetResult(new Connection());

        var winner = (await racing)!.Value;

        Assert.Equal((Address(2), false, true), (winner.Address, winner.Connection.IsDisposed, late.IsDisposed));
    }

    [Fact]
    public async Task No_more_than_eight_are_under_way_and_all_get_their_turn()
    {
        const int Count = 20;
        var racing = RunAsync(Count);
        for (var number = 1; number < Count; number++)
        {
            await Opened(number);
            Assert.InRange(_doors.Values.Count(door => door.IsWaiting), 1, AddressRace<Connection>.MostAtOnce);
            _clock.Advance(AddressRace<Connection>.AttemptDelay);
        }

        await Opened(Count);
        DoorOf(Count).Answer.SetResult(new Connection());

        Assert.Equal(Address(Count), (await racing)!.Value.Address);
        Assert.Equal(Count - AddressRace<Connection>.MostAtOnce, _notes.Count(note => note.Failure == FaultKind.ConnectionTimedOut));
        Assert.All(_notes.Where(note => note.Failure == FaultKind.ConnectionTimedOut), note => Assert.Equal(TimeSpan.FromSeconds(2), note.Elapsed));
    }

    [Fact]
    public async Task Running_out_of_time_ends_all_of_them()
    {
        using var outOfTime = new CancellationTokenSource();
        var racing = RunUntilAsync(3, outOfTime.Token);
        await Opened(1);
        _clock.Advance(AddressRace<Connection>.AttemptDelay);
        await Opened(2);
        await outOfTime.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => racing);
        Assert.Equal([(Address(1), FaultKind.ConnectionTimedOut), (Address(2), FaultKind.ConnectionTimedOut), (Address(3), FaultKind.NotTried)], Notes.OrderBy(note => note.Address.ToString(), StringComparer.Ordinal));
    }

    private IEnumerable<(IPAddress Address, FaultKind? Failure)> Notes => _notes.Select(note => (note.Address, note.Failure));

    private Task<(Connection Connection, IPAddress Address)?> RunAsync(int addresses) => RunUntilAsync(addresses, TestContext.Current.CancellationToken);

    private Task<(Connection Connection, IPAddress Address)?> RunUntilAsync(int addresses, CancellationToken outOfTime) =>
        new AddressRace<Connection>(OpenAsync, 25, _clock, _notes.Enqueue).RunAsync([.. Enumerable.Range(1, addresses).Select(Address)], outOfTime).AsTask();

    private async ValueTask<Connection> OpenAsync(IPAddress address, CancellationToken cancellationToken)
    {
        var door = _doors.GetOrAdd(address, _ => new Door());
        door.IsWaiting = true;
        door.Opened.TrySetResult();
        try
        {
            if (door.ComesTooLate is not { } late)
                return await door.Answer.Task.WaitAsync(cancellationToken);
            await using var cancelled = cancellationToken.Register(() => door.Answer.TrySetResult(late));
            return await door.Answer.Task;
        }
        finally
        {
            door.IsWaiting = false;
        }
    }

    private static IPAddress Address(int number) => new([192, 0, 2, (byte)number]);

    private Door DoorOf(int number) => _doors.GetOrAdd(Address(number), _ => new Door());

    private Task Opened(int number) => DoorOf(number).Opened.Task.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>One address: it says when it is knocked at, and answers when the test says so.</summary>
    private sealed class Door
    {
        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<Connection> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsWaiting { get; set; }

        /// <summary>What it opens when it is cancelled.</summary>
        public Connection? ComesTooLate { get; set; }
    }

    private sealed class Connection : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
