using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Sendwright.Diagnosis;
using Sendwright.Settings;
using Sendwright.Testing;

namespace Sendwright.Tests.Settings;

public sealed class ConnectingSettingsTests : IDisposable
{
    private const string Fingerprint = "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF";
    private const string Other = "FF112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sendwright-");
    private readonly TestCertificates _certificates = new();

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("http://proxy.example:3128", "proxy.example", 3128, null, null)]
    [InlineData("HTTP://proxy.example:3128/", "proxy.example", 3128, null, null)]
    [InlineData("http://[::1]:8080", "::1", 8080, null, null)]
    [InlineData("http://ann:tr0ub4dor-S3CRET@10.0.0.1:3128", "10.0.0.1", 3128, "ann", Settle.Secret)]
    [InlineData("http://ann:a%40b%3ac@proxy.example:80", "proxy.example", 80, "ann", "a@b:c")]
    public void Reads_a_proxy(string text, string host, int port, string? user, string? secret)
    {
        var proxy = Mail(("Proxy", text)).Settings!.Proxy!;

        Assert.Equal((host, port, user, secret), (proxy.Host, proxy.Port, proxy.Credentials?.Username, proxy.Credentials?.Password.Reveal()));
    }

    [Theory]
    [InlineData("proxy.example:3128", "no scheme")]
    [InlineData("https://proxy.example:3128", "scheme other than http")]
    [InlineData("socks5://proxy.example:1080", "SOCKS")]
    [InlineData("http://proxy.example", "no port")]
    [InlineData("http://proxy.example:0", "not within")]
    [InlineData("http://proxy.example:3128/path", "port that")]
    [InlineData("http://:3128", "no host")]
    [InlineData("http://pro xy:3128", "blank")]
    [InlineData("http://ann@proxy.example:3128", "no secret")]
    [InlineData("http://:x@proxy.example:3128", "no user name")]
    [InlineData("http://a:b/c@proxy.example:3128", "unencoded \"/\"")]
    [InlineData("http://a:b%0d%0aX: y@proxy.example:3128", "control character")]
    [InlineData("http://a%3ab:c@proxy.example:3128", "colon in the user name")]
    public void A_proxy_that_cannot_be_used_is_named_with_its_reason(string text, string because)
    {
        var problem = Settle.Only(Mail(("Proxy", text)));

        Assert.Equal((FaultCodes.ConfigInvalid, "Mail:Proxy", true), (problem.Code, problem.Name, problem.IsBlocking));
        Assert.Contains(because, problem.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://ann:tr0ub4dor-S3CRET@proxy.example")]
    [InlineData("http://ann:tr0ub4dor-S3CRET")]
    [InlineData("http://tr0ub4dor-S3CRET@proxy.example:3128")]
    [InlineData("socks5://ann:tr0ub4dor-S3CRET@proxy.example:1")]
    [InlineData("ann:tr0ub4dor-S3CRET@proxy.example:1")]
    [InlineData("http://ann:tr0ub4dor%2DS3CRET@proxy.example:99999")]
    [InlineData("http://ann:x@tr0ub4dor-S3CRET@proxy.example:3128")]
    public void The_secret_of_a_proxy_is_never_shown(string text)
    {
        var problem = Settle.Only(Mail(("Proxy", text)));

        Assert.DoesNotContain("S3CRET", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_secret_of_a_proxy_that_is_used_is_never_shown()
    {
        var settings = Mail(("Proxy", $"http://ann:{Settle.Secret}@proxy.example:3128")).Settings!;

        Assert.Equal("http://ann:***@proxy.example:3128", settings.Proxy!.ToString());
        Assert.DoesNotContain(Settle.Secret, settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.10", "192.0.2.10")]
    [InlineData(" ::1 ", "::1")]
    [InlineData("[fe80::1]", "fe80::1")]
    public void Reads_the_address_to_connect_from(string text, string address)
    {
        Assert.Equal(IPAddress.Parse(address), Mail(("BindAddress", text)).Settings!.BindAddress);
    }

    [Theory]
    [InlineData("eth0")]
    [InlineData("1")]
    [InlineData("192.0.2.10:25")]
    [InlineData("app.example.com")]
    public void An_address_to_connect_from_must_be_one(string text)
    {
        var problem = Settle.Only(Mail(("BindAddress", text)));

        Assert.Equal((FaultCodes.ConfigInvalid, "Mail:BindAddress", text), (problem.Code, problem.Name, problem.Value));
    }

    [Theory]
    [InlineData("1.2", TlsVersion.Tls12)]
    [InlineData("1.3", TlsVersion.Tls13)]
    [InlineData("TLS 1.3", TlsVersion.Tls13)]
    [InlineData("TLSv1.3", TlsVersion.Tls13)]
    [InlineData("Tls12", TlsVersion.Tls12)]
    public void Reads_the_oldest_TLS_version(string text, TlsVersion version)
    {
        Assert.Equal(version, Mail(("MinimumTls", text)).Settings!.MinimumTls);
    }

    [Theory]
    [InlineData("1.1", "broken")]
    [InlineData("TLSv1", "broken")]
    [InlineData("1.4", "neither 1.2 nor 1.3")]
    [InlineData("high", "neither 1.2 nor 1.3")]
    public void A_TLS_version_that_is_not_used_is_told(string text, string because)
    {
        Assert.Contains(because, Settle.Only(Mail(("MinimumTls", text))).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_fingerprints_in_every_form_in_which_they_are_shown()
    {
        var colons = string.Join(':', Other.Chunk(2).Select(pair => new string(pair)));
        var one = Mail(("PinnedCertificates", $"{Fingerprint.ToLowerInvariant()}, sha256 Fingerprint={colons}"));
        var list = Mail(("PinnedCertificates:0", Fingerprint), ("PinnedCertificates:1", colons.ToLowerInvariant()), ("PinnedCertificates:2", Other));
        var code = Settle.Checked(MailSettingsReader.Read(new MailOptions { Host = "smtp.example.com", PinnedCertificates = { Fingerprint, colons } }));

        Assert.All((SettingsReading[])[one, list, code], reading => Assert.Equal([Fingerprint, Other], reading.Settings!.PinnedCertificates));
        Assert.All((SettingsReading[])[one, list, code], reading => Assert.Empty(reading.Evidence.Problems));
    }

    [Theory]
    [InlineData("0011", "has 4 hexadecimal digits")]
    [InlineData("00112233445566778899AABBCCDDEEFF00112233", "SHA-1")]
    [InlineData("00112233445566778899AABBCCDDEEFF", "MD5")]
    [InlineData("MAmM4KLuDCUzmm9e3Ohc9bBCyLiKlVRHxvvKoZw1AQM=", "no hexadecimal digit")]
    public void A_text_that_is_no_fingerprint_is_named_with_its_reason(string text, string because)
    {
        var problem = Settle.Only(Mail(("PinnedCertificates:0", text)));

        Assert.Equal((FaultCodes.ConfigInvalid, "Mail:PinnedCertificates:0", true), (problem.Code, problem.Name, problem.IsBlocking));
        Assert.Contains(because, problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_a_client_certificate_in_each_form()
    {
        using var client = _certificates.Client("app");
        var key = client.GetECDsaPrivateKey()!;
        var (certificate, plain) = (client.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem(Settle.Secret, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

        SettingsReading[] readings =
        [
            Mail(("ClientCertificate", FileWith(certificate + "\n" + plain))),
            Mail(("ClientCertificate", FileWith(certificate)), ("ClientCertificateKey", FileWith(plain))),
            Mail(("ClientCertificate", FileWith(certificate)), ("ClientCertificateKey", FileWith(encrypted)), ("ClientCertificatePassword", Settle.Secret)),
            Mail(("ClientCertificate", FileWith(certificate + "\n" + encrypted)), ("ClientCertificatePasswordFile", FileWith(Settle.Secret + "\n"))),
            Mail(("ClientCertificate", FileWith(client.Export(X509ContentType.Pkcs12)))),
            Mail(("ClientCertificate", FileWith(client.Export(X509ContentType.Pkcs12, Settle.Secret))), ("ClientCertificatePassword", Settle.Secret)),
        ];

        Assert.All(readings, reading => Assert.Empty(reading.Evidence.Problems));
        Assert.All(readings, reading =>
        {
            var read = ClientCertificateFile.Read(reading.Settings!.ClientCertificate!, out _, out _)!;
            Assert.Equal((client.Thumbprint, true), (read[0].Thumbprint, read[0].HasPrivateKey));
        });
        Assert.DoesNotContain(Settle.Secret, readings[^1].Settings!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_certificate_that_cannot_be_used_is_named_with_its_reason()
    {
        using var client = _certificates.Client("app");
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = client.GetECDsaPrivateKey()!;
        var (certificate, plain) = (FileWith(client.ExportCertificatePem()), FileWith(key.ExportPkcs8PrivateKeyPem()));
        var encrypted = FileWith(key.ExportEncryptedPkcs8PrivateKeyPem("other", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));

        Names("ClientCertificate", "names no file that exists", ("ClientCertificate", "/nonexistent/client.pem"));
        Names("ClientCertificate", "names a directory", ("ClientCertificate", _folder.FullName));
        Names("ClientCertificate", "without its private key", ("ClientCertificate", certificate));
        Names("ClientCertificate", "without a certificate", ("ClientCertificate", plain));
        Names("ClientCertificate", "neither PEM nor PFX", ("ClientCertificate", FileWith("certificate, honestly")));
        Names("ClientCertificateKey", "names no file that exists", ("ClientCertificate", certificate), ("ClientCertificateKey", "/nonexistent/key.pem"));
        Names("ClientCertificateKey", "without a private key", ("ClientCertificate", certificate), ("ClientCertificateKey", certificate));
        Names("ClientCertificateKey", "do not belong together", ("ClientCertificate", certificate), ("ClientCertificateKey", FileWith(stranger.ExportPkcs8PrivateKeyPem())));
        Names("ClientCertificateKey", "no password is set", ("ClientCertificate", certificate), ("ClientCertificateKey", encrypted));
        Names("ClientCertificateKey", "does not open with the password", ("ClientCertificate", certificate), ("ClientCertificateKey", encrypted), ("ClientCertificatePassword", Settle.Secret));
        var pfx = FileWith(client.Export(X509ContentType.Pkcs12, "other"));
        Names("ClientCertificate", "a password protects", ("ClientCertificate", pfx));
        Names("ClientCertificate", "does not open with the password", ("ClientCertificate", pfx), ("ClientCertificatePassword", Settle.Secret));
        Names("ClientCertificatePasswordFile", "names no file that exists", ("ClientCertificate", pfx), ("ClientCertificatePasswordFile", "/nonexistent/password"));
        Names("ClientCertificatePasswordFile", "are both set", ("ClientCertificate", pfx), ("ClientCertificatePassword", Settle.Secret), ("ClientCertificatePasswordFile", FileWith("x")));
        Names("ClientCertificate", "is set and the certificate", ("ClientCertificatePassword", Settle.Secret));
    }

    [Fact]
    public void A_private_key_in_the_place_of_its_file_is_not_shown()
    {
        using var client = _certificates.Client("app");
        var pem = client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

        var problem = Settle.Only(Mail(("ClientCertificate", pem)));

        Assert.Equal("***", problem.Value);
        Assert.DoesNotContain(pem.Split('\n')[1], problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_in_code_are_read_alike()
    {
        var reading = Settle.Checked(MailSettingsReader.Read(new MailOptions
        {
            Host = "smtp.example.com", Proxy = $"http://ann:{Settle.Secret}@proxy.example:3128", BindAddress = "127.0.0.1", MinimumTls = TlsVersion.Tls13,
        }));

        Assert.Empty(reading.Evidence.Problems);
        Assert.Equal(("proxy.example", IPAddress.Loopback, TlsVersion.Tls13), (reading.Settings!.Proxy!.Host, reading.Settings.BindAddress, reading.Settings.MinimumTls));
    }

    private static void Names(string name, string because, params (string Name, string? Value)[] settings)
    {
        var problem = Settle.Only(Mail(settings));
        Assert.Equal(("Mail:" + name, true), (problem.Name, problem.IsBlocking));
        Assert.Contains(because, problem.Why, StringComparison.Ordinal);
    }

    private static SettingsReading Mail(params (string Name, string? Value)[] settings) => Settle.Mail([("Host", "smtp.example.com"), .. settings]);

    private string FileWith(string text) => FileWith(System.Text.Encoding.UTF8.GetBytes(text));

    private string FileWith(byte[] content)
    {
        var path = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, content);
        return path;
    }
}
