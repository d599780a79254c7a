namespace Sendwright.Integration.Tests.Programs;

/// <summary>The command lines of all processes that run now.</summary>
internal static class RunningCommands
{
    public static string All() => string.Join('\n', Directory.EnumerateDirectories("/proc").Select(CommandLine));

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return ""; // no process, or one that has just ended
        }
    }
}
