using Sendwright.Integration.Tests.Network;
using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Tool;

/// <summary>The built <c>sendwright</c>, run as a user runs it.</summary>
internal static class SendwrightTool
{
    private static string Executable
    {
        get
        {
            var path = Path.Combine(Artifacts.Root, "bin", "Sendwright.Cli", Artifacts.Configuration, "sendwright");
            return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is missing. Run ./dev build.");
        }
    }

    /// <summary>Runs it with these arguments and with no mail settings but those given.</summary>
    public static Task<ProgramResult> RunAsync(
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string?>? environment = null,
        string standardInput = "",
        NetworkNamespace? network = null)
    {
        var variables = InheritedMailSettings().ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            variables[name] = value;
        return new ProgramCall(Executable, arguments) { Environment = variables, StandardInput = standardInput, Network = network }.RunAsync(cancellationToken);
    }

    // The developer's own settings must not leak into a test.
    private static IEnumerable<string> InheritedMailSettings() =>
        Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("Mail", StringComparison.OrdinalIgnoreCase));
}
