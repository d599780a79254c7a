using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp.Connecting;
using Sendwright.Testing;

namespace Sendwright.Tests.Smtp.Connecting;

/// <summary>A connection through an HTTP proxy, which the scripted server plays together with the mail server behind it.</summary>
public sealed class HttpTunnelTests
{
    private const string Basic = "YW5uOnRyMHViNGRvci1TM0NSRVQ="; // ann and the secret of the tests

    private const string Asked = """
        C: CONNECT smtp.example.com:587 HTTP/1.1
        C: Host: smtp.example.com:587
        C:

        """;

    private const string Conversation = """
        S: 220 smtp.example.com ESMTP
        C: EHLO app.example.com
        S: 250 smtp.example.com
        C: QUIT
        S: 221 bye

        """;

    [Theory]
    [InlineData(@"RAW HTTP/1.1 200 Connection established\r\n\r\n", 200)]
    [InlineData(@"RAW HTTP/1.0 200 OK\r\nProxy-Agent: x\r\nContent-Length: 0\r\n\r\n", 200)]
    [InlineData(@"RAW HTTP/1.1 201\r\n\r\n", 201)]
    [InlineData(@"RAW HTTP/1.1 200 OK\nA: b\n\n", 200)]
    [InlineData(@"RAW HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", 200)]
    public async Task The_server_behind_a_proxy_is_spoken_to_and_its_name_is_the_proxys_to_look_up(string answer, int status)
    {
        await using var server = ScriptedSmtpServer.Start(Asked + answer + "\n" + Conversation);

        var attempt = await Opening.OpenAsync(Through(server), lookup: Opening.Knowing("proxy.example"));

        await server.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Null(attempt.Fault);
        Assert.Equal((status, server.EndPoint), (attempt.Proxy!.Status!.Value, attempt.Proxy.ConnectedTo));
        Assert.Null(attempt.ConnectedTo);
        Assert.Contains(attempt.Stages, stage => stage.Stage == MailStage.Connect && stage.Detail!.StartsWith("smtp.example.com:587 through the proxy http://proxy.example:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ByteDelivery.Whole)]
    [InlineData(ByteDelivery.ByByte)]
    public async Task A_greeting_that_comes_with_the_proxys_answer_is_not_lost(ByteDelivery delivery)
    {
        await using var server = ScriptedSmtpServer.Start(
            Asked + @"RAW HTTP/1.1 200 OK\r\n\r\n220 smtp.example.com ESMTP\r\n" + "\n" + Conversation[Conversation.IndexOf("C:", StringComparison.Ordinal)..],
            new ScriptedServerOptions { Delivery = delivery });

        var attempt = await Opening.OpenAsync(Through(server), lookup: Opening.Knowing("proxy.example"));

        Assert.Null(attempt.Fault);
        Assert.Equal("220 smtp.example.com ESMTP", attempt.Greeting!.ToString());
    }

    [Fact]
    public async Task TLS_goes_through_the_proxy_and_its_certificate_is_the_servers()
    {
        using var certificates = new TestCertificates();
        await using var server = ScriptedSmtpServer.Start(
            Asked + @"RAW HTTP/1.1 200 OK\r\n\r\n" + "\nTLS\n" + Conversation, new ScriptedServerOptions { Certificate = certificates.Server("smtp.example.com") });

        var attempt = await Opening.OpenAsync(
            Through(server) with { Security = ConnectionSecurity.Implicit }, new TlsParameters { TargetName = "smtp.example.com", Roots = [certificates.Authority] }, Opening.Knowing("proxy.example"));

        Assert.Null(attempt.Fault);
        Assert.Equal((true, "smtp.example.com"), (attempt.Tls!.Established, attempt.Tls.TargetName));
    }

    [Theory]
    [InlineData("smtp.bücher.example", "smtp.xn--bcher-kva.example")]
    [InlineData("::1", "[::1]")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    public async Task The_proxy_is_asked_in_ASCII(string host, string asked)
    {
        await using var server = ScriptedSmtpServer.Start($"""
            C: CONNECT {asked}:587 HTTP/1.1
            C: Host: {asked}:587
            C:
            RAW HTTP/1.1 200 OK\r\n\r\n

            """ + Conversation);

        Assert.Null((await Opening.OpenAsync(Through(server) with { Host = host }, lookup: Opening.Knowing("proxy.example"))).Fault);
    }

    [Fact]
    public async Task A_login_goes_to_the_proxy_alone_and_is_never_shown()
    {
        await using var server = ScriptedSmtpServer.Start($"""
            C: CONNECT smtp.example.com:587 HTTP/1.1
            C: Host: smtp.example.com:587
            C: Proxy-Authorization: Basic {Basic}
            C:
            RAW HTTP/1.1 407 {Basic} is not ann:{Sending.Secret}\r\n\r\n
            """);
        var settings = Through(server);
        settings = settings with { Proxy = settings.Proxy! with { Credentials = new MailCredentials("ann", new Secret(Sending.Secret)) } };

        var failure = await Assert.ThrowsAsync<MailConnectException>(() => SendAsync(settings));

        Assert.Equal(FaultCodes.ProxyFailed, failure.Diagnosis.Cause!.Code);
        Assert.Contains("refuses the login as ann: 407 *** is not ann:***", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Sending.Secret, Sending.Everything(failure), StringComparison.Ordinal);
        Assert.DoesNotContain(Basic, Sending.Everything(failure), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Proxy-Authorization: Basic " + Basic)]
    [InlineData("it says of itself that it is ann, whose password is known to be " + Sending.Secret)]
    [InlineData("HTTP/1.1 403 it says of itself that it is ann, whose password for this proxy here is known to be " + Sending.Secret)]
    public async Task A_login_that_comes_back_in_no_HTTP_or_where_the_text_is_cut_is_not_shown_either(string answer)
    {
        await using var server = ScriptedSmtpServer.Start($"""
            C: CONNECT *
            C: Host: *
            C: Proxy-Authorization: *
            C:
            RAW {answer}\r\n\r\n
            """);
        var settings = Through(server);
        settings = settings with { Proxy = settings.Proxy! with { Credentials = new MailCredentials("ann", new Secret(Sending.Secret)) } };

        var failure = await Assert.ThrowsAsync<MailConnectException>(() => SendAsync(settings));

        Assert.DoesNotContain(Sending.Secret[..4], Sending.Everything(failure), StringComparison.Ordinal);
        Assert.DoesNotContain(Basic[..12], Sending.Everything(failure), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"RAW HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", 407, "wants a login, and none is set: 407 Proxy Authentication Required")]
    [InlineData(@"RAW HTTP/1.0 401 Unauthorized\r\n\r\n", 401, "wants a login, and none is set: 401 Unauthorized")]
    [InlineData(@"RAW HTTP/1.1 403 Forbidden\r\nContent-Length: 9\r\n\r\nForbidden", 403, "refuses to connect to smtp.example.com:587: 403 Forbidden")]
    [InlineData(@"RAW HTTP/1.1 502 Bad Gateway\r\n\r\n", 502, "cannot reach smtp.example.com:587: 502 Bad Gateway")]
    [InlineData(@"RAW HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n", 302, "refuses to connect to smtp.example.com:587: 302 Found")]
    [InlineData(@"RAW 220 mail.example.com ESMTP\r\n", null, "\"220 mail.example.com ESMTP\"")]
    [InlineData(@"RAW HTTP/1.1 2xx OK\r\n\r\n", null, "does not answer as an HTTP proxy does")]
    [InlineData(@"RAW HTTP/1.1 2000 OK\r\n\r\n", null, "does not answer as an HTTP proxy does")]
    [InlineData(@"RAW HTTP/1.1 200", null, "does not answer as an HTTP proxy does")]
    [InlineData(@"RAW HTTP/1.1 100 a\r\n\r\nHTTP/1.1 100 a\r\n\r\nHTTP/1.1 100 a\r\n\r\nHTTP/1.1 100 a\r\n\r\nHTTP/1.1 100 a\r\n\r\nHTTP/1.1 200 a\r\n\r\n", null, "interim")]
    [InlineData("CLOSE", null, "was closed")]
    [InlineData("RESET", null, "was reset")]
    public async Task What_a_proxy_answers_instead_names_the_proxy(string answer, int? status, string because)
    {
        await using var server = ScriptedSmtpServer.Start(Asked + answer);

        var attempt = await Opening.OpenAsync(Through(server), lookup: Opening.Knowing("proxy.example"));

        Assert.Equal((MailStage.Connect, FaultKind.ProxyFailed), (attempt.Fault!.Stage, attempt.Fault.Kind));
        Assert.Contains(because, attempt.Fault.Message, StringComparison.Ordinal);
        Assert.Contains($"http://proxy.example:{server.Port}", attempt.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(status, attempt.Proxy!.Status);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_given_up()
    {
        await using var server = ScriptedSmtpServer.Start(Asked + @"RAW HTTP/1.1 200 OK\r\n" + "\nRAW " + new string('a', 20_000) + "\nSILENCE\n");

        var attempt = await Opening.OpenAsync(Through(server), lookup: Opening.Knowing("proxy.example"));

        Assert.Equal(FaultKind.ProxyFailed, attempt.Fault!.Kind);
        Assert.InRange(attempt.Fault.Message.Length, 1, 300);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_not_the_mail_servers_fault()
    {
        using var closed = new ClosedPort();
        var settings = new MailSettings
        {
            Host = "smtp.example.com", Port = 587, Security = ConnectionSecurity.None, Proxy = new ProxyServer { Host = closed.EndPoint.Address.ToString(), Port = closed.EndPoint.Port },
        };

        var attempt = await Opening.OpenAsync(settings);

        Assert.Equal(FaultKind.ProxyFailed, attempt.Fault!.Kind);
        Assert.Contains($"The proxy http://127.0.0.1:{closed.EndPoint.Port} cannot be used: No connection to", attempt.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_whose_name_is_not_found_is_not_the_mail_servers_fault()
    {
        var settings = new MailSettings { Host = "smtp.example.com", Port = 587, Security = ConnectionSecurity.None, Proxy = new ProxyServer { Host = "proxy.invalid", Port = 3128 } };

        var attempt = await Opening.OpenAsync(settings, lookup: (host, _) => ValueTask.FromResult(new Resolution(host, "test", ResolutionOutcome.NameDoesNotExist, [], TimeSpan.Zero, "no such name")));

        Assert.Equal((MailStage.Dns, FaultKind.ProxyFailed), (attempt.Fault!.Stage, attempt.Fault.Kind));
    }

    [Fact]
    public async Task A_proxy_on_this_machine_makes_no_server_one_of_this_machine()
    {
        await using var server = ScriptedSmtpServer.Start(Asked + """
            RAW HTTP/1.1 200 OK\r\n\r\n
            S: 220 smtp.example.com ESMTP
            C: EHLO app.example.com
            S: 250-smtp.example.com
            S: 250 AUTH PLAIN
            EOF
            """);
        var settings = Through(server) with { Credentials = new MailCredentials("ann", new Secret(Sending.Secret)) };

        var attempt = await Opening.OpenAsync(settings, lookup: Opening.Knowing("proxy.example"));

        await server.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(FaultKind.UnsafeLoginRefused, attempt.Fault!.Kind);
    }

    private static MailSettings Through(ScriptedSmtpServer server) => Opening.To(server, ConnectionSecurity.None) with
    {
        Host = "smtp.example.com",
        Port = 587,
        Proxy = new ProxyServer { Host = "proxy.example", Port = server.Port },
    };

    private static Task<DeliveryReceipt> SendAsync(MailSettings settings) =>
        Sending.SendAsync(settings with { Proxy = settings.Proxy! with { Host = "127.0.0.1" } }, cancellationToken: TestContext.Current.CancellationToken);
}
