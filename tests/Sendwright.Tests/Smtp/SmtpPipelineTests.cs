using System.IO.Pipelines;
using Sendwright.Settings;
using Sendwright.Tests.Transport.Torture;
using Sendwright.Transport;

namespace Sendwright.Tests.Smtp;

/// <summary>What goes out ahead of which reply, and what each reply does to the messages behind it.</summary>
public sealed class SmtpPipelineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_envelope_rides_with_the_final_dot()
    {
        await using var server = Batch.Start(
            Batch.Opening + Batch.Group(1) + Batch.GroupAccepted + "DATA\n" + Batch.Group(2) + Batch.Taken(1) + Batch.GroupAccepted + "DATA\n" + Batch.Taken(2) + Batch.Leave);
        await using (var transport = Batch.TransportTo(server))
        {
            var sending = Batch.SendAll(transport, server, 2);
            await Batch.AssertTakenAsync(1, sending[0]);
            await Batch.AssertTakenAsync(2, sending[1]);
        }

        await server.CompleteAsync(Cancellation);
        Assert.Equal(["Subject: 1\r\n\r\n.1\r\n", "Subject: 2\r\n\r\n.2\r\n"], server.Messages);
    }

    [Fact]
    public async Task A_sender_refused_behind_another_message_costs_nobody_else_anything()
    {
        await using var server = Batch.Start(
            Batch.Opening + Batch.Group(1) + Batch.GroupAccepted + "DATA\n"
            + Batch.Group(2) + Batch.Taken(1) + "S: 550 5.7.1 not you\nS: 503 no sender\nS: 503 no sender\n"
            + Batch.Alone(3) + Batch.Leave);
        await using var transport = Batch.TransportTo(server);

        var sending = Batch.SendAll(transport, server, 3);

        await Batch.AssertTakenAsync(1, sending[0]);
        var refusal = await Assert.ThrowsAsync<MailRefusedException>(() => sending[1]);
        await Batch.AssertTakenAsync(3, sending[2]);
        Assert.Equal("550 5.7.1 not you", refusal.Failure.Reply?.ToString());
        Assert.False(transport.Statistics.OneCommandAtATime);
    }

    [Fact]
    public async Task All_recipients_refused_and_354_gets_the_lone_dot_and_the_next_message_goes_on()
    {
        await using var server = Batch.Start(
            Batch.Opening + Batch.Group(1) + "S: 250 sender\nS: 550 5.1.1 no such user\nS: 354 go\nC: .\n"
            + Batch.Group(2) + "S: 250 an empty message taken\n" + Batch.GroupAccepted + "DATA\n" + Batch.Taken(2) + Batch.Leave);
        await using var transport = Batch.TransportTo(server);

        var sending = Batch.SendAll(transport, server, 2);

        var refusal = await Assert.ThrowsAsync<MailRefusedException>(() => sending[0]);
        Assert.Equal("550 5.1.1 no such user", refusal.Failure.Reply?.ToString());
        await Batch.AssertTakenAsync(2, sending[1]);
    }

    [Fact]
    public async Task All_recipients_refused_and_DATA_too_leaves_a_transaction_that_is_reset()
    {
        await using var server = Batch.Start(
            Batch.Opening + Batch.Group(1) + "S: 250 sender\nS: 550 5.1.1 no such user\nS: 554 no recipients\n"
            + "C: RSET\n" + Batch.Group(2) + "S: 250 reset\n" + Batch.GroupAccepted + "DATA\n" + Batch.Taken(2) + Batch.Leave);
        await using var transport = Batch.TransportTo(server);

        var sending = Batch.SendAll(transport, server, 2);

        await Assert.ThrowsAsync<MailRefusedException>(() => sending[0]);
        await Batch.AssertTakenAsync(2, sending[1]);
    }

    [Fact]
    public async Task A_recipient_refused_among_others_is_in_the_receipt_of_its_own_message()
    {
        await using var server = Batch.Start(
            Batch.Opening + "C: MAIL FROM:<s.m1@example.com>\nC: RCPT TO:<r0.m1@example.net>\nC: RCPT TO:<r1.m1@example.net>\nC: DATA\n"
            + "S: 250 sender\nS: 250 recipient\nS: 551 5.1.6 moved\nS: 354 go\nDATA\n"
            + Batch.Group(2) + Batch.Taken(1) + Batch.GroupAccepted + "DATA\n" + Batch.Taken(2) + Batch.Leave);
        await using var transport = Batch.TransportTo(server);

        var first = Batch.SendAsync(transport, 1, envelope => envelope with { Recipients = [Ledger.RecipientOf(1, 0), Ledger.RecipientOf(1, 1)] });
        var second = Batch.SendAsync(transport, 2);
        server.Release("go");

        await Batch.AssertTakenAsync(1, first);
        await Batch.AssertTakenAsync(2, second);
        Assert.Equal([true, false], (await first).Recipients.Select(recipient => recipient.Accepted));
        Assert.All((await second).Recipients, recipient => Assert.True(recipient.Accepted));
    }

    [Fact]
    public async Task The_first_BDAT_goes_alone_then_one_behind_another_then_a_window_of_them_each_behind_RSET()
    {
        await using var server = Batch.Start(
            Batch.ChunkingOpening
            + Batch.Envelope(1) + "BDAT\n" + Done(1)
            + Batch.Envelope(2) + "BDAT\nC: RSET\n" + Batch.Envelope(3) + "BDAT\n" + Done(2) + "S: 250 reset\n" + Done(3)
            + Batch.Envelope(4) + "BDAT\nC: RSET\n" + Batch.Envelope(5) + "BDAT\nC: RSET\n" + Batch.Envelope(6) + "BDAT\n"
            + Done(4) + "S: 250 reset\n" + Done(5) + "S: 250 reset\n" + Done(6)
            + Batch.Leave);
        await using var transport = Batch.TransportTo(server, new PoolSettings { Connections = 1, Window = 3 });

        var sending = Batch.SendAll(transport, server, 6);

        for (var number = 1; number <= 6; number++)
            await Batch.AssertTakenAsync(number, sending[number - 1]);
        Assert.Equal(6, server.Messages.Count);
    }

    [Fact]
    public async Task A_yes_to_a_BDAT_whose_recipient_was_refused_is_no_yes_and_nothing_is_said_again()
    {
        await using var server = Batch.Start(
            Batch.ChunkingOpening + Batch.Envelope(1) + "BDAT\nS: 250 sender\nS: 550 5.1.1 no such user\nS: 250 2.0.0 taken all the same\nEOF");
        await using var transport = Batch.TransportTo(server);

        var refusal = await Assert.ThrowsAsync<MailRefusedException>(() => Batch.SendAll(transport, server, 1)[0]);

        // A second connection would not be in the script.
        Assert.Equal("550 5.1.1 no such user", refusal.Failure.Reply?.ToString());
        await server.CompleteAsync(Cancellation);
        Assert.Equal(0, transport.Statistics.Resent);
    }

    [Fact]
    public async Task A_BDAT_refused_in_the_middle_of_a_window_is_the_refusal_of_its_own_message()
    {
        await using var server = Batch.Start(
            Batch.ChunkingOpening
            + Batch.Envelope(1) + "BDAT\n" + Done(1)
            + Batch.Envelope(2) + "BDAT\nC: RSET\n" + Batch.Envelope(3) + "BDAT\n"
            + "S: 250 sender\nS: 250 recipient\nS: 554 5.7.1 spam\nS: 250 reset\n" + Done(3)
            + Batch.Envelope(4) + "BDAT\n" + Done(4) + Batch.Leave);
        await using var transport = Batch.TransportTo(server);

        var sending = Batch.SendAll(transport, server, 4);

        await Batch.AssertTakenAsync(1, sending[0]);
        Assert.Equal("554 5.7.1 spam", (await Assert.ThrowsAsync<MailRefusedException>(() => sending[1])).Failure.Reply?.ToString());
        await Batch.AssertTakenAsync(3, sending[2]);
        await Batch.AssertTakenAsync(4, sending[3]);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(2048)]
    public async Task A_BDAT_message_that_fails_behind_its_last_octet_is_never_whole_at_the_server(int lines)
    {
        await using var server = Batch.Start(
            Batch.ChunkingOpening
            + Batch.Envelope(1) + "BDAT\n" + Done(1)
            + Batch.Envelope(2) + "BDAT\nC: RSET\n" + Batch.Envelope(3) + Done(2) + "BDAT\n");
        await using var transport = Batch.TransportTo(server);
        var failing = new FailingBehindItsEnd([.. Enumerable.Repeat((byte)'a', 70), 13, 10], lines);

        var first = Batch.SendAsync(transport, 1);
        var second = Batch.SendAsync(transport, 2);
        var third = transport.SendAsync(Batch.Message(3).Envelope, failing, Cancellation);
        server.Release("go");

        await Batch.AssertTakenAsync(1, first);
        await Batch.AssertTakenAsync(2, second);
        await Assert.ThrowsAsync<MailContentException>(() => third);
        await Assert.ThrowsAnyAsync<Exception>(() => server.CompleteAsync(Cancellation));
        Assert.Equal(2, server.Messages.Count);
    }

    [Fact]
    public async Task A_421_to_the_RSET_before_a_message_leaves_no_doubt_that_it_was_not_taken()
    {
        await using var server = Batch.Start(
            Batch.ChunkingOpening
            + Batch.Envelope(1) + "BDAT\n" + Done(1)
            + Batch.Envelope(2) + "BDAT\nC: RSET\n" + Batch.Envelope(3) + "BDAT\n" + Done(2) + "S: 421 4.3.2 enough\nCLOSE",
            Batch.ChunkingOpening + Batch.Envelope(3) + "BDAT\n" + Done(3) + Batch.Leave);
        await using var transport = Batch.TransportTo(server);

        var sending = Batch.SendAll(transport, server, 3);

        for (var number = 1; number <= 3; number++)
            await Batch.AssertTakenAsync(number, sending[number - 1]);
    }

    [Fact]
    public async Task A_recipient_whose_address_speaks_of_pipelines_is_refused_as_any_other()
    {
        await using var server = Batch.Start(
            Batch.Opening + "C: MAIL FROM:<s.m1@example.com>*\nC: RCPT TO:<pipeline@example.net>\nC: DATA\n"
            + "S: 250 sender\nS: 550 5.1.1 <pipeline@example.net>: user unknown\nS: 554 5.5.1 no valid recipients\nC: RSET\n"
            + Batch.Group(2) + "S: 250 reset\n" + Batch.GroupAccepted + "DATA\n" + Batch.Taken(2) + Batch.Leave);
        await using var transport = Batch.TransportTo(server);

        var first = Batch.SendAsync(transport, 1, envelope => envelope with { Recipients = ["pipeline@example.net"] });
        var second = Batch.SendAsync(transport, 2);
        server.Release("go");

        var refusal = await Assert.ThrowsAsync<MailRefusedException>(() => first);
        await Batch.AssertTakenAsync(2, second);
        Assert.Equal(550, refusal.Failure.Reply?.Code);
        Assert.False(transport.Statistics.OneCommandAtATime);
        Assert.Equal(1, transport.Statistics.Opened);
    }

    [Fact]
    public async Task All_or_none_sends_no_content_before_the_replies_and_leaves_a_transaction_that_is_reset()
    {
        await using var server = Batch.Start(
            Batch.Opening + "C: MAIL FROM:<s.m1@example.com>\nC: RCPT TO:<r0.m1@example.net>\nC: RCPT TO:<r1.m1@example.net>\n"
            + "S: 250 sender\nS: 250 recipient\nS: 550 5.1.1 no such user\n"
            + "C: RSET\n" + Batch.Group(2) + "S: 250 reset\n" + Batch.GroupAccepted + "DATA\n" + Batch.Taken(2) + Batch.Leave);
        await using var transport = Batch.TransportTo(server);

        var first = Batch.SendAsync(transport, 1, envelope => envelope with { Recipients = [Ledger.RecipientOf(1, 0), Ledger.RecipientOf(1, 1)], AllRecipientsOrNone = true });
        var second = Batch.SendAsync(transport, 2);
        server.Release("go");

        var refusal = await Assert.ThrowsAsync<MailRefusedException>(() => first);
        Assert.Equal([true, false], refusal.Failure.Recipients.Select(recipient => recipient.Accepted));
        await Batch.AssertTakenAsync(2, second);
    }

    [Fact]
    public async Task A_421_in_the_middle_refuses_its_own_message_and_those_behind_go_to_another_connection()
    {
        await using var server = Batch.Start(
            Batch.ChunkingOpening
            + Batch.Envelope(1) + "BDAT\n" + Done(1)
            + Batch.Envelope(2) + "BDAT\nC: RSET\n" + Batch.Envelope(3) + "BDAT\n"
            + "S: 250 sender\nS: 250 recipient\nS: 421 4.3.0 going down\nCLOSE",
            Batch.ChunkingOpening + Batch.Envelope(3) + "BDAT\n" + Done(3) + Batch.Leave);
        await using var transport = Batch.TransportTo(server);

        var sending = Batch.SendAll(transport, server, 3);

        await Batch.AssertTakenAsync(1, sending[0]);
        Assert.Equal(421, (await Assert.ThrowsAsync<MailRefusedException>(() => sending[1])).Failure.Reply?.Code);
        await Batch.AssertTakenAsync(3, sending[2]);
        Assert.Equal(1, transport.Statistics.Resent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_421_to_the_next_MAIL_is_meant_for_the_connection_and_the_message_goes_to_another(bool pipelining)
    {
        var opening = pipelining ? Batch.Opening : Batch.Opening.Replace("PIPELINING", "8BITMIME", StringComparison.Ordinal);
        await using var server = Batch.Start(
            opening + Alone(1) + (pipelining ? Batch.Group(2) : "C: MAIL FROM:<s.m2@example.com>*\n") + "S: 421 4.7.0 that is enough\nCLOSE",
            opening + Alone(2) + Batch.Leave);
        await using var transport = Batch.TransportTo(server);
        var first = Batch.SendAsync(transport, 1);
        server.Release("go");
        await Batch.AssertTakenAsync(1, first);

        await Batch.AssertTakenAsync(2, Batch.SendAsync(transport, 2));

        string Alone(int number) => pipelining ? Batch.Alone(number)
            : $"C: MAIL FROM:<s.m{number}@example.com>*\nS: 250 ok\nC: RCPT TO:<r0.m{number}@example.net>\nS: 250 ok\nC: DATA\nS: 354 go\nDATA\n" + Batch.Taken(number);
    }

    [Fact]
    public async Task The_failure_of_a_message_shows_no_address_and_no_reply_of_the_one_before_it()
    {
        await using var server = Batch.Start(
            Batch.ChunkingOpening
            + Batch.Envelope(1) + "BDAT\n" + Done(1)
            + Batch.Envelope(2) + "BDAT\nC: RSET\n" + Batch.Envelope(3) + "BDAT\nS: 250 sender\nRAW gibberish for s.m2@example.com\\r\\n\nCLOSE");
        await using var transport = Batch.TransportTo(server);

        var sending = Batch.SendAll(transport, server, 3);

        await Batch.AssertTakenAsync(1, sending[0]);
        await Assert.ThrowsAsync<MailOutcomeUnknownException>(() => sending[1]);
        var behind = await Assert.ThrowsAsync<MailOutcomeUnknownException>(() => sending[2]);
        Assert.DoesNotContain("m2@", Sending.Everything(behind), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stands_still_once_in_a_group_that_it_has_borne_before_gets_groups_again()
    {
        await using var server = Batch.Start(
            Batch.Opening + Batch.Alone(1) + Batch.Group(2) + "S: 250 sender\nSILENCE",
            Batch.Opening + Batch.Alone(2) + Batch.Leave);
        await using var transport = Batch.TransportTo(server, timeouts: new MailTimeouts { Command = TimeSpan.FromSeconds(1) });
        server.Release("go");
        await Batch.AssertTakenAsync(1, Batch.SendAsync(transport, 1));

        await Batch.AssertTakenAsync(2, Batch.SendAsync(transport, 2));

        Assert.False(transport.Statistics.OneCommandAtATime);
    }

    private static string Done(int number) => "S: 250 sender\nS: 250 recipient\n" + Batch.Taken(number);

    /// <summary>Writes all it has announced, has it flushed, and only then finds out that something is amiss.</summary>
    private sealed class FailingBehindItsEnd(byte[] line, int lines) : IMessageContent
    {
        public long? Size => (long)line.Length * lines;

        public string? MessageId => null;

        public bool IsEightBit => false;

        public bool EndsWithLineEnd => true;

        public async ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < lines; i++)
                await writer.WriteAsync(line, cancellationToken);
            throw new IOException("The file has changed.");
        }
    }
}
