using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sendwright.Settings;

/// <summary>Reads a client certificate with its private key.</summary>
internal static class ClientCertificateFile
{
    /// <summary>A chain has a few certificates of a few kilobytes.</summary>
    private const int LongestBytes = 1024 * 1024;

    private const string CertificateLabel = "CERTIFICATE";

    /// <summary>The certificate with its key first, then what may be sent along; null where it cannot be used, and then why, as the end of a sentence.</summary>
    /// <param name="files">The files.</param>
    /// <param name="wrong">What is wrong.</param>
    /// <param name="isKey">Whether it is the key file that is wrong.</param>
    public static IReadOnlyList<X509Certificate2>? Read(ClientCertificateFiles files, out string? wrong, out bool isKey)
    {
        isKey = false;
        if (ReadBytes(files.File, out wrong) is not { } bytes)
            return null;
        var text = TextOf(bytes);
        if (text is null || !text.Contains($"-----BEGIN {CertificateLabel}", StringComparison.Ordinal))
        {
            if (text is not null && text.Contains("-----BEGIN ", StringComparison.Ordinal))
                wrong = "names a PEM file without a certificate";
            else if (files.KeyFile is not null)
                wrong = "names a file that is not PEM, and a key in a file of its own goes with PEM only";
            else
                return ReadPfx(bytes, files.Password?.Reveal(), out wrong);
            return null;
        }

        var key = text;
        if (files.KeyFile is { } keyFile)
        {
            isKey = true;
            if (ReadBytes(keyFile, out wrong) is not { } keyBytes)
                return null;
            key = TextOf(keyBytes) ?? "";
        }

        if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            wrong = files.KeyFile is null ? "names a PEM file with a certificate and without its private key" : "names a file without a private key in PEM";
            return null;
        }

        return ReadPem(text, key, files.Password?.Reveal(), ref wrong);
    }

    private static List<X509Certificate2>? ReadPem(string certificates, string key, string? password, ref string? wrong)
    {
        var isEncrypted = key.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        if (isEncrypted && password is null)
        {
            wrong = "names an encrypted private key, and no password is set that opens it";
            return null;
        }

        var all = new X509Certificate2Collection();
        try
        {
            var leaf = isEncrypted ? X509Certificate2.CreateFromEncryptedPem(certificates, key, password) : X509Certificate2.CreateFromPem(certificates, key);
            all.ImportFromPem(certificates);
            return [Usable(leaf), .. all.Skip(1)];
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            wrong = isEncrypted
                ? "names a private key that does not open with the password, or does not belong to the certificate"
                : "names a certificate or private key that is damaged, or two that do not belong together";
            return null;
        }
    }

    private static List<X509Certificate2>? ReadPfx(byte[] bytes, string? password, out string? wrong)
    {
        wrong = null;
        try
        {
            var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password);
            if (all.FirstOrDefault(one => one.HasPrivateKey) is { } leaf)
                return [leaf, .. all.Where(one => !one.HasPrivateKey)];
            wrong = "names a PFX file without a private key";
        }
        catch (CryptographicException error)
        {
            // ERROR_INVALID_PASSWORD is what every platform's reader answers to a password that does not fit.
            wrong = error.HResult == unchecked((int)0x80070056)
                ? password is null ? "names a PFX file that a password protects, and none is set" : "names a PFX file that does not open with the password"
                : "names a file that is neither PEM nor PFX";
        }

        return null;
    }

    // Windows' TLS takes no key that is in memory only.
    private static X509Certificate2 Usable(X509Certificate2 leaf)
    {
        if (!OperatingSystem.IsWindows())
            return leaf;
        using (leaf)
            return X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null);
    }

    private static string? TextOf(byte[] bytes) => bytes.AsSpan().Contains((byte)0) ? null : System.Text.Encoding.UTF8.GetString(bytes);

    private static byte[]? ReadBytes(string path, out string? wrong)
    {
        wrong = null;
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[LongestBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length <= LongestBytes)
                return bytes[..length];
            wrong = "names a file too large to be a certificate";
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            wrong = "names no file that exists";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            wrong = Directory.Exists(path) ? "names a directory" : "names a file that this process may not read";
        }

        return null;
    }
}
