using Sendwright.Settings;

namespace Sendwright.Tests.Transport.Torture;

/// <summary>Nothing else may run beside it, since it looks at the memory of the whole process.</summary>
[CollectionDefinition(nameof(BurstTests), DisableParallelization = true)]
[Collection(nameof(BurstTests))]
public sealed class BurstTests
{
    private const int Messages = 2000;
    private const int Connections = 8;
    private const int Bursts = 10;

    /// <summary>Less than a tenth of what the messages of one burst have, and of nine bursts there would be some.</summary>
    private const long MostGrowth = 1_000_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_thousand_messages_at_once_go_over_eight_connections_in_their_order_and_leave_nothing_behind(bool chunking)
    {
        await using var server = new HostileServer(new HostileBehaviour { Chunking = chunking }, seed: 1);
        await using var transport = HostileSending.TransportTo(server, new PoolSettings { Connections = Connections, MessagesPerConnection = int.MaxValue });
        long first = 0;
        for (var burst = 1; burst <= Bursts; burst++)
        {
            await SendBurstAsync(server, transport);
            if (burst == 1)
                first = UsedMemory();
        }

        Assert.InRange(UsedMemory() - first, long.MinValue, MostGrowth);
        Assert.Equal(Messages * Bursts, transport.Statistics.Accepted);
        Assert.Equal(0, transport.Statistics.Resent);
        Assert.InRange(server.Begun, 1, Connections);
    }

    // A method of its own, so that nothing of it is alive when memory is measured.
    private static async Task SendBurstAsync(HostileServer server, Sendwright.Transport.SmtpTransport transport)
    {
        var messages = HostileSending.Messages(server, Messages, size: 5000);
        var receipts = await HostileSending.SendAsync(transport, messages);

        HostileSending.AssertTakenOnce(server, messages, receipts);
        // First come, first served: whatever came before is taken already, or under way on one of the connections.
        var order = server.Ledger.Order;
        for (var place = 0; place < order.Count; place++)
            Assert.InRange(order[place] - (place + 1), int.MinValue, Connections * PoolSettings.DefaultWindow);
        server.Ledger.Clear();
    }

    private static long UsedMemory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
