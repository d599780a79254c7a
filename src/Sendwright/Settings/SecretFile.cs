using System.Text;

namespace Sendwright.Settings;

/// <summary>Reads a secret from the file that holds it.</summary>
internal static class SecretFile
{
    /// <summary>No password or token is longer; the wrong file may be.</summary>
    private const int LongestBytes = 64 * 1024;

    /// <summary>The secret without the one newline that editors and <c>echo</c> put behind it; or why there is none, as the end of a sentence.</summary>
    public static (string? Secret, string? Wrong) Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.CanSeek && file.Length > LongestBytes)
                return (null, "names a file too large to be a password");
            var bytes = new byte[LongestBytes];
            var length = file.ReadAtLeast(bytes, LongestBytes, throwOnEndOfStream: false);
            return (WithoutNewline(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length)), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, "names a file that is not UTF-8 text");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "names no file that exists");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, Directory.Exists(path) ? "names a directory" : "names a file that this process may not read");
        }
    }

    private static string WithoutNewline(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}
