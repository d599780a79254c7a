using System.Net;
using System.Net.Sockets;
using System.Text;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;
using Sendwright.SmtpServer;
using Sendwright.Testing;

namespace Sendwright.Tests.SmtpServer;

public sealed class SmtpListenerTests : IDisposable
{
    private const string Login = "AUTH PLAIN AGFubgBjb3JyM2N0LWhvcnNl\r\n";

    private readonly TestCertificates _certificates = new();
    private readonly List<ReceivedMessage> _messages = [];

    [Fact]
    public async Task A_message_over_STARTTLS_with_login_arrives_with_all_that_is_known_of_its_way()
    {
        await using var listener = Start();
        await using var client = await LineClient.ConnectAsync(listener.EndPoint);
        Assert.Equal("220 mx.example ESMTP", await client.ReplyAsync());
        Assert.Contains("STARTTLS", await client.AskAsync("EHLO first.example\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("220", await client.AskAsync("STARTTLS\r\n"), StringComparison.Ordinal);
        await client.StartTlsAsync(_certificates.Authority);
        Assert.StartsWith("503", await client.AskAsync("MAIL FROM:<a@example.com>\r\n"), StringComparison.Ordinal);

        var hello = await client.AskAsync("EHLO second.example\r\n");
        Assert.EndsWith("250 AUTH PLAIN LOGIN", hello, StringComparison.Ordinal);
        Assert.DoesNotContain("STARTTLS", hello, StringComparison.Ordinal);
        Assert.StartsWith("235", await client.AskAsync(Login), StringComparison.Ordinal);
        Assert.DoesNotContain("AUTH", await client.AskAsync("EHLO second.example\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("503", await client.AskAsync("STARTTLS\r\n"), StringComparison.Ordinal);
        await client.AskAsync("MAIL FROM:<a@example.com>\r\n");
        await client.AskAsync("RCPT TO:<b@example.net>\r\n");
        await client.AskAsync("DATA\r\n");
        Assert.Equal("250 2.0.0 queued", await client.AskAsync("Subject: x\r\n\r\n..\r\n.\r\n"));
        Assert.StartsWith("221", await client.AskAsync("QUIT\r\n"), StringComparison.Ordinal);

        var message = Assert.Single(_messages);
        Assert.Equal("Subject: x\r\n\r\n.\r\n", Encoding.ASCII.GetString(message.Content.Span));
        Assert.True(message.Session.IsEncrypted);
        Assert.NotNull(message.Session.TlsCipherSuite);
        Assert.Equal(("ann", "second.example"), (message.Session.AuthenticatedUser, message.Session.ClientName));
        Assert.Equal(client.Socket.LocalEndPoint, message.Session.RemoteEndPoint);
    }

    [Fact]
    public async Task TLS_forgets_a_login_made_in_clear()
    {
        await using var listener = Start(options => options with { AllowLoginInClear = true, RequireLogin = true });
        await using var client = await LineClient.ConnectAsync(listener.EndPoint);
        await client.ReplyAsync();
        await client.AskAsync("EHLO me\r\n");
        Assert.StartsWith("235", await client.AskAsync(Login), StringComparison.Ordinal);
        await client.AskAsync("STARTTLS\r\n");
        await client.StartTlsAsync(_certificates.Authority);
        await client.AskAsync("EHLO me\r\n");

        Assert.StartsWith("530", await client.AskAsync("MAIL FROM:<a@example.com>\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Implicit_TLS_greets_inside_it()
    {
        await using var listener = Start(options => options with { ImplicitTls = true });
        await using var client = await LineClient.ConnectAsync(listener.EndPoint);
        await client.StartTlsAsync(_certificates.Authority);

        Assert.Equal("220 mx.example ESMTP", await client.ReplyAsync());
        Assert.Contains("AUTH PLAIN LOGIN", await client.AskAsync("EHLO me\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_that_travel_with_STARTTLS_end_the_session()
    {
        await using var listener = Start();
        await using var client = await LineClient.ConnectAsync(listener.EndPoint);
        await client.ReplyAsync();
        await client.AskAsync("EHLO me\r\n");

        Assert.StartsWith("503", await client.AskAsync("STARTTLS\r\nEHLO evil\r\n"), StringComparison.Ordinal);
        Assert.Equal("", await client.ReplyAsync());
    }

    [Fact]
    public async Task A_client_that_breaks_off_ends_its_own_session_only()
    {
        await using var listener = Start();
        await using var patient = await LineClient.ConnectAsync(listener.EndPoint);
        await patient.ReplyAsync();

        await using (var resets = await LineClient.ConnectAsync(listener.EndPoint))
        {
            await resets.ReplyAsync();
            await resets.SendAsync("EHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\nhalf");
            resets.Socket.LingerState = new LingerOption(true, 0);
        }

        await using (var noTls = await LineClient.ConnectAsync(listener.EndPoint))
        {
            await noTls.ReplyAsync();
            await noTls.AskAsync("EHLO me\r\n");
            await noTls.AskAsync("STARTTLS\r\n");
            await noTls.SendAsync("this is no ClientHello\r\n");
            await noTls.ReplyAsync();
        }

        Assert.StartsWith("250", await patient.AskAsync("NOOP\r\n"), StringComparison.Ordinal);
        await using var next = await LineClient.ConnectAsync(listener.EndPoint);
        Assert.StartsWith("220", await next.ReplyAsync(), StringComparison.Ordinal);
        Assert.Empty(_messages);
    }

    [Fact]
    public async Task A_client_that_sends_on_still_gets_the_reply_that_ended_its_session()
    {
        await using var listener = Start();
        await using var client = await LineClient.ConnectAsync(listener.EndPoint);
        await client.ReplyAsync();

        Assert.StartsWith("500 5.5.2", await client.AskAsync("EHLO me\n" + new string('x', 100_000)), StringComparison.Ordinal);
        Assert.Equal("", await client.ReplyAsync());
    }

    [Fact]
    public async Task One_session_too_many_is_turned_away_and_there_is_room_again_later()
    {
        await using var listener = Start(options => options with { Limits = new SmtpServerLimits { MaxSessions = 1 } });
        await using (var first = await LineClient.ConnectAsync(listener.EndPoint))
        {
            await first.ReplyAsync();
            await using var second = await LineClient.ConnectAsync(listener.EndPoint);
            Assert.StartsWith("421 4.3.2", await second.ReplyAsync(), StringComparison.Ordinal);
            await first.AskAsync("QUIT\r\n");
        }

        var reply = "";
        while (!reply.StartsWith("220", StringComparison.Ordinal)) // the listener forgets a session a moment after its client has
        {
            await using var third = await LineClient.ConnectAsync(listener.EndPoint);
            reply = await third.ReplyAsync();
        }
    }

    [Fact]
    public async Task Stopping_lets_a_message_finish_and_takes_nobody_new()
    {
        var hasBegun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listener = Start(options => options with
        {
            AcceptMessage = async (_, cancellationToken) =>
            {
                hasBegun.SetResult();
                await mayEnd.Task.WaitAsync(cancellationToken);
                return new SmtpReply(250, "2.0.0 stored");
            },
        });
        await using var client = await LineClient.ConnectAsync(listener.EndPoint);
        await client.ReplyAsync();
        await client.AskAsync("EHLO me\r\n");
        await client.AskAsync("MAIL FROM:<a@example.com>\r\n");
        await client.AskAsync("RCPT TO:<b@example.net>\r\n");
        await client.AskAsync("DATA\r\n");
        await client.SendAsync(".\r\n");
        await hasBegun.Task;

        var stopping = listener.StopAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<SocketException>(() => LineClient.ConnectAsync(listener.EndPoint));
        Assert.False(stopping.IsCompleted);
        mayEnd.SetResult();

        Assert.Equal("250 2.0.0 stored", await client.ReplyAsync());
        Assert.StartsWith("421 4.3.2", await client.ReplyAsync(), StringComparison.Ordinal);
        await client.DisposeAsync();
        await stopping;
        Assert.Equal(0, listener.OpenSessions);
    }

    [Fact]
    public async Task Disposing_does_not_wait_for_idle_clients()
    {
        var listener = Start();
        await using var client = await LineClient.ConnectAsync(listener.EndPoint);
        await client.ReplyAsync();

        await listener.DisposeAsync();
        await listener.DisposeAsync();

        Assert.Equal(0, listener.OpenSessions);
    }

    [Fact]
    public async Task Credentials_are_checked_as_a_pair()
    {
        var credentials = new SmtpCredentials(("ann", new Secret("a-secret")), ("bob", new Secret("b-secret")));

        Assert.True(await Check("ann", "a-secret"));
        Assert.True(await Check("bob", "b-secret"));
        Assert.False(await Check("ann", "b-secret"));
        Assert.False(await Check("ann", "a-secre"));
        Assert.False(await Check("Ann", "a-secret"));
        Assert.False(await Check("", ""));

        ValueTask<bool> Check(string user, string password) => credentials.CheckAsync(
            new SmtpLoginAttempt { UserName = user, Password = new Secret(password), Mechanism = "PLAIN", Session = new SmtpSessionInfo() }, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _certificates.Dispose();

    private SmtpListener Start(Func<SmtpServerOptions, SmtpServerOptions>? change = null)
    {
        var options = new SmtpServerOptions
        {
            HostName = "mx.example",
            Certificate = _certificates.Server("mx.example").Context,
            Authenticate = new SmtpCredentials(("ann", new Secret(TestServer.Password))).CheckAsync,
            AcceptMessage = (message, _) =>
            {
                lock (_messages)
                    _messages.Add(message);
                return ValueTask.FromResult(new SmtpReply(250, "2.0.0 queued"));
            },
        };
        return SmtpListener.Start(new IPEndPoint(IPAddress.Loopback, 0), change?.Invoke(options) ?? options);
    }
}
