using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sendwright.Testing;

/// <summary>A server's certificate with its key, and exactly what the server sends along with it.</summary>
public sealed class TestCertificate : IDisposable
{
    private readonly X509Certificate2 _trustAnchor;

    internal TestCertificate(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> sentAlong, X509Certificate2 trustAnchor)
    {
        Certificate = certificate;
        SentAlong = sentAlong;
        _trustAnchor = trustAnchor;
        // Offline: a context that could fetch would add the very intermediate whose absence a test is about.
        Context = SslStreamCertificateContext.Create(certificate, [.. sentAlong], offline: true);
    }

    /// <summary>The certificate, with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The intermediates that the server sends; empty where it has none or leaves them out.</summary>
    public IReadOnlyList<X509Certificate2> SentAlong { get; }

    /// <summary>The certificate as SslStream wants it on the server's side.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>The certificate and what is sent along, as PEM, the server's own first (RFC 8446, 4.4.2).</summary>
    public string CertificatePem => string.Join('\n', SentAlong.Prepend(Certificate).Select(one => one.ExportCertificatePem())) + '\n';

    /// <summary>The private key as PEM (PKCS#8).</summary>
    public string KeyPem
    {
        get
        {
            using AsymmetricAlgorithm key = Certificate.GetECDsaPrivateKey() as AsymmetricAlgorithm ?? Certificate.GetRSAPrivateKey()!;
            return key.ExportPkcs8PrivateKeyPem() + '\n';
        }
    }

    /// <summary>Writes <c>NAME.pem</c>, <c>NAME.key</c> and <c>NAME.ca.pem</c> into an existing folder.</summary>
    public async Task<TestCertificateFiles> WriteToAsync(string folder, string name = "server", CancellationToken cancellationToken = default)
    {
        var files = new TestCertificateFiles(Path.Combine(folder, name + ".pem"), Path.Combine(folder, name + ".key"), Path.Combine(folder, name + ".ca.pem"));
        await File.WriteAllTextAsync(files.CertificateFile, CertificatePem, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(files.AuthorityFile, _trustAnchor.ExportCertificatePem() + '\n', cancellationToken).ConfigureAwait(false);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // Postfix and Dovecot complain about a key that others can read.
        var key = new FileStream(files.KeyFile, options);
        await using (key.ConfigureAwait(false))
            await key.WriteAsync(Encoding.ASCII.GetBytes(KeyPem), cancellationToken).ConfigureAwait(false);
        return files;
    }

    /// <inheritdoc />
    public void Dispose() => Certificate.Dispose();
}
