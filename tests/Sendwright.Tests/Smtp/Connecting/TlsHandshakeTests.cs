using System.Net.Security;
using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp.Connecting;
using Sendwright.Testing;

namespace Sendwright.Tests.Smtp.Connecting;

public sealed class TlsHandshakeTests : IDisposable
{
    private const string Conversation = """
        S: 220 mail.example.com ESMTP
        C: EHLO app.example.com
        S: 250 mail.example.com
        C: QUIT
        S: 221 bye

        """;

    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("TLS 1.3", "TLS 1.3")]
    [InlineData("TLS 1.2", "TLS 1.2")]
    public async Task A_second_connection_takes_up_the_session_of_the_first_and_judges_the_certificate_again(string step, string version)
    {
        await using var server = Serving(step, _certificates.ServerWithIntermediate(Name));
        var tls = Trusting();

        var first = await OpenAsync(server, tls);
        var second = await OpenAsync(server, tls);

        Assert.Equal((null, null), (first.Fault, second.Fault));
        Assert.Equal((version, version), (first.Tls!.Protocol, second.Tls!.Protocol));
        Assert.Equal((false, true), (first.Tls.Resumed, second.Tls.Resumed));
        Assert.Equal(2, second.Tls.Chain.Count);
        Assert.Equal(first.Tls.Chain, second.Tls.Chain, (one, other) => one.Sha256 == other.Sha256);
    }

    [Fact]
    public async Task A_session_is_taken_up_whatever_else_the_settings_of_the_route_are()
    {
        using var client = _certificates.Client("app");
        await using var server = Serving("TLS client-certificate", _certificates.Server(Name));
        var tls = Trusting() with { ClientCertificate = SslStreamCertificateContext.Create(client, null, offline: true), MinimumVersion = TlsVersion.Tls13 };

        var first = await OpenAsync(server, tls);
        var second = await OpenAsync(server, tls);

        Assert.Equal((null, null), (first.Fault, second.Fault));
        Assert.Equal((false, true), (first.Tls!.Resumed, second.Tls!.Resumed));
    }

    [Fact]
    public async Task A_diagnosis_sees_the_whole_handshake()
    {
        await using var server = Serving("TLS", _certificates.Server(Name));
        var tls = Trusting() with { AllowsResumption = false };

        await OpenAsync(server, tls);

        Assert.False((await OpenAsync(server, tls)).Tls!.Resumed);
    }

    [Fact]
    public async Task A_session_begun_without_a_check_does_not_spare_the_next_one_its_check()
    {
        await using var server = Serving("TLS 1.2", _certificates.SelfSigned(Name), refusals: 1);

        var unchecked1 = await OpenAsync(server, Trusting() with { ChecksCertificate = false });
        var checked2 = await OpenAsync(server, Trusting());

        Assert.Equal((null, FaultKind.CertificateRejected), (unchecked1.Fault, checked2.Fault?.Kind));
        Assert.True(checked2.Tls!.Resumed);
    }

    [Theory]
    [InlineData("TLS 1.3", true)]
    [InlineData("TLS 1.2", true)]
    [InlineData("TLS 1.3", false)]
    [InlineData("TLS 1.2", false)]
    public async Task A_certificate_is_shown_to_a_server_that_asks_and_it_is_seen_whether_it_did(string step, bool asks)
    {
        using var client = _certificates.Client("app");
        await using var server = Serving(asks ? step + " client-certificate" : step, _certificates.Server(Name));

        var attempt = await OpenAsync(server, Trusting() with { ClientCertificate = SslStreamCertificateContext.Create(client, null, offline: true) });

        Assert.Null(attempt.Fault);
        Assert.Equal(asks, attempt.Tls!.ClientCertificateRequested);
    }

    [Theory]
    [InlineData("1.3")]
    [InlineData("1.2")]
    public async Task That_a_server_asks_for_a_certificate_is_seen_where_none_is_shown(string version)
    {
        await using var server = ScriptedSmtpServer.Start($"TLS REFUSED {version} client-certificate", new ScriptedServerOptions { Certificate = _certificates.Server("127.0.0.1") });

        var attempt = await OpenAsync(server, new TlsParameters { TargetName = "127.0.0.1", Roots = [_certificates.Authority] });

        Assert.NotNull(attempt.Fault);
        Assert.True(attempt.Tls!.ClientCertificateRequested);
    }

    [Fact]
    public async Task A_pinned_certificate_is_taken_whoever_issued_it_and_whatever_it_is_for()
    {
        var certificate = _certificates.SelfSigned("another.example");
        await using var server = Serving("TLS", certificate);

        var attempt = await OpenAsync(server, Parameters() with { PinnedCertificates = [new string('0', 64), FingerprintOf(certificate)] });

        Assert.Null(attempt.Fault);
        Assert.Equal((true, true), (attempt.Tls!.IsPinned, attempt.Tls.ProvesServer));
        Assert.Contains(CertificateProblem.SelfSigned, attempt.Tls.Problems);
    }

    [Fact]
    public async Task A_secret_goes_to_a_server_whose_certificate_is_pinned()
    {
        var certificate = _certificates.SelfSigned(Name);
        await using var server = ScriptedSmtpServer.Start($"""
            C: CONNECT *
            C: Host: *
            C:
            RAW HTTP/1.1 200 OK\r\n\r\n
            TLS
            S: 220 mail.example.com ESMTP
            C: EHLO app.example.com
            S: 250-mail.example.com
            S: 250 AUTH PLAIN
            C: AUTH PLAIN *
            S: 235 ok
            C: QUIT
            S: 221 bye
            """, new ScriptedServerOptions { Certificate = certificate });
        // Behind a proxy no server is one of this machine, where a secret needs no TLS.
        var settings = Opening.To(server, ConnectionSecurity.Implicit) with
        {
            Proxy = new ProxyServer { Host = server.Host, Port = server.Port },
            Credentials = new MailCredentials("ann", new Secret(Sending.Secret)),
        };

        Assert.Null((await Opening.OpenAsync(settings, Parameters() with { PinnedCertificates = [FingerprintOf(certificate)] })).Fault);
    }

    [Fact]
    public async Task A_good_certificate_that_is_none_of_the_pinned_ones_is_refused_and_named()
    {
        var certificate = _certificates.Server("127.0.0.1");
        await using var server = Serving("TLS", certificate, refusals: 1, good: 0);
        var settings = Opening.To(server, ConnectionSecurity.Implicit) with { PinnedCertificates = [new string('0', 64)] };

        var failure = await Assert.ThrowsAsync<MailTlsException>(() => Sending.SendAsync(settings, cancellationToken: TestContext.Current.CancellationToken));

        var shown = FingerprintText.Shown(FingerprintOf(certificate));
        Assert.Equal($"The server's certificate is none of the pinned ones: its SHA-256 fingerprint is {shown}.", failure.Failure.Message);
        Assert.Equal(FaultCodes.TlsCertificateUntrusted, failure.Diagnosis.Cause!.Code);
        Assert.Contains("Mail:PinnedCertificates", failure.Diagnosis.Cause.Title, StringComparison.Ordinal);
        Assert.Contains(shown, failure.Diagnosis.Cause.Fixes[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_below_the_oldest_version_that_is_set_is_named_with_the_setting()
    {
        await using var server = ScriptedSmtpServer.Start("TLS REFUSED 1.2", new ScriptedServerOptions { Certificate = _certificates.Server("127.0.0.1") });
        var settings = Opening.To(server, ConnectionSecurity.Implicit) with { MinimumTls = TlsVersion.Tls13 };

        var failure = await Assert.ThrowsAsync<MailTlsException>(() => Sending.SendAsync(settings, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("TLS 1.3 or later", failure.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(FaultCodes.TlsProtocolVersion, failure.Diagnosis.Cause!.Code);
        Assert.Contains("Mail:MinimumTls", failure.Diagnosis.Cause.Fixes[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_certificate_that_went_missing_since_the_start_is_named()
    {
        var settings = new MailSettings
        {
            Host = "127.0.0.1", Port = 1, Security = ConnectionSecurity.Implicit, ClientCertificate = new ClientCertificateFiles("/nonexistent/client.pem"),
        };

        var failure = await Assert.ThrowsAsync<MailConfigurationException>(() => Sending.SendAsync(settings, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("The client certificate cannot be used: /nonexistent/client.pem names no file that exists.", failure.Failure.Message);
    }

    // Sessions are kept by name: a name of its own keeps each test's apart from the others'.
    private string Name { get; } = $"{Guid.NewGuid():N}.example";

    private TlsParameters Parameters() => new() { TargetName = Name };

    private TlsParameters Trusting() => Parameters() with { Roots = [_certificates.Authority] };

    private static string FingerprintOf(TestCertificate certificate) => certificate.Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);

    private static ScriptedSmtpServer Serving(string step, TestCertificate certificate, int refusals = 0, int good = 1)
    {
        var scripts = Enumerable.Repeat(SmtpScript.Parse($"{step}\n{Conversation}"), good).Concat(Enumerable.Repeat(SmtpScript.Parse(step.Replace("TLS", "TLS REFUSED", StringComparison.Ordinal)), refusals));
        return ScriptedSmtpServer.Start(new ScriptedServerOptions { Certificate = certificate, RepeatLast = true }, [.. scripts]);
    }

    private static Task<Attempt> OpenAsync(ScriptedSmtpServer server, TlsParameters tls) => Opening.OpenAsync(Opening.To(server, ConnectionSecurity.Implicit), tls);
}
