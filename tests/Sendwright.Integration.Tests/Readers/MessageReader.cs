using System.Diagnostics;
using System.Text.Json;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>A program that reads a folder of messages and prints what it saw. It runs once for all of them.</summary>
internal sealed record MessageReader(string Name, string Program, string Script, string Needs)
{
    private const string InstallScript = "tests/Sendwright.Integration.Tests/Readers/install.sh";

    private static readonly string Folder = Path.Combine(RepositoryRoot(), "tests", "Sendwright.Integration.Tests", "Readers");

    public static MessageReader Python { get; } = new("Python's email", "/usr/bin/python3", Path.Combine(Folder, "python", "read.py"), "/usr/bin/python3");

    public static MessageReader Mailparser { get; } = new("mailparser", "node", Path.Combine(Folder, "node", "read.mjs"), Path.Combine(Folder, "node", "node_modules", "mailparser"));

    public async Task<IReadOnlyDictionary<string, ReadMessage>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Path.Exists(Needs))
            throw new InvalidOperationException($"{Name} is not installed ({Needs} is missing). Run {InstallScript}, then this test again.");
        using var process = Start(folder);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Name} failed with exit status {process.ExitCode}:\n{await errors}");
        return JsonSerializer.Deserialize<Dictionary<string, ReadMessage>>(await output, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException($"{Name} printed nothing.");
    }

    private Process Start(string folder)
    {
        var start = new ProcessStartInfo(Program, [Script, folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"{Name} needs {Program}, which does not start: {missing.Message}. Run {InstallScript}, then this test again.", missing);
        }
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sendwright.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("These tests run inside the repository: no Sendwright.slnx was found above the test program.");
    }
}
