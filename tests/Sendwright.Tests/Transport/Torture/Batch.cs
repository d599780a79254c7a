using System.Globalization;
using System.Text;
using Sendwright.Settings;
using Sendwright.Testing;
using Sendwright.Transport;

namespace Sendwright.Tests.Transport.Torture;

/// <summary>Numbered messages to a scripted server: number 1 is from s.m1@example.com to r0.m1@example.net.</summary>
internal static class Batch
{
    /// <summary>A connection as far as messages begin; <c>WAIT go</c> lets a test queue all of them first.</summary>
    public const string Opening = """
        WAIT go
        S: 220 mail.example.com ESMTP
        C: EHLO *
        S: 250-mail.example.com
        S: 250 PIPELINING

        """;

    public const string ChunkingOpening = """
        WAIT go
        S: 220 mail.example.com ESMTP
        C: EHLO *
        S: 250-mail.example.com
        S: 250-PIPELINING
        S: 250 CHUNKING

        """;

    public const string Leave = "C: QUIT\nS: 221 bye\n";

    public static string Envelope(int number) => string.Create(CultureInfo.InvariantCulture, $"C: MAIL FROM:<s.m{number}@example.com>*\nC: RCPT TO:<r0.m{number}@example.net>\n");

    public static string Group(int number) => Envelope(number) + "C: DATA\n";

    public static string GroupAccepted => "S: 250 sender\nS: 250 recipient\nS: 354 go\n";

    public static string Taken(int number) => string.Create(CultureInfo.InvariantCulture, $"S: 250 taken {number}\n");

    /// <summary>A message that is alone under way.</summary>
    public static string Alone(int number) => Group(number) + GroupAccepted + "DATA\n" + Taken(number);

    public static ScriptedSmtpServer Start(params IReadOnlyList<string> scripts) => ScriptedSmtpServer.Start(null, [.. scripts.Select((script, index) => SmtpScript.Parse(script, $"script {index + 1}"))]);

    public static SmtpTransport TransportTo(ScriptedSmtpServer server, PoolSettings? pool = null, MailTimeouts? timeouts = null, TimeProvider? clock = null, RateLimits? limits = null) => new(
        new MailSettings
        {
            Host = server.Host,
            Port = server.Port,
            Security = ConnectionSecurity.None,
            LocalName = "app.example.com",
            Pool = pool ?? new PoolSettings { Connections = 1 },
            Timeouts = timeouts ?? new MailTimeouts(),
            Limits = limits ?? new RateLimits(),
        },
        clock);

    public static TortureMessage Message(int number) => new(number, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Subject: {number}\r\n\r\n.{number}\r\n")));

    public static Task<DeliveryReceipt> SendAsync(SmtpTransport transport, int number, Func<Envelope, Envelope>? change = null, CancellationToken? cancellationToken = null)
    {
        var message = Message(number);
        return transport.SendAsync(change?.Invoke(message.Envelope) ?? message.Envelope, message, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    /// <summary>Queues messages 1 to this one, then lets the server speak.</summary>
    public static List<Task<DeliveryReceipt>> SendAll(SmtpTransport transport, ScriptedSmtpServer server, int count)
    {
        var sending = Enumerable.Range(1, count).Select(number => SendAsync(transport, number)).ToList();
        server.Release("go");
        return sending;
    }

    public static async Task AssertTakenAsync(int number, Task<DeliveryReceipt> sending) =>
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"250 taken {number}"), (await sending).Reply.ToString());

    /// <summary>Waits for a state of the transport that no task tells of.</summary>
    public static async Task UntilAsync(SmtpTransport transport, Predicate<TransportStatistics> condition)
    {
        while (!condition(transport.Statistics))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
