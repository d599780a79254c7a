using System.Text;
using Sendwright.Smtp.Wire;
using Sendwright.SmtpServer;

namespace Sendwright.Tests.SmtpServer;

public sealed class SmtpServerSessionTests
{
    private const string ToData = "EHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n";

    [Theory]
    [InlineData("Subject: x\r\n\r\nhalf a mess")]
    [InlineData("Subject: x\r\n\r\nwhole, but for the dot\r\n")]
    [InlineData("Subject: x\r\n.")]
    [InlineData("Subject: x\r\n.\r")]
    [InlineData("Subject: x\r\n.\n")]
    public async Task A_client_that_leaves_before_the_final_dot_has_sent_no_message(string content)
    {
        await using var server = new TestServer();
        await server.AskAsync(ToData + content);

        await server.CloseAsync();

        Assert.Empty(server.Messages);
        Assert.Equal("", server.Said());
    }

    [Fact]
    public async Task A_client_that_leaves_in_a_chunk_has_sent_no_message()
    {
        await using var server = new TestServer();
        await server.AskAsync("EHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nBDAT 10 LAST\r\nnine octe");

        await server.CloseAsync();

        Assert.Empty(server.Messages);
    }

    [Theory]
    [InlineData("a\n.\nMAIL FROM:<evil@example.com>\r\n.\r\n", "554 5.6.0 The content has a bare LF; lines end with CR LF\r\n")]
    [InlineData("a\n.\r\nMAIL FROM:<evil@example.com>\r\n.\r\n", "554 5.6.0 The content has a bare LF; lines end with CR LF\r\n")]
    [InlineData("a\r\n.\nMAIL FROM:<evil@example.com>\r\n.\r\n", "554 5.6.0 The content has a bare LF; lines end with CR LF\r\n")]
    [InlineData("a\r.\rMAIL FROM:<evil@example.com>\r\n.\r\n", "554 5.6.0 The content has a bare CR; lines end with CR LF\r\n")]
    public async Task Nothing_is_smuggled_past_the_end_of_a_message(string content, string reply)
    {
        await using var server = new TestServer();
        await server.AskAsync(ToData);

        Assert.Equal(reply, await server.AskAsync(content));
        Assert.Empty(server.Messages);
        Assert.StartsWith("250 2.0.0", await server.AskAsync("NOOP\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NOOP\nMAIL FROM:<evil@example.com>\r\n")]
    [InlineData("RCPT TO:<a@example.com>\nDATA\r\n")]
    [InlineData("QUIT\n")]
    [InlineData("\n")]
    public async Task A_bare_LF_in_a_command_ends_the_session_before_anything_of_it_is_done(string line)
    {
        await using var server = new TestServer();
        await server.AskAsync("EHLO me\r\nMAIL FROM:<a@example.com>\r\n");

        Assert.Equal("500 5.5.2 Lines end with CR LF; a bare LF came, and this session ends\r\n", await server.AskAsync(line));
        Assert.True(server.HasEnded);
    }

    [Fact]
    public async Task A_bare_LF_in_a_login_ends_the_session()
    {
        await using var server = new TestServer();
        await server.AskAsync("EHLO me\r\nAUTH PLAIN\r\n");

        Assert.StartsWith("500 5.5.2", await server.AskAsync("AGFubgBjb3JyM2N0LWhvcnNl\nNOOP\r\n"), StringComparison.Ordinal);
        Assert.True(server.HasEnded);
    }

    [Theory]
    [InlineData(2046, "250")]
    [InlineData(2047, "500 5.5.2 Line too long")]
    [InlineData(100_000, "500 5.5.2 Line too long")]
    public async Task A_command_line_has_its_longest_length(int length, string reply)
    {
        await using var server = new TestServer();
        server.Said();

        var said = await server.AskAsync("NOOP ".PadRight(length, 'x') + "\r\nQUIT\r\n");

        Assert.StartsWith(reply, said, StringComparison.Ordinal);
        Assert.EndsWith("221 2.0.0 Bye\r\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_over_long_line_in_pieces_is_one_line()
    {
        await using var server = new TestServer();
        server.Said();
        for (var i = 0; i < 200; i++)
            await server.SendAsync(new string('x', 99) + "\r");

        Assert.Equal("500 5.5.2 Line too long\r\n", await server.AskAsync("\n"));
    }

    [Fact]
    public async Task A_login_line_may_be_as_long_as_its_RFC_says()
    {
        await using var server = new TestServer();
        await server.AskAsync("EHLO me\r\nAUTH PLAIN\r\n");

        Assert.StartsWith("535", await server.AskAsync(Convert.ToBase64String(Encoding.ASCII.GetBytes($"\0{new string('u', 9000)}\0p")) + "\r\n"), StringComparison.Ordinal);
        await server.AskAsync("AUTH PLAIN\r\n");
        Assert.StartsWith("500 5.5.6", await server.AskAsync(new string('A', 12287) + "\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_replies_to_a_pipelined_group_come_in_order()
    {
        await using var server = new TestServer();
        server.Said();

        var said = await server.AskAsync(ToData + "x\r\n.\r\nMAIL FROM:<c@example.com>\r\nRCPT TO:<broken\r\nRCPT TO:<d@example.net>\r\nDATA\r\ny\r\n.\r\nQUIT\r\n");

        Assert.Equal(["250", "250", "250", "354", "250", "250", "501", "250", "354", "250", "221"], said.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(line => line[3] == ' ').Select(line => line[..3]));
        Assert.Equal(2, server.Messages.Count);
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused_at_its_end_and_the_session_goes_on()
    {
        await using var server = new TestServer(options => options with { Limits = new SmtpServerLimits { MaxMessageOctets = 100 } });
        await server.AskAsync(ToData);

        Assert.StartsWith("552 5.3.4", await server.AskAsync(new string('x', 101) + "\r\n.\r\n"), StringComparison.Ordinal);
        Assert.Empty(server.Messages);
        Assert.StartsWith("250", await server.AskAsync("NOOP\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunks_together_over_the_limit_are_refused()
    {
        await using var server = new TestServer(options => options with { Limits = new SmtpServerLimits { MaxMessageOctets = 100 } });
        await server.AskAsync("EHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\n");

        Assert.StartsWith("250", await server.AskAsync($"BDAT 60\r\n{new string('x', 60)}"), StringComparison.Ordinal);
        Assert.StartsWith("552 5.3.4", await server.AskAsync($"BDAT 60 LAST\r\n{new string('x', 60)}"), StringComparison.Ordinal);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task Recipients_over_the_limit_are_for_another_message()
    {
        await using var server = new TestServer(options => options with { Limits = new SmtpServerLimits { MaxRecipients = 1 } });
        await server.AskAsync("EHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\n");

        Assert.StartsWith("452 4.5.3", await server.AskAsync("RCPT TO:<c@example.net>\r\n"), StringComparison.Ordinal);
        await server.AskAsync("DATA\r\n.\r\n");
        Assert.Equal("b@example.net", Assert.Single(Assert.Single(server.Messages).Recipients).Address);
    }

    [Fact]
    public async Task Too_many_errors_end_the_session()
    {
        await using var server = new TestServer(options => options with { Limits = new SmtpServerLimits { MaxErrors = 3 } });
        await server.AskAsync("XYZZY\r\nXYZZY\r\n");

        Assert.EndsWith("421 4.7.0 Too many errors\r\n", await server.AskAsync("XYZZY\r\n"), StringComparison.Ordinal);
        Assert.True(server.HasEnded);
    }

    [Fact]
    public async Task Three_failed_logins_end_the_session()
    {
        await using var server = new TestServer();
        await server.AskAsync("EHLO me\r\nAUTH PLAIN AGFubgBhCg==\r\nAUTH PLAIN AGFubgBhCg==\r\n");

        Assert.Equal("535 5.7.8 User name or password is wrong\r\n421 4.7.0 Too many failed logins\r\n", await server.AskAsync("AUTH PLAIN AGFubgBhCg==\r\n"));
        Assert.True(server.HasEnded);
    }

    [Fact]
    public async Task A_login_in_clear_is_refused_where_TLS_could_be_had()
    {
        using var certificates = new Sendwright.Testing.TestCertificates();
        await using var server = new TestServer(options => options with { AllowLoginInClear = false, Certificate = certificates.Server("mx.example").Context });

        var hello = await server.AskAsync("EHLO me\r\n");

        Assert.Contains("STARTTLS", hello, StringComparison.Ordinal);
        Assert.DoesNotContain("AUTH", hello, StringComparison.Ordinal);
        Assert.StartsWith("538 5.7.11", await server.AskAsync("AUTH PLAIN AGFubgBjb3JyM2N0LWhvcnNl\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AUTH PLAIN AGFubgBjb3JyM2N0LWhvcnNl", "530 5.7.0 Say STARTTLS first")]
    [InlineData("MAIL FROM:<a@example.com>", "530 5.7.0 Say STARTTLS first")]
    [InlineData("DATA", "530 5.7.0 Say STARTTLS first")]
    [InlineData("VRFY ann", "530 5.7.0 Say STARTTLS first")]
    [InlineData("NOOP", "250 2.0.0")]
    [InlineData("QUIT", "221 2.0.0")]
    public async Task Where_TLS_is_required_nothing_but_the_way_there_is_taken_in_clear(string line, string reply)
    {
        using var certificates = new Sendwright.Testing.TestCertificates();
        await using var server = new TestServer(options => options with { RequireTls = true, Certificate = certificates.Server("mx.example").Context });
        await server.AskAsync("EHLO me\r\n");

        Assert.StartsWith(reply, await server.AskAsync(line + "\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_login_is_required_mail_is_taken_after_it_only()
    {
        await using var server = new TestServer(options => options with { RequireLogin = true });
        await server.AskAsync("EHLO me\r\n");

        Assert.Equal("530 5.7.0 Log in first\r\n", await server.AskAsync("MAIL FROM:<a@example.com>\r\n"));
        await server.AskAsync("AUTH PLAIN AGFubgBjb3JyM2N0LWhvcnNl\r\n");
        Assert.StartsWith("250", await server.AskAsync("MAIL FROM:<a@example.com>\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_behind_STARTTLS_end_the_session()
    {
        using var certificates = new Sendwright.Testing.TestCertificates();
        await using var server = new TestServer(options => options with { Certificate = certificates.Server("mx.example").Context });
        await server.AskAsync("EHLO me\r\n");

        Assert.StartsWith("503 5.5.1", await server.AskAsync("STARTTLS\r\nMAIL FROM:<evil@example.com>\r\n"), StringComparison.Ordinal);
        Assert.True(server.HasEnded);
    }

    [Fact]
    public async Task The_hooks_refuse_in_their_own_words()
    {
        await using var server = new TestServer(options => options with
        {
            AcceptSender = (sender, _, _) => ValueTask.FromResult(sender?.Domain == "spam.example" ? new SmtpReply(550, "5.7.1 Not you") : null),
            AcceptRecipient = (recipient, _, _) => ValueTask.FromResult(recipient.LocalPart == "nobody" ? new SmtpReply(550, "5.1.1 Unknown") : null),
            AcceptMessage = (_, _) => ValueTask.FromResult(new SmtpReply(452, "4.3.1 Disk full")),
        });
        await server.AskAsync("EHLO me\r\n");

        Assert.Equal("550 5.7.1 Not you\r\n", await server.AskAsync("MAIL FROM:<x@spam.example>\r\n"));
        Assert.StartsWith("250", await server.AskAsync("MAIL FROM:<x@ham.example>\r\n"), StringComparison.Ordinal);
        Assert.Equal("550 5.1.1 Unknown\r\n", await server.AskAsync("RCPT TO:<nobody@example.net>\r\n"));
        Assert.StartsWith("250", await server.AskAsync("RCPT TO:<ann@example.net>\r\n"), StringComparison.Ordinal);
        Assert.EndsWith("452 4.3.1 Disk full\r\n", await server.AskAsync("DATA\r\n.\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_that_fails_is_a_later_for_the_client_and_not_the_end_of_the_session()
    {
        await using var server = new TestServer(options => options with
        {
            Authenticate = (_, _) => throw new TimeoutException("s3cret backend"),
            AcceptRecipient = (recipient, _, _) => recipient.LocalPart == "b" ? throw new TimeoutException("s3cret backend") : ValueTask.FromResult<SmtpReply?>(null),
            AcceptMessage = (_, _) => throw new TimeoutException("s3cret backend"),
        });
        await server.AskAsync("EHLO me\r\n");

        Assert.Equal("454 4.7.0 The login cannot be checked now\r\n", await server.AskAsync("AUTH PLAIN AGFubgBjb3JyM2N0LWhvcnNl\r\n"));
        await server.AskAsync("MAIL FROM:<a@example.com>\r\n");
        Assert.Equal("451 4.3.0 Failed here; try again later\r\n", await server.AskAsync("RCPT TO:<b@example.net>\r\n"));
        await server.AskAsync("RCPT TO:<c@example.net>\r\n");
        Assert.EndsWith("451 4.3.0 Failed here; try again later\r\n", await server.AskAsync("DATA\r\n.\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hooks_text_cannot_become_a_second_reply()
    {
        await using var server = new TestServer(options => options with { AcceptMessage = (_, _) => ValueTask.FromResult(new SmtpReply(250, "2.0.0 ok\r\n550 ä" + new string('x', 600))) });

        var said = await server.AskAsync(ToData + ".\r\n");

        var last = said.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.StartsWith("250 2.0.0 ok??550 ?x", last, StringComparison.Ordinal);
        Assert.Equal(510, last.Length);
    }

    [Fact]
    public async Task A_hooks_421_ends_the_session()
    {
        await using var server = new TestServer(options => options with { AcceptSender = (_, _, _) => ValueTask.FromResult<SmtpReply?>(new SmtpReply(421, "4.3.2 Full")) });

        Assert.EndsWith("421 4.3.2 Full\r\n", await server.AskAsync("EHLO me\r\nMAIL FROM:<>\r\n"), StringComparison.Ordinal);
        Assert.True(server.HasEnded);
    }

    [Fact]
    public async Task An_idle_client_is_told_so_and_a_trickle_of_octets_is_idle()
    {
        await using var server = new TestServer();
        server.Said();
        server.Time.Advance(TimeSpan.FromMinutes(4));
        await server.SendAsync("NO");
        Assert.False(server.HasEnded);

        server.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("421 4.4.2 Idle too long\r\n", server.Said());
        Assert.True(server.HasEnded);
    }

    [Fact]
    public async Task A_command_gives_the_client_its_whole_time_again()
    {
        await using var server = new TestServer();
        server.Time.Advance(TimeSpan.FromMinutes(4));
        await server.SendAsync("NOOP\r\n");

        server.Time.Advance(TimeSpan.FromMinutes(4));

        Assert.False(server.HasEnded);
    }

    [Fact]
    public async Task Content_that_stops_coming_ends_the_session_without_a_message()
    {
        await using var server = new TestServer();
        await server.AskAsync(ToData + "half");
        server.Time.Advance(TimeSpan.FromMinutes(2));
        await server.SendAsync(" of it");
        server.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(server.HasEnded);

        server.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("421 4.4.2 Idle too long\r\n", server.Said());
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task Content_in_a_trickle_ends_too()
    {
        await using var server = new TestServer();
        await server.AskAsync(ToData);
        for (var i = 0; i < 15; i++)
        {
            Assert.False(server.HasEnded);
            server.Time.Advance(TimeSpan.FromMinutes(2));
            await server.SendAsync("x");
        }

        Assert.True(server.HasEnded);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task A_server_that_stops_says_so_between_commands()
    {
        await using var server = new TestServer();
        await server.AskAsync("EHLO me\r\n");

        await server.StopAsync();

        Assert.Equal("421 4.3.2 Shutting down\r\n", server.Said());
        Assert.True(server.HasEnded);
    }

    [Fact]
    public async Task A_server_that_stops_takes_the_message_that_is_under_way()
    {
        await using var server = new TestServer();
        await server.AskAsync(ToData + "half");

        await server.StopAsync();
        Assert.False(server.HasEnded);
        var said = await server.AskAsync(" and half\r\n.\r\n");

        Assert.Equal("250 2.0.0 queued\r\n421 4.3.2 Shutting down\r\n", said);
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task Options_that_contradict_each_other_are_refused_by_name()
    {
        await Refuses("RequireTls", options => options with { RequireTls = true });
        await Refuses("RequireLogin", options => options with { RequireLogin = true, Authenticate = null });
        await Refuses("AllowLoginInClear", options => options with { AllowLoginInClear = false });
        await Refuses("HostName", options => options with { HostName = "mx\r\n220 evil" });

        static async Task Refuses(string name, Func<SmtpServerOptions, SmtpServerOptions> change) =>
            Assert.Contains(name, (await Assert.ThrowsAnyAsync<ArgumentException>(() => new TestServer(change).CloseAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_below_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmtpServerLimits { MaxCommandOctets = 511 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmtpServerLimits { CommandTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmtpServerLimits { MaxMessageOctets = 0 });
    }
}
