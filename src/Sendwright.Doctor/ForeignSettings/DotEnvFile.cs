using System.Text;

namespace Sendwright.Doctor.ForeignSettings;

/// <summary>
/// An environment file, read by the rules of python-dotenv. Those rules are written down in its parser only; what differs from the readers of Docker and
/// of shells is kept beside each value, because that difference is where secrets break.
/// </summary>
internal sealed class DotEnvFile
{
    /// <summary>A file of settings is small; whatever is larger was named by mistake.</summary>
    private const int LongestBytes = 1024 * 1024;

    private DotEnvFile(string path, IReadOnlyList<DotEnvEntry> entries, IReadOnlyList<DotEnvError> errors)
    {
        Path = path;
        Entries = entries;
        Errors = errors;
    }

    public string Path { get; }

    /// <summary>All entries in the order of the file; of several with one name the last counts.</summary>
    public IReadOnlyList<DotEnvEntry> Entries { get; }

    public IReadOnlyList<DotEnvError> Errors { get; }

    /// <summary>Parses the text of a file.</summary>
    /// <param name="path">Its path, for reports.</param>
    /// <param name="text">Its text.</param>
    /// <param name="environment">What <c>${NAME}</c> is where the file itself does not say.</param>
    public static DotEnvFile Parse(string path, string text, Func<string, string?> environment)
    {
        var parser = new DotEnvParser(text);
        parser.Run();
        return new DotEnvFile(path, DotEnvVariables.Expand(parser.Entries, environment), parser.Errors);
    }

    /// <summary>Reads a file, or says why it cannot be read, as a sentence.</summary>
    public static (string? Text, string? Unreadable) ReadText(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.CanSeek && file.Length > LongestBytes)
                return (null, $"{path} is too large to be a file of settings.");
            using var memory = new MemoryStream();
            file.CopyTo(memory);
            var bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
            if (bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
                return (null, $"{path} is UTF-16, which its readers do not take: save it as UTF-8.");
            return (new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, $"{path} is not UTF-8 text: save it as UTF-8.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"{path} does not exist.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, Directory.Exists(path) ? $"{path} is a directory." : $"{path} cannot be read: {error.Message}");
        }
    }
}
