using Sendwright.Settings;
using Sendwright.Testing;

namespace Sendwright.Tests.Smtp;

/// <summary>A conversation in a file: what the settings are, what the client must make of it, and every line of both sides.</summary>
internal sealed record Transcript(string Name, string Expect, ConnectionSecurity Security, bool HasLogin, bool WholeOnly, SmtpScript Script)
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Smtp", "Transcripts");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.smtp").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static Transcript Load(string name)
    {
        var path = Path.Combine(Folder, name + ".smtp");
        var notes = File.ReadLines(path).Where(line => line.StartsWith("# ", StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal))
            .Select(line => line[2..].Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim());
        return new Transcript(
            name,
            notes["expect"],
            notes["security"] switch
            {
                "starttls" => ConnectionSecurity.StartTls,
                "implicit" => ConnectionSecurity.Implicit,
                _ => ConnectionSecurity.None,
            },
            notes["login"] == "yes",
            notes.ContainsKey("delivery"),
            SmtpScript.Load(path));
    }
}
