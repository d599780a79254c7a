using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Sendwright.Testing;

namespace Sendwright.Tests.Testing;

public sealed class ScriptedSmtpServerTests
{
    private const string Conversation = """
        S: 220 mx.example ESMTP
        C: EHLO *
        S: 250-mx.example
        S: 250 PIPELINING
        C: MAIL FROM:<a@example.com>
        C: RCPT TO:<b@example.net>
        C: DATA
        S: 250 2.1.0 ok
        S: 250 2.1.5 ok
        S: 354 go on
        DATA
        S: 250 2.0.0 queued
        C: QUIT
        S: 221 bye
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ByteDelivery.Whole)]
    [InlineData(ByteDelivery.ByLine)]
    [InlineData(ByteDelivery.ByByte)]
    public async Task Plays_a_conversation_and_keeps_lines_and_message(ByteDelivery delivery)
    {
        await using var server = ScriptedSmtpServer.Start(Conversation, new ScriptedServerOptions { Delivery = delivery });
        using var client = await ConnectAsync(server);
        var stream = client.GetStream();
        await stream.WriteAsync("EHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n..dot\r\n.\r\nQUIT\r\n"u8.ToArray(), Cancel);

        var said = await new StreamReader(stream).ReadToEndAsync(Cancel);

        await server.CompleteAsync(Cancel);
        Assert.Equal("220 mx.example ESMTP\r\n250-mx.example\r\n250 PIPELINING\r\n250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go on\r\n250 2.0.0 queued\r\n221 bye\r\n", said);
        Assert.Equal([".dot\r\n"], server.Messages);
        Assert.Equal(["EHLO me", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.net>", "DATA", "QUIT"], server.Received);
    }

    [Fact]
    public async Task Reads_the_messages_it_was_sent()
    {
        await using var server = ScriptedSmtpServer.Start(Conversation);
        using var client = await ConnectAsync(server);
        var stream = client.GetStream();
        await stream.WriteAsync(
            "EHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8=\r\n.\r\nQUIT\r\n"u8.ToArray(),
            Cancel);
        await server.CompleteAsync(Cancel);

        var message = Assert.Single(server.ParsedMessages);
        Assert.Equal("Grüße", message.Subject);
        Assert.Equal("Hello", message.Text);
    }

    [Fact]
    public async Task Names_the_place_where_the_client_left_the_script()
    {
        await using var server = ScriptedSmtpServer.Start("S: 220 mx\nC: EHLO *\nS: 250 mx");
        using var client = await ConnectAsync(server);
        await client.GetStream().WriteAsync("HELO me\r\n"u8.ToArray(), Cancel);

        var mismatch = await Assert.ThrowsAsync<ScriptMismatchException>(() => server.CompleteAsync(Cancel));

        Assert.Contains("line 2 expects\n    C: EHLO *\nbut the client sent\n    C: HELO me", mismatch.Message, StringComparison.Ordinal);
        Assert.Contains("S: 220 mx", mismatch.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mismatch_that_nobody_asked_for_surfaces_when_the_server_is_disposed()
    {
        var server = ScriptedSmtpServer.Start("S: 220 mx\nC: EHLO *");
        using var client = await ConnectAsync(server);
        var stream = client.GetStream();
        client.Client.Shutdown(SocketShutdown.Send);
        _ = await new StreamReader(stream).ReadToEndAsync(Cancel); // ends when the server has given up

        var mismatch = await Assert.ThrowsAsync<ScriptMismatchException>(async () => await server.DisposeAsync());

        Assert.Contains("the client closed the connection", mismatch.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_it_still_waits_for_when_its_patience_ends()
    {
        await using var server = ScriptedSmtpServer.Start("C: NOOP\nC: EHLO *", new ScriptedServerOptions { Patience = TimeSpan.FromMilliseconds(50) });
        using var client = await ConnectAsync(server);
        await server.Connected;

        var mismatch = await Assert.ThrowsAsync<ScriptMismatchException>(() => server.CompleteAsync(Cancel));

        Assert.Contains("connection 1 is at script, line 1: C: NOOP", mismatch.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_without_a_script_is_a_mismatch()
    {
        await using var server = ScriptedSmtpServer.Start("SILENCE");
        using var first = await ConnectAsync(server);
        using var second = await ConnectAsync(server);
        Assert.Equal(0, await second.GetStream().ReadAsync(new byte[1], Cancel));

        var mismatch = await Assert.ThrowsAsync<ScriptMismatchException>(() => server.CompleteAsync(Cancel));

        Assert.Contains("Connection 2 came", mismatch.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_connection_has_its_own_script_and_the_last_can_repeat()
    {
        await using var server = ScriptedSmtpServer.Start(
            new ScriptedServerOptions { RepeatLast = true }, SmtpScript.Parse("S: 421 busy"), SmtpScript.Parse("S: 220 mx"));

        Assert.Equal("421 busy\r\n", await ReadAllAsync(server));
        Assert.Equal("220 mx\r\n", await ReadAllAsync(server));
        Assert.Equal("220 mx\r\n", await ReadAllAsync(server));
        await server.CompleteAsync(Cancel);
    }

    [Fact]
    public async Task Starts_TLS_where_the_script_says_so()
    {
        using var certificates = new TestCertificates();
        await using var server = ScriptedSmtpServer.Start(
            "S: 220 mx\nC: STARTTLS\nS: 220 go\nTLS 1.2\nC: EHLO *\nS: 250 mx",
            new ScriptedServerOptions { Certificate = certificates.Server("localhost"), Delivery = ByteDelivery.ByByte });
        using var client = await ConnectAsync(server);
        var lines = new StreamReader(client.GetStream(), Encoding.ASCII);
        await lines.ReadLineAsync(Cancel);
        await client.GetStream().WriteAsync("STARTTLS\r\n"u8.ToArray(), Cancel);
        await lines.ReadLineAsync(Cancel);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(Trusting(certificates, "localhost"), Cancel);
        await tls.WriteAsync("EHLO me\r\n"u8.ToArray(), Cancel);

        Assert.Equal("250 mx\r\n", await new StreamReader(tls).ReadToEndAsync(Cancel));
        await server.CompleteAsync(Cancel);
        Assert.Equal(SslProtocols.Tls12, server.Connections[0].TlsProtocol);
        Assert.Equal("localhost", server.Connections[0].TlsServerName);
    }

    [Fact]
    public async Task A_client_that_refuses_the_certificate_can_be_what_the_script_expects()
    {
        using var certificates = new TestCertificates();
        await using var server = ScriptedSmtpServer.Start("TLS REFUSED", new ScriptedServerOptions { Certificate = certificates.Expired("localhost") });
        using (var client = await ConnectAsync(server))
        await using (var tls = new SslStream(client.GetStream()))
            await Assert.ThrowsAsync<AuthenticationException>(() => tls.AuthenticateAsClientAsync(Trusting(certificates, "localhost"), Cancel));

        await server.CompleteAsync(Cancel);
    }

    [Fact]
    public async Task Bytes_sent_in_clear_before_the_handshake_are_a_mismatch()
    {
        using var certificates = new TestCertificates();
        await using var server = ScriptedSmtpServer.Start("C: STARTTLS\nS: 220 go\nTLS", new ScriptedServerOptions { Certificate = certificates.Server("localhost") });
        using var client = await ConnectAsync(server);
        await client.GetStream().WriteAsync("STARTTLS\r\nEHLO early\r\n"u8.ToArray(), Cancel);

        var mismatch = await Assert.ThrowsAsync<ScriptMismatchException>(() => server.CompleteAsync(Cancel));

        Assert.Contains("in clear,\n    C: EHLO early\\r\\n", mismatch.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_as_an_HTTP_server_does()
    {
        await using var server = ScriptedSmtpServer.Start("BYTES\nRAW HTTP/1.1 400 Bad Request\\r\\n\\r\\n\nCLOSE");
        using var client = await ConnectAsync(server);
        await client.GetStream().WriteAsync("EHLO me\r\n"u8.ToArray(), Cancel);

        Assert.Equal("HTTP/1.1 400 Bad Request\r\n\r\n", await new StreamReader(client.GetStream()).ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task Resets_the_connection()
    {
        await using var server = ScriptedSmtpServer.Start("WAIT connected\nRESET");
        using var client = await ConnectAsync(server);
        server.Release("connected");

        var broken = await Assert.ThrowsAsync<IOException>(async () => await client.GetStream().ReadExactlyAsync(new byte[1], Cancel));

        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(broken.InnerException).SocketErrorCode);
    }

    [Fact]
    public async Task Keeps_the_chunks_of_BDAT_as_one_message()
    {
        await using var server = ScriptedSmtpServer.Start("BDAT\nS: 250 ok\nBDAT\nS: 250 ok");
        using var client = await ConnectAsync(server);
        await client.GetStream().WriteAsync("BDAT 5\r\n.\r\n.\rBDAT 4 LAST\r\n\nend"u8.ToArray(), Cancel);

        await server.CompleteAsync(Cancel);

        Assert.Equal([".\r\n.\r\nend"], server.Messages);
    }

    [Fact]
    public async Task A_test_can_wait_for_a_line_of_the_client()
    {
        await using var server = ScriptedSmtpServer.Start("C: NOOP\nC: MAIL *\nSILENCE");
        var waiting = server.ExpectAsync("MAIL FROM:*", Cancel);
        using var client = await ConnectAsync(server);
        await client.GetStream().WriteAsync("NOOP\r\nMAIL FROM:<>\r\n"u8.ToArray(), Cancel);

        Assert.Equal("MAIL FROM:<>", await waiting);
    }

    [Fact]
    public void A_TLS_step_without_a_certificate_is_refused_at_the_start() =>
        Assert.Throws<ArgumentException>(() => ScriptedSmtpServer.Start("TLS"));

    [Fact]
    public async Task A_closed_port_refuses()
    {
        using var port = new ClosedPort();
        using var client = new TcpClient();

        var refused = await Assert.ThrowsAsync<SocketException>(async () => await client.ConnectAsync(port.EndPoint, Cancel));

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task A_dropping_port_leaves_the_client_waiting()
    {
        Assert.SkipUnless(DroppingPort.IsSupported, "Only Linux drops SYNs when the queue is full.");
        using var port = new DroppingPort();
        using var client = new TcpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.ConnectAsync(port.EndPoint, patience.Token));
    }

    private static async Task<TcpClient> ConnectAsync(ScriptedSmtpServer server)
    {
        var client = new TcpClient(server.EndPoint.AddressFamily);
        await client.ConnectAsync(server.EndPoint, Cancel);
        return client;
    }

    private static async Task<string> ReadAllAsync(ScriptedSmtpServer server)
    {
        using var client = await ConnectAsync(server);
        return await new StreamReader(client.GetStream()).ReadToEndAsync(Cancel);
    }

    private static SslClientAuthenticationOptions Trusting(TestCertificates certificates, string host) => new()
    {
        TargetHost = host,
        CertificateChainPolicy = TestCertificatesTests.TrustingOnly(certificates.Authority),
    };
}
