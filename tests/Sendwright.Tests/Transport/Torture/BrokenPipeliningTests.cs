using Sendwright.Settings;

namespace Sendwright.Tests.Transport.Torture;

public sealed class BrokenPipeliningTests
{
    [Theory]
    [InlineData(nameof(PipeliningQuirk.DiscardsBehindFirstCommand))]
    [InlineData(nameof(PipeliningQuirk.Answers503))]
    [InlineData(nameof(PipeliningQuirk.Answers554))]
    [InlineData(nameof(PipeliningQuirk.HangsUp))]
    [InlineData(nameof(PipeliningQuirk.DiscardsBehindFinalDot))]
    public async Task A_server_that_breaks_under_pipelining_is_found_out_and_served_one_command_at_a_time(string quirk)
    {
        await using var server = new HostileServer(new HostileBehaviour { Quirk = Enum.Parse<PipeliningQuirk>(quirk) }, seed: 1);
        await using var transport = HostileSending.TransportTo(server, new PoolSettings { Connections = 4 }, commandLimit: TimeSpan.FromSeconds(1.5));
        var messages = HostileSending.Messages(server, 40);

        var receipts = await HostileSending.SendAsync(transport, messages);

        HostileSending.AssertTakenOnce(server, messages, receipts);
        Assert.True(transport.Statistics.OneCommandAtATime);
        Assert.Equal(40, transport.Statistics.Accepted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task A_good_server_whose_connections_break_at_random_is_not_held_to_be_one(int seed)
    {
        var behaviour = new HostileBehaviour { Chunking = seed % 2 == 0, Faults = 0.4, FaultWithin = 4000, FaultKinds = [HostileFault.HalfClose, HostileFault.Close, HostileFault.Reset] };
        await using var server = new HostileServer(behaviour, seed);
        await using var transport = HostileSending.TransportTo(server, new PoolSettings { Connections = 4, MessagesPerConnection = 10 });

        // In groups of their own, since a connection that breaks while it is opened fails all that wait for it.
        foreach (var messages in HostileSending.Messages(server, 200).Chunk(20))
            await Task.WhenAll(messages.Select(message => Task.WhenAny(transport.SendAsync(message.Envelope, message, TestContext.Current.CancellationToken))));

        Assert.False(transport.Statistics.OneCommandAtATime);
        Assert.InRange(server.Begun, 10, int.MaxValue);
    }
}
