using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sendwright.Settings;

/// <summary>Looks whether a file holds certificates in PEM, as <c>CaFile</c> must.</summary>
internal static class RootsFile
{
    /// <summary>The bundle of all public roots has a quarter of a megabyte.</summary>
    private const int LongestBytes = 8 * 1024 * 1024;

    /// <summary>What is wrong, as the end of a sentence; null where nothing is.</summary>
    public static string? Objection(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.CanSeek && file.Length > LongestBytes)
                return "names a file too large to be certificates";
            using var reader = new StreamReader(file);
            var text = reader.ReadToEnd();
            if (!text.Contains("-----BEGIN ", StringComparison.Ordinal))
                return "names a file that is not PEM: it has no -----BEGIN CERTIFICATE----- line";
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(text);
            var count = certificates.Count;
            foreach (var certificate in certificates)
                certificate.Dispose();
            return count > 0 ? null : "names a PEM file without a certificate";
        }
        catch (CryptographicException)
        {
            return "names a PEM file with a damaged certificate";
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return "names no file that exists";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Directory.Exists(path) ? "names a directory" : "names a file that this process may not read";
        }
    }
}
