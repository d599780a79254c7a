namespace Sendwright.Integration.Tests.Programs;

/// <summary>A folder of one test's own, open to the users that servers change to, and gone afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    // Short, because the path of a Unix socket below it must fit into 107 characters.
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sw-");

    public TestFolder() => _folder.UnixFileMode |= UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public string Root => _folder.FullName;

    /// <summary>The path of something in the folder, whether it exists or not.</summary>
    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Makes a folder inside.</summary>
    public string MakeFolder(string name) => Directory.CreateDirectory(PathOf(name)).FullName;

    /// <summary>Writes a text file and returns its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
