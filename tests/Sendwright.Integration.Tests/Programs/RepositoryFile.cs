namespace Sendwright.Integration.Tests.Programs;

/// <summary>Files of the repository that the tests use where they are.</summary>
internal static class RepositoryFile
{
    /// <summary>The path of a file, given from the repository's root.</summary>
    public static string PathOf(string name) => Path.Combine(Path.GetDirectoryName(Artifacts.Root)!, name);
}
