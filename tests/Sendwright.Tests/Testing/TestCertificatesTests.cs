using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Sendwright.Testing;

namespace Sendwright.Tests.Testing;

public sealed class TestCertificatesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, SslPolicyErrors, X509ChainStatusFlags> Kinds => new()
    {
        { "good", SslPolicyErrors.None, X509ChainStatusFlags.NoError },
        { "intermediate", SslPolicyErrors.None, X509ChainStatusFlags.NoError },
        { "expired", SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.NotTimeValid },
        { "early", SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.NotTimeValid },
        { "wrong name", SslPolicyErrors.RemoteCertificateNameMismatch, X509ChainStatusFlags.NoError },
        { "self-signed", SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.UntrustedRoot },
        { "unknown", SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.PartialChain },
        { "incomplete", SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.PartialChain },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_certificate_fails_in_a_real_handshake_exactly_as_it_is_meant_to(string kind, SslPolicyErrors errors, X509ChainStatusFlags status)
    {
        using var certificates = new TestCertificates();
        var certificate = kind switch
        {
            "good" => certificates.Server("mx.example", "127.0.0.1"),
            "intermediate" => certificates.ServerWithIntermediate("mx.example"),
            "expired" => certificates.Expired("mx.example"),
            "early" => certificates.NotYetValid("mx.example"),
            "wrong name" => certificates.WrongName(),
            "self-signed" => certificates.SelfSigned("mx.example"),
            "unknown" => certificates.UnknownAuthority("mx.example"),
            _ => certificates.MissingIntermediate("mx.example"),
        };

        var seen = await HandshakeAsync(certificate, certificates.Authority);

        Assert.Equal(errors, seen.Errors);
        Assert.Equal(status, seen.Status);
        Assert.Equal(kind == "intermediate" ? 2 : 1, seen.SentCount);
    }

    [Fact]
    public async Task An_RSA_key_works_too()
    {
        using var certificates = new TestCertificates(algorithm: TestKeyAlgorithm.Rsa2048);

        var seen = await HandshakeAsync(certificates.Server("mx.example"), certificates.Authority);

        Assert.Equal(SslPolicyErrors.None, seen.Errors);
    }

    [Fact]
    public async Task The_files_hold_the_chain_the_matching_key_and_the_authority()
    {
        using var certificates = new TestCertificates();
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var files = await certificates.ServerWithIntermediate("mx.example").WriteToAsync(folder.FullName, cancellationToken: Cancel);

            using var server = X509Certificate2.CreateFromPemFile(files.CertificateFile, files.KeyFile);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(files.CertificateFile);
            var authority = new X509Certificate2Collection();
            authority.ImportFromPemFile(files.AuthorityFile);
            Assert.True(server.HasPrivateKey);
            Assert.Equal(2, chain.Count);
            Assert.Equal(certificates.Authority.Thumbprint, Assert.Single(authority).Thumbprint);
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files.KeyFile));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static X509ChainPolicy TrustingOnly(X509Certificate2 authority) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { authority },
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    private static async Task<(SslPolicyErrors Errors, X509ChainStatusFlags Status, int SentCount)> HandshakeAsync(TestCertificate certificate, X509Certificate2 authority)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        var connecting = client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Cancel);
        using var accepted = await listener.AcceptTcpClientAsync(Cancel);
        await connecting;
        await using var serverSide = new SslStream(accepted.GetStream());
        await using var clientSide = new SslStream(client.GetStream());
        var seen = (Errors: SslPolicyErrors.None, Status: X509ChainStatusFlags.NoError, SentCount: 0);
        var shaking = clientSide.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "mx.example",
                CertificateChainPolicy = TrustingOnly(authority),
                RemoteCertificateValidationCallback = (_, _, chain, errors) =>
                {
                    var status = chain!.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
                    // The chain policy's extra store is what came over the wire, the server's own certificate included.
                    seen = (errors, status, chain.ChainPolicy.ExtraStore.Count);
                    return true;
                },
            },
            Cancel);
        await serverSide.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Context }, Cancel);
        await shaking;
        return seen;
    }
}
