using System.Globalization;
using System.Text;
using Sendwright.Settings;
using Sendwright.Transport;

namespace Sendwright.Tests.Transport.Torture;

/// <summary>Transports to hostile servers, and messages for them.</summary>
internal static class HostileSending
{
    /// <summary>Long enough on a machine that has much else to do.</summary>
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(120);

    public static SmtpTransport TransportTo(HostileServer server, PoolSettings pool, TimeSpan? commandLimit = null) => new(new MailSettings
    {
        Host = "127.0.0.1",
        Port = server.Port,
        Security = ConnectionSecurity.None,
        LocalName = "app.example.com",
        Pool = pool,
        Timeouts = new MailTimeouts { Command = commandLimit ?? TimeSpan.FromMinutes(1) },
    });

    public static List<TortureMessage> Messages(HostileServer server, int count, int size = 600)
    {
        var messages = Enumerable.Range(1, count).Select(number => new TortureMessage(
            number, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Subject: good\r\n{Ledger.NumberField}{number}\r\n\r\n{new string('x', size)[..size]}\r\n").Replace("xxxxxxxxxx", "xxxxxxxx\r\n", StringComparison.Ordinal)))).ToList();
        messages.ForEach(message => server.Ledger.Expect(message.Number, message.Octets));
        return messages;
    }

    public static Task<DeliveryReceipt[]> SendAsync(SmtpTransport transport, IEnumerable<TortureMessage> messages) =>
        Task.WhenAll(messages.Select(message => transport.SendAsync(message.Envelope, message, TestContext.Current.CancellationToken)).ToList()).WaitAsync(Watchdog, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Each message was taken once, and its receipt is its own.</summary>
    public static void AssertTakenOnce(HostileServer server, IReadOnlyList<TortureMessage> messages, IReadOnlyList<DeliveryReceipt> receipts)
    {
        Assert.Empty(server.Ledger.Violations);
        Assert.Equal(messages.Count, server.Ledger.Total);
        for (var i = 0; i < messages.Count; i++)
            Assert.EndsWith(Assert.Single(server.Ledger.Of(messages[i].Number)).Id, receipts[i].Reply.Text, StringComparison.Ordinal);
    }
}
