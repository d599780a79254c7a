namespace Sendwright.Cli.Commands;

/// <summary>Opens the file of a ready-made message. What people write on Unix has LF for its line ends: where there is no CR at all, that is what they are.</summary>
internal static class RawFile
{
    /// <exception cref="FormatException">It is no message.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<RawMessage> OpenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await RawMessage.FromFileAsync(path, cancellationToken);
        }
        catch (FormatException)
        {
            var octets = await File.ReadAllBytesAsync(path, cancellationToken);
            if (octets.Length == 0 || octets.Contains((byte)'\r'))
                throw;
            return RawMessage.FromUnixText(octets);
        }
    }
}
