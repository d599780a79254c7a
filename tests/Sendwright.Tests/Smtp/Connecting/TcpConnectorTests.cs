using System.Net;
using System.Net.Sockets;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Smtp.Connecting;
using Sendwright.Testing;

namespace Sendwright.Tests.Smtp.Connecting;

public sealed class TcpConnectorTests
{
    [Fact]
    public async Task A_connection_that_is_reset_as_soon_as_it_is_open_is_a_connection_all_the_same()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var target = (IPEndPoint)listener.LocalEndPoint!;
        var clock = new ResettingClock(listener);
        using var time = new SessionTime(new MailTimeouts(), clock, TestContext.Current.CancellationToken);
        var recorder = new AttemptRecorder(clock, "mail.example.com", target.Port, ConnectionSecurity.None);
        HostLookup lookup = (host, _) => ValueTask.FromResult(new Resolution(host, "test", ResolutionOutcome.Found, [target.Address], TimeSpan.Zero));

        var (socket, endPoint) = await TcpConnector.ConnectAsync("mail.example.com", target.Port, lookup, time, recorder);
        socket.Dispose();

        Assert.Equal(target, endPoint);
        Assert.Equal(target, recorder.ToAttempt().ConnectedTo);
    }

    [Fact]
    public async Task An_address_that_was_never_tried_is_not_said_to_be_silent()
    {
        using var dropping = new DroppingPort();
        if (!DroppingPort.IsSupported)
            return;
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var clock = new ManualTimeProvider();
        using var time = new SessionTime(new MailTimeouts(), clock, cancelled.Token);
        var recorder = new AttemptRecorder(clock, "mail.example.com", dropping.EndPoint.Port, ConnectionSecurity.None);
        HostLookup lookup = (host, _) =>
            ValueTask.FromResult(new Resolution(host, "test", ResolutionOutcome.Found, [IPAddress.Loopback, IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")], TimeSpan.Zero));

        var connecting = TcpConnector.ConnectAsync("mail.example.com", dropping.EndPoint.Port, lookup, time, recorder);
        await cancelled.CancelAsync();

        var failure = await Assert.ThrowsAsync<SmtpSessionException>(() => connecting);
        Assert.Equal(FaultKind.Cancelled, failure.Fault.Kind);
        Assert.Equal(IPAddress.Loopback, Assert.Single(recorder.ToAttempt().Addresses).Address);
    }

    /// <summary>Whoever reads this clock has a connection reset that waits to be accepted: here the connector, when it has just connected.</summary>
    private sealed class ResettingClock(Socket listener) : TimeProvider
    {
        public override long GetTimestamp()
        {
            if (listener.Poll(0, SelectMode.SelectRead))
            {
                using var accepted = listener.Accept();
                accepted.LingerState = new LingerOption(true, 0);
            }

            return base.GetTimestamp();
        }
    }
}
