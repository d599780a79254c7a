namespace Sendwright.Integration.Tests.Programs;

/// <summary>Where the build put things: this assembly lies in <c>artifacts/bin/PROJECT/CONFIGURATION</c>.</summary>
internal static class Artifacts
{
    private static readonly DirectoryInfo Own = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>The folder <c>artifacts</c>.</summary>
    public static string Root => Own.Parent!.Parent!.Parent!.FullName;

    /// <summary><c>debug</c> or <c>release</c>, whichever this assembly was built as.</summary>
    public static string Configuration => Own.Name;
}
