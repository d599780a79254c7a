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

        var connection = await Connector.ConnectAsync(new ConnectionTarget { Host = "mail.example.com", Port = target.Port, Lookup = lookup }, time, recorder);
        await connection.Stream.DisposeAsync();

        Assert.Equal(target, connection.Remote);
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
        Assert.Equal(
            [(IPAddress.Loopback, FaultKind.ConnectionTimedOut), (IPAddress.Parse("127.0.0.2"), FaultKind.NotTried), (IPAddress.Parse("127.0.0.3"), FaultKind.NotTried)],
            recorder.ToAttempt().Addresses.Select(attempt => (attempt.Address, attempt.Failure!.Value)));
    }

    [Fact]
    public async Task Connects_from_the_address_that_is_set()
    {
        using var listener = Listening();
        using var time = new SessionTime(new MailTimeouts(), TimeProvider.System, TestContext.Current.CancellationToken);

        var (socket, _) = await ConnectAsync(listener, time, IPAddress.Parse("127.0.0.77"), IPAddress.Loopback);
        using var accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        using var connected = socket;

        Assert.Equal(IPAddress.Parse("127.0.0.77"), ((IPEndPoint)accepted.RemoteEndPoint!).Address);
    }

    [Fact]
    public async Task An_address_that_is_not_this_machines_is_named()
    {
        using var listener = Listening();
        using var time = new SessionTime(new MailTimeouts(), TimeProvider.System, TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<SmtpSessionException>(() => ConnectAsync(listener, time, IPAddress.Parse("192.0.2.77"), IPAddress.Loopback));

        Assert.Equal((FaultKind.SettingsUnusable, MailStage.Connect), (failure.Fault.Kind, failure.Fault.Stage));
        Assert.Equal("The address to connect from, 192.0.2.77, is not one of this machine's.", failure.Fault.Message);
    }

    [Fact]
    public async Task Only_addresses_of_the_same_kind_are_tried_from_an_address()
    {
        using var listener = Listening();
        using var time = new SessionTime(new MailTimeouts(), TimeProvider.System, TestContext.Current.CancellationToken);
        var recorder = new AttemptRecorder(TimeProvider.System, "mail.example.com", 25, ConnectionSecurity.None);

        var (socket, _) = await ConnectAsync(listener, time, IPAddress.Loopback, [IPAddress.IPv6Loopback, IPAddress.Loopback], recorder);
        socket.Dispose();
        var none = await Assert.ThrowsAsync<SmtpSessionException>(() => ConnectAsync(listener, time, IPAddress.Loopback, IPAddress.IPv6Loopback));

        Assert.Equal([(IPAddress.IPv6Loopback, FaultKind.NotTried), (IPAddress.Loopback, null)], recorder.ToAttempt().Addresses.Select(attempt => (attempt.Address, attempt.Failure)));
        Assert.Equal(FaultKind.SettingsUnusable, none.Fault.Kind);
        Assert.Contains("has no address of that kind", none.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_waits_for_nothing_before_it_sends_and_notices_a_dead_peer()
    {
        using var listener = Listening();
        using var time = new SessionTime(new MailTimeouts(), TimeProvider.System, TestContext.Current.CancellationToken);

        var (socket, _) = await ConnectAsync(listener, time, null, IPAddress.Loopback);
        using var connected = socket;

        Assert.True(socket.NoDelay);
        Assert.Equal(1, socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
    }

    private static Socket Listening()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    private static Task<(Socket Socket, IPEndPoint EndPoint)> ConnectAsync(Socket listener, SessionTime time, IPAddress? from, params IPAddress[] addresses) =>
        ConnectAsync(listener, time, from, addresses, new AttemptRecorder(TimeProvider.System, "mail.example.com", 25, ConnectionSecurity.None));

    private static Task<(Socket Socket, IPEndPoint EndPoint)> ConnectAsync(Socket listener, SessionTime time, IPAddress? from, IPAddress[] addresses, AttemptRecorder recorder) =>
        TcpConnector.ConnectAsync(
            "mail.example.com", ((IPEndPoint)listener.LocalEndPoint!).Port,
            (host, _) => ValueTask.FromResult(new Resolution(host, "test", ResolutionOutcome.Found, addresses, TimeSpan.Zero)), time, recorder, from);

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
