using System.Net;
using System.Text;
using Sendwright.Diagnosis;
using Sendwright.Doctor;
using Sendwright.Evidence;
using Sendwright.Integration.Tests.Programs;
using Sendwright.Settings;
using Sendwright.Testing;
using Sendwright.Transport;

namespace Sendwright.Integration.Tests.Servers;

/// <summary>The ways to a real server: through a real proxy, from a chosen address, with a client certificate, with the keys of an earlier connection.</summary>
public sealed class Connecting_to_servers
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Through_a_proxy_with_a_login()
    {
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions(), Token);
        await using var proxy = await ConnectProxy.StartAsync(MailPort.Submission, Token);

        await SendAsync(To(postfix) with { Proxy = proxy.Server });

        await postfix.Mailbox(MailAccount.Ann).SingleMessageAsync(Token);
        Assert.Contains($"CONNECT {postfix.Address}:{MailPort.Submission}", proxy.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_diagnosis_goes_through_the_proxy_too()
    {
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions(), Token);
        await using var proxy = await ConnectProxy.StartAsync(MailPort.Submission, Token);

        var report = await DiagnoseAsync(To(postfix) with { Proxy = proxy.Server });

        Assert.Equal(Verdict.Healthy, report.Verdict);
        Assert.Equal(200, report.Evidence.Attempts[0].Proxy!.Status);
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_named_with_its_reason()
    {
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions(), Token);
        await using var proxy = await ConnectProxy.StartAsync(MailPort.ImplicitTls, Token);
        var settings = To(postfix);

        var port = await Assert.ThrowsAsync<MailConnectException>(() => SendAsync(settings with { Proxy = proxy.Server }));
        var login = await Assert.ThrowsAsync<MailConnectException>(() => SendAsync(settings with { Proxy = proxy.Server with { Credentials = new MailCredentials("ann", new Secret("not-it")) } }));
        var report = await DiagnoseAsync(settings with { Proxy = proxy.Server with { Credentials = null } });

        Assert.Equal((FaultCodes.ProxyFailed, FaultCodes.ProxyFailed, FaultCodes.ProxyFailed), (port.Diagnosis.Cause!.Code, login.Diagnosis.Cause!.Code, report.Cause!.Code));
        Assert.Contains($"refuses to connect to {postfix.Address}:587: 403", port.Message, StringComparison.Ordinal);
        Assert.Contains("refuses the login as ann: 401", login.Message, StringComparison.Ordinal);
        Assert.Contains("wants a login, and none is set: 407", report.Stages[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_a_chosen_address()
    {
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions(), Token);

        await SendAsync(To(postfix) with { BindAddress = IPAddress.Parse("127.9.8.7") });

        Assert.Contains("connect from unknown[127.9.8.7]", postfix.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("pfx")]
    public async Task With_a_client_certificate(string form)
    {
        using var clients = new TestCertificates();
        using var folder = new TestFolder();
        using var client = clients.Client("app.example.test");
        await using var postfix = await PostfixServer.StartAsync(Asking(clients, folder, "smtpd_tls_ask_ccert"), Token);
        var file = folder.PathOf("client");
        if (form == "pem")
        {
            using var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(client)!;
            await File.WriteAllTextAsync(file, client.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem(), Token);
        }
        else
        {
            await File.WriteAllBytesAsync(file, client.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pkcs12, "pass"), Token);
        }

        await SendAsync(To(postfix) with { ClientCertificate = new ClientCertificateFiles(file, Password: form == "pfx" ? new Secret("pass") : null) });

        var received = Encoding.UTF8.GetString(await postfix.Mailbox(MailAccount.Ann).SingleMessageAsync(Token));
        Assert.Matches("""Client CN "app\.example\.test", Issuer "[^"]*" \(verified OK\)""", received);
    }

    [Fact]
    public async Task A_server_that_requires_a_client_certificate_is_understood()
    {
        using var clients = new TestCertificates();
        using var folder = new TestFolder();
        await using var postfix = await PostfixServer.StartAsync(Asking(clients, folder, "smtpd_tls_req_ccert"), Token);

        var failure = await Assert.ThrowsAnyAsync<MailException>(() => SendAsync(To(postfix)));

        Assert.Equal(FaultCodes.TlsClientCertificateRequired, failure.Diagnosis.Cause?.Code);
        Assert.True(failure.Diagnosis.Evidence.Attempts[0].Tls!.ClientCertificateRequested);
    }

    [Fact]
    public async Task With_the_keys_of_an_earlier_connection()
    {
        var options = new MailServerOptions { Extra = new Dictionary<string, string> { ["smtpd_tls_loglevel"] = "2" } };
        await using var postfix = await PostfixServer.StartAsync(options, Token);
        // .NET keeps sessions by name, and none for an address.
        var settings = To(postfix) with { Host = PostfixServer.HostName, Pool = new PoolSettings { MessagesPerConnection = 1 } };
        var transport = new SmtpTransport(
            settings, TimeProvider.System, (host, _) => ValueTask.FromResult(new Resolution(host, "test", ResolutionOutcome.Found, [postfix.Address], TimeSpan.Zero)));

        await SendAsync(transport);
        Assert.DoesNotContain("eusing old session", postfix.Log, StringComparison.Ordinal);
        await SendAsync(transport);

        Assert.Contains("eusing old session", postfix.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_a_server_whose_certificate_is_pinned_and_to_no_other()
    {
        TestCertificate? certificate = null;
        var options = new MailServerOptions { Certificate = (made, _) => certificate = made.SelfSigned("another.example") };
        await using var postfix = await PostfixServer.StartAsync(options, Token);
        var fingerprint = certificate!.Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);

        await SendAsync(To(postfix) with { CaFile = null, PinnedCertificates = [fingerprint] });
        var failure = await Assert.ThrowsAsync<MailTlsException>(() => SendAsync(To(postfix) with { CaFile = null, PinnedCertificates = [new string('A', 64)] }));

        await postfix.Mailbox(MailAccount.Ann).SingleMessageAsync(Token);
        Assert.Contains("none of the pinned ones", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_below_the_oldest_version_is_named()
    {
        var options = new MailServerOptions { Extra = new Dictionary<string, string> { ["smtpd_tls_mandatory_protocols"] = "!TLSv1.3, !TLSv1.1, !TLSv1", ["smtpd_tls_protocols"] = "!TLSv1.3, !TLSv1.1, !TLSv1" } };
        await using var postfix = await PostfixServer.StartAsync(options, Token);

        await SendAsync(To(postfix));
        var failure = await Assert.ThrowsAsync<MailTlsException>(() => SendAsync(To(postfix) with { MinimumTls = TlsVersion.Tls13 }));

        Assert.Equal(FaultCodes.TlsProtocolVersion, failure.Diagnosis.Cause!.Code);
        Assert.Contains("TLS 1.3", failure.Message, StringComparison.Ordinal);
    }

    private static MailServerOptions Asking(TestCertificates clients, TestFolder folder, string setting) => new()
    {
        Extra = new Dictionary<string, string>
        {
            [setting] = "yes", ["smtpd_tls_received_header"] = "yes", ["smtpd_tls_CAfile"] = folder.Write("clients.ca.pem", clients.AuthorityPem), ["smtpd_tls_security_level"] = "encrypt",
        },
    };

    private static MailSettings To(PostfixServer postfix) => new()
    {
        Host = postfix.Address.ToString(),
        Port = MailPort.Submission,
        Security = ConnectionSecurity.StartTls,
        Credentials = new MailCredentials(MailAccount.Ann.Address, new Secret(MailAccount.Ann.Password)),
        CaFile = postfix.AuthorityFile,
    };

    private static Task<DiagnosisReport> DiagnoseAsync(MailSettings settings) =>
        new MailDoctor().ExamineAsync(new SettingsReading(settings, settings.Evidence), new DoctorOptions(), Token);

    private static Task<DeliveryReceipt> SendAsync(MailSettings settings) => SendAsync(new SmtpTransport(settings));

    private static Task<DeliveryReceipt> SendAsync(SmtpTransport transport) => new Mailer(transport).SendAsync(
        new EmailMessage { From = MailAccount.Ann.Address, To = [MailAccount.Ann.Address], Subject = "Proof", Text = "A line.\n" }, Token);
}
