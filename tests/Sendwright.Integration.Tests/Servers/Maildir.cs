namespace Sendwright.Integration.Tests.Servers;

/// <summary>A mailbox on disk: a message is complete the moment its file is moved into <c>new</c>.</summary>
internal sealed class Maildir(string path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private string New => Path.Combine(path, "new");

    /// <summary>The messages delivered so far, each as it lies on disk, with lines ending in LF.</summary>
    public IReadOnlyList<byte[]> Messages => Directory.Exists(New) ? [.. Directory.EnumerateFiles(New).Order().Select(File.ReadAllBytes)] : [];

    /// <summary>The one message that is delivered, waited for.</summary>
    public async Task<byte[]> SingleMessageAsync(CancellationToken cancellationToken) => Assert.Single(await MessagesAsync(1, cancellationToken));

    /// <summary>The messages, once there are as many.</summary>
    public async Task<IReadOnlyList<byte[]>> MessagesAsync(int count, CancellationToken cancellationToken)
    {
        using var arrivals = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(New);
        watcher.Created += (_, _) => arrivals.Release();
        watcher.Renamed += (_, _) => arrivals.Release();
        watcher.EnableRaisingEvents = true;
        while (Messages.Count < count)
        {
            if (!await arrivals.WaitAsync(Patience, cancellationToken))
                throw new TimeoutException($"{Messages.Count} of {count} messages came to {path} within {Patience.TotalSeconds:0} s.");
        }

        return Messages;
    }
}
