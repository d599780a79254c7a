using Sendwright.Settings;

namespace Sendwright.Tests.Transport.Torture;

/// <summary>How often the server, having said all it had to say, has nothing to read: each time is a round trip, however long that takes.</summary>
public sealed class WaitsTests
{
    private const int Messages = 200;

    [Theory]
    [InlineData(false, 1.1)]
    [InlineData(true, 0.3)]
    public async Task A_message_costs_one_wait_by_DATA_and_a_part_of_one_by_BDAT(bool chunking, double most)
    {
        var allQueued = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new HostileServer(new HostileBehaviour { Chunking = chunking, Opening = allQueued.Task }, seed: 1);
        await using var transport = HostileSending.TransportTo(server, new PoolSettings { Connections = 1 });
        var messages = HostileSending.Messages(server, Messages);

        var sending = HostileSending.SendAsync(transport, messages);
        allQueued.SetResult();
        var receipts = await sending;

        HostileSending.AssertTakenOnce(server, messages, receipts);
        Assert.Equal(1, server.Begun);
        Assert.InRange(server.WaitCount, 1, (int)(Messages * most));
    }
}
