using Sendwright.Settings;
using Sendwright.Testing;
using Sendwright.Tests.Smtp;
using Sendwright.Tests.Transport.Torture;
using Sendwright.Transport;

namespace Sendwright.Tests.Transport.Pool;

public sealed class ConnectionPoolTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_that_the_server_closed_while_it_was_idle_is_not_used()
    {
        await using var server = Batch.Start(Batch.Opening + Batch.Alone(1) + "CLOSE", Batch.Opening + Batch.Alone(2) + Batch.Leave);
        await using var transport = Batch.TransportTo(server);
        server.Release("go");
        await Batch.AssertTakenAsync(1, Batch.SendAsync(transport, 1));
        await Batch.UntilAsync(transport, statistics => statistics.Connections == 0);

        await Batch.AssertTakenAsync(2, Batch.SendAsync(transport, 2));

        Assert.Equal(0, transport.Statistics.Resent);
    }

    [Fact]
    public async Task A_connection_takes_as_many_messages_as_the_settings_say()
    {
        await using var server = Batch.Start(
            Batch.Opening + Batch.Group(1) + Batch.GroupAccepted + "DATA\n" + Batch.Group(2) + Batch.Taken(1) + Batch.GroupAccepted + "DATA\n" + Batch.Taken(2) + Batch.Leave,
            Batch.Opening + Batch.Alone(3) + Batch.Leave);
        await using (var transport = Batch.TransportTo(server, new PoolSettings { Connections = 1, MessagesPerConnection = 2 }))
            await Task.WhenAll(Batch.SendAll(transport, server, 3));

        await server.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task A_connection_that_is_too_old_gets_no_further_message()
    {
        var clock = new ManualTimeProvider();
        await using var server = Batch.Start(Batch.Opening + Batch.Alone(1) + Batch.Leave, Batch.Opening + Batch.Alone(2) + Batch.Leave);
        server.Release("go");
        await using (var transport = Batch.TransportTo(server, new PoolSettings { Connections = 1, IdleTimeout = TimeSpan.FromHours(1) }, clock: clock))
        {
            await Batch.AssertTakenAsync(1, Batch.SendAsync(transport, 1));
            await Batch.UntilAsync(transport, statistics => statistics.Idle == 1);
            clock.Advance(TimeSpan.FromMinutes(5));
            await Batch.AssertTakenAsync(2, Batch.SendAsync(transport, 2));
        }

        await server.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task Times_beyond_what_timers_can_be_set_to_are_times_without_an_end()
    {
        await using var server = Batch.Start(Batch.Opening + Batch.Alone(1) + Batch.Alone(2) + Batch.Leave);
        server.Release("go");
        await using (var transport = Batch.TransportTo(
            server, new PoolSettings { Connections = 1, IdleTimeout = TimeSpan.MaxValue, MaxAge = TimeSpan.MaxValue }, new MailTimeouts { Total = TimeSpan.MaxValue }))
        {
            await Batch.AssertTakenAsync(1, Batch.SendAsync(transport, 1));
            await Batch.UntilAsync(transport, statistics => statistics.Idle == 1);
            await Batch.AssertTakenAsync(2, Batch.SendAsync(transport, 2));
        }

        await server.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task A_password_that_was_good_once_and_is_not_any_more_is_tried_by_one_connection_only()
    {
        const string LogIn = "S: 220 mail.example.com ESMTP\nC: EHLO *\nS: 250-mail.example.com\nS: 250-PIPELINING\nS: 250 AUTH PLAIN\nC: AUTH PLAIN *\n";
        const string Refuse = LogIn + "WAIT refuse\nS: 535 5.7.8 no\n" + Batch.Leave;
        await using var server = Batch.Start(LogIn + "S: 235 welcome\n" + Batch.Alone(1) + "CLOSE", Refuse, Refuse, Refuse, Refuse);
        await using var transport = new SmtpTransport(Sending.SettingsFor(server, ConnectionSecurity.None, hasLogin: true));
        await Batch.AssertTakenAsync(1, Batch.SendAsync(transport, 1));
        await Batch.UntilAsync(transport, statistics => statistics.Connections == 0);

        var sending = Enumerable.Range(2, 4).Select(number => Batch.SendAsync(transport, number)).ToList();
        Assert.Equal(1, transport.Statistics.Connecting);
        server.Release("refuse");

        foreach (var one in sending)
            await Assert.ThrowsAsync<MailAuthenticationException>(() => one);
        Assert.Equal(1, transport.Statistics.OpenFailed);
    }

    [Fact]
    public async Task The_last_message_of_a_connection_can_be_cancelled_once_those_before_it_are_done()
    {
        await using var server = Batch.Start(
            Batch.Opening + Batch.Group(1) + Batch.GroupAccepted + "DATA\n" + Batch.Group(2) + Batch.Taken(1) + "S: 250 sender\nWAIT never\n");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var transport = Batch.TransportTo(server, new PoolSettings { Connections = 1, MessagesPerConnection = 2 });

        var first = Batch.SendAsync(transport, 1);
        var second = Batch.SendAsync(transport, 2, cancellationToken: patience.Token);
        server.Release("go");
        await Batch.AssertTakenAsync(1, first);
        await Batch.UntilAsync(transport, statistics => statistics.UnderWay == 1);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task A_connection_without_work_is_closed_after_its_time()
    {
        var clock = new ManualTimeProvider();
        await using var server = Batch.Start(Batch.Opening + Batch.Alone(1) + Batch.Leave);
        server.Release("go");
        await using var transport = Batch.TransportTo(server, clock: clock);
        await Batch.AssertTakenAsync(1, Batch.SendAsync(transport, 1));
        await Batch.UntilAsync(transport, statistics => statistics.Idle == 1);
        Assert.Equal(1, transport.Statistics.Connections);

        // The timer of the rest is made a moment after the connection is seen at rest.
        while (transport.Statistics.Connections > 0)
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        await server.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task The_time_limit_of_the_last_message_does_not_run_on_while_the_connection_rests()
    {
        var clock = new ManualTimeProvider();
        await using var server = Batch.Start(Batch.Opening + Batch.Alone(1) + Batch.Alone(2) + Batch.Leave);
        server.Release("go");
        await using var transport = Batch.TransportTo(
            server, new PoolSettings { Connections = 1, IdleTimeout = TimeSpan.FromHours(1) }, new MailTimeouts { Total = TimeSpan.FromSeconds(20) }, clock);
        await Batch.AssertTakenAsync(1, Batch.SendAsync(transport, 1));
        await Batch.UntilAsync(transport, statistics => statistics.Idle == 1);

        clock.Advance(TimeSpan.FromSeconds(21));
        await Batch.AssertTakenAsync(2, Batch.SendAsync(transport, 2));

        Assert.Equal(0, transport.Statistics.Resent);
    }

    [Fact]
    public async Task A_message_over_the_rate_waits_until_the_rate_allows_it()
    {
        var clock = new ManualTimeProvider();
        await using var server = Batch.Start(Batch.Opening + Batch.Alone(1) + Batch.Alone(2) + Batch.Leave);
        await using var transport = Batch.TransportTo(server, clock: clock, limits: new RateLimits { PerSecond = 1 });

        var sending = Batch.SendAll(transport, server, 2);
        await Batch.AssertTakenAsync(1, sending[0]);
        await Batch.UntilAsync(transport, statistics => statistics is { Idle: 1, Waiting: 1 });
        Assert.False(sending[1].IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1.1));

        await Batch.AssertTakenAsync(2, sending[1]);
    }

    [Fact]
    public async Task A_message_whose_turn_does_not_come_in_its_time_fails_and_says_what_it_waited_for()
    {
        var clock = new ManualTimeProvider();
        await using var server = Batch.Start(Batch.Opening + Batch.Alone(1) + Batch.Leave);
        await using var transport = Batch.TransportTo(server, clock: clock, limits: new RateLimits { PerDay = 1 });
        var sending = Batch.SendAll(transport, server, 2);
        await Batch.AssertTakenAsync(1, sending[0]);

        clock.Advance(TimeSpan.FromMinutes(15.1));

        var failure = await Assert.ThrowsAsync<MailTimeoutException>(() => sending[1]);
        Assert.Contains("rate", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, transport.Statistics.Failed);
    }

    [Fact]
    public async Task A_message_that_is_cancelled_while_it_waits_is_out_and_the_others_go_their_way()
    {
        await using var server = Batch.Start(Batch.Opening + Batch.Group(1) + Batch.GroupAccepted + "DATA\n" + Batch.Group(3) + Batch.Taken(1) + Batch.GroupAccepted + "DATA\n" + Batch.Taken(3) + Batch.Leave);
        await using var transport = Batch.TransportTo(server);
        using var caller = new CancellationTokenSource();
        var first = Batch.SendAsync(transport, 1);
        var second = Batch.SendAsync(transport, 2, cancellationToken: caller.Token);
        var third = Batch.SendAsync(transport, 3);

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(2, transport.Statistics.Waiting);
        server.Release("go");

        await Batch.AssertTakenAsync(1, first);
        await Batch.AssertTakenAsync(3, third);
        Assert.Equal(1, transport.Statistics.Cancelled);
    }

    [Fact]
    public async Task Draining_sends_what_waits_takes_nothing_more_and_takes_leave()
    {
        await using var server = Batch.Start(Batch.Opening + Batch.Group(1) + Batch.GroupAccepted + "DATA\n" + Batch.Group(2) + Batch.Taken(1) + Batch.GroupAccepted + "DATA\n" + Batch.Taken(2) + Batch.Leave);
        await using var transport = Batch.TransportTo(server);
        var sending = Enumerable.Range(1, 2).Select(number => Batch.SendAsync(transport, number)).ToList();

        var draining = transport.DrainAsync(Cancellation);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Batch.SendAsync(transport, 3));
        Assert.False(draining.IsCompleted);
        server.Release("go");
        await draining;

        await Batch.AssertTakenAsync(1, sending[0]);
        await Batch.AssertTakenAsync(2, sending[1]);
        await server.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task Draining_ends_when_the_last_message_that_waits_is_cancelled()
    {
        var clock = new ManualTimeProvider();
        await using var server = Batch.Start(Batch.Opening + Batch.Alone(1) + Batch.Leave);
        await using var transport = Batch.TransportTo(server, clock: clock, limits: new RateLimits { PerDay = 1 });
        using var caller = new CancellationTokenSource();
        server.Release("go");
        await Batch.AssertTakenAsync(1, Batch.SendAsync(transport, 1));
        var second = Batch.SendAsync(transport, 2, cancellationToken: caller.Token);
        await Batch.UntilAsync(transport, statistics => statistics is { Idle: 1, Waiting: 1 });

        var draining = transport.DrainAsync(Cancellation);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await draining;
    }

    [Fact]
    public async Task Disposing_at_once_fails_what_waits_and_leaves_what_was_sent_unknown()
    {
        await using var server = Batch.Start(Batch.Opening + Batch.Group(1) + Batch.GroupAccepted + "DATA\n" + Batch.Group(2) + "SILENCE");
        var transport = Batch.TransportTo(server);
        var sending = Batch.SendAll(transport, server, 3);
        await server.ExpectAsync("MAIL FROM:<s.m2@example.com>", Cancellation);

        transport.Dispose();

        await Assert.ThrowsAsync<MailOutcomeUnknownException>(() => sending[0]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sending[1]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sending[2]);
        await transport.DisposeAsync();
        Assert.Equal(0, transport.Statistics.Connections);
    }

    [Fact]
    public async Task A_login_that_fails_is_tried_once_for_all_messages_that_wait()
    {
        await using var server = Batch.Start("""
            WAIT go
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250-mail.example.com
            S: 250 AUTH PLAIN
            C: AUTH PLAIN *
            S: 535 5.7.8 no such login
            C: QUIT
            S: 221 bye
            """);
        await using var transport = new SmtpTransport(Sending.SettingsFor(server, ConnectionSecurity.None, hasLogin: true));

        var sending = Batch.SendAll(transport, server, 10);

        foreach (var one in sending)
            Assert.Equal(535, (await Assert.ThrowsAsync<MailAuthenticationException>(() => one)).Failure.Reply?.Code);
        Assert.Single(server.Connections);
    }

    [Fact]
    public async Task A_connection_that_cannot_be_opened_fails_all_that_waited_with_what_was_seen()
    {
        using var closed = new ClosedPort();
        await using var transport = new SmtpTransport(new MailSettings { Host = "127.0.0.1", Port = closed.Port, Security = ConnectionSecurity.None });

        var sending = Enumerable.Range(1, 10).Select(number => Batch.SendAsync(transport, number)).ToList();

        foreach (var one in sending)
        {
            var failure = await Assert.ThrowsAsync<MailConnectException>(() => one);
            Assert.Equal(Sendwright.Evidence.FaultKind.ConnectionRefused, Assert.Single(failure.Diagnosis.Evidence.Attempts).Fault?.Kind);
        }

        Assert.Equal(10, transport.Statistics.Failed);
        Assert.Equal(0, transport.Statistics.Waiting);
    }

    [Fact]
    public async Task A_server_that_takes_fewer_connections_than_are_wanted_loses_nobody()
    {
        await using var server = new HostileServer(new HostileBehaviour { MaxConnections = 2 }, seed: 1);
        await using var transport = HostileSending.TransportTo(server, new PoolSettings { Connections = 4 });
        var messages = HostileSending.Messages(server, 500);

        var receipts = await HostileSending.SendAsync(transport, messages);

        HostileSending.AssertTakenOnce(server, messages, receipts);
    }

    [Fact]
    public async Task While_groups_are_in_doubt_a_connection_that_waits_for_its_server_does_not_keep_the_others_waiting()
    {
        // The first waits for a reply that does not come, as long as ten minutes; the second says that it does not bear groups.
        await using var server = Batch.Start(
            Batch.Opening + Batch.Group(1) + Batch.GroupAccepted + "DATA\nSILENCE",
            Batch.Opening + Batch.Group(2) + "S: 250 sender\nS: 503 5.5.0 bad sequence\nCLOSE",
            Batch.Opening + "C: MAIL FROM:<s.m2@example.com>*\nS: 250 ok\nC: RCPT TO:<r0.m2@example.net>\nS: 250 ok\nC: DATA\nS: 354 go\nDATA\n" + Batch.Taken(2) + "SILENCE");
        await using var transport = Batch.TransportTo(server, new PoolSettings { Connections = 2 });
        server.Release("go");
        var first = Batch.SendAsync(transport, 1);
        while (server.Messages.Count == 0)
            await Task.Yield();

        await Batch.AssertTakenAsync(2, Batch.SendAsync(transport, 2));

        await Batch.UntilAsync(transport, statistics => statistics.OneCommandAtATime);
        transport.Dispose();
        await Assert.ThrowsAsync<MailOutcomeUnknownException>(() => first);
    }
}
