using System.Security.Cryptography;
using System.Text;

namespace Sendwright.Mime.Dkim;

/// <summary>Reads an RSA private key from PEM. What is wrong comes back as the end of a sentence, in which nothing of the key or the passphrase ever stands.</summary>
internal static class PrivateKeyPem
{
    /// <summary>An encrypted key of 4096 bits has 3.5 KB; what is far larger is the wrong file.</summary>
    private const int LongestBytes = 64 * 1024;

    private const string MakeOne = "Make one: openssl genrsa -out dkim.pem 2048.";

    public static RsaPrivateKey? ReadFile(string path, string? passphrase, out string? wrong)
    {
        try
        {
            using var file = File.OpenRead(path);
            var octets = new byte[LongestBytes];
            var length = file.ReadAtLeast(octets, LongestBytes, throwOnEndOfStream: false);
            if (length == LongestBytes)
            {
                wrong = "is too large to be a private key. Name the PEM file that holds it.";
                return null;
            }

            var key = Read(Encoding.ASCII.GetString(octets, 0, length), passphrase, out wrong);
            CryptographicOperations.ZeroMemory(octets);
            return key;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            wrong = "does not exist. Correct the path.";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            wrong = Directory.Exists(path) ? "is a directory. Name the file in it." : "may not be read by this process. Give its user the right to read it.";
        }

        return null;
    }

    public static RsaPrivateKey? Read(string pem, string? passphrase, out string? wrong)
    {
        if (!PemEncoding.TryFind(pem, out var fields))
        {
            wrong = NoPem(pem);
            return null;
        }

        // Some tools write the public half in front of the private one.
        var text = pem.AsSpan();
        while (!IsPrivate(text[fields.Label]) && PemEncoding.TryFind(text[fields.Location.End..], out var next))
        {
            text = text[fields.Location.End..];
            fields = next;
        }

        wrong = Objection(text[fields.Label], passphrase);
        return wrong is null ? Import(text[fields.Location], text[fields.Label], passphrase, out wrong) : null;
    }

    private static bool IsPrivate(ReadOnlySpan<char> label) => label.EndsWith("PRIVATE KEY", StringComparison.Ordinal);

    private static string NoPem(string text)
    {
        // The encryption that OpenSSL applied to PKCS#1 before version 1.0 is none that would keep anybody out today, and the runtime cannot read it.
        if (text.Contains("Proc-Type:", StringComparison.Ordinal))
            return "is encrypted in OpenSSL's old way. Convert it: openssl pkcs8 -topk8 -in old.pem -out dkim.pem.";
        return text.Contains("-----BEGIN ", StringComparison.Ordinal)
            ? "is damaged: what stands between its BEGIN and END lines is not whole. Copy it again, with its line breaks."
            : $"is not PEM: it has no -----BEGIN PRIVATE KEY----- line. {MakeOne}";
    }

    private static string? Objection(ReadOnlySpan<char> label, string? passphrase) => label switch
    {
        "PRIVATE KEY" or "RSA PRIVATE KEY" => null,
        "ENCRYPTED PRIVATE KEY" => string.IsNullOrEmpty(passphrase) ? "is encrypted, and no passphrase is given. Give the passphrase that opens it." : null,
        "OPENSSH PRIVATE KEY" => $"is a key of SSH, in a form of its own. {MakeOne}",
        _ when IsPrivate(label) => $"is no RSA key, and only RSA is signed with here (a=rsa-sha256). {MakeOne}",
        "PUBLIC KEY" or "RSA PUBLIC KEY" => "is the public half, which belongs into the DNS. Give the private one.",
        _ => $"is PEM of another kind. Give the private key. {MakeOne}",
    };

    private static RsaPrivateKey? Import(ReadOnlySpan<char> pem, ReadOnlySpan<char> label, string? passphrase, out string? wrong)
    {
        var isEncrypted = label.StartsWith("ENCRYPTED", StringComparison.Ordinal);
        using var rsa = RSA.Create();
        try
        {
            if (isEncrypted)
                rsa.ImportFromEncryptedPem(pem, passphrase);
            else
                rsa.ImportFromPem(pem);
            wrong = SizeObjection(rsa.KeySize);
            return wrong is null ? new RsaPrivateKey(rsa) : null;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or NotSupportedException)
        {
            wrong = isEncrypted
                ? "cannot be opened: the passphrase is not the right one, or it is no RSA key. Give the passphrase it was encrypted with."
                : $"holds no RSA key that can be read, and only RSA is signed with here (a=rsa-sha256). {MakeOne}";
            return null;
        }
    }

    private static string? SizeObjection(int bits) => bits switch
    {
        < RsaPrivateKey.FewestBits => $"has {bits} bits; signers must use at least {RsaPrivateKey.FewestBits} (RFC 8301, 3.2), and should use 2048. {MakeOne}",
        > RsaPrivateKey.MostBits => $"has {bits} bits; receivers need not be able to check more than {RsaPrivateKey.MostBits} (RFC 8301, 3.2). {MakeOne}",
        _ => null,
    };
}
