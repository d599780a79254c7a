using System.CommandLine;
using Sendwright.Cli.Arguments;
using Sendwright.Cli.Commands;

namespace Sendwright.Cli;

/// <summary>The tool: its commands, and what becomes of a command that was not understood.</summary>
internal static class Tool
{
    public static async Task<int> RunAsync(string[] arguments, ToolConsole console, CancellationToken cancellationToken = default)
    {
        try
        {
            SecretArguments.Refuse(arguments);
            var parsed = Root(console).Parse(arguments);
            if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
                throw new UsageException(Describe(parsed));
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = console.Plain, Error = console.Error }, cancellationToken);
        }
        catch (UsageException e)
        {
            await console.Error.WriteLineAsync($"sendwright: {e.Message}");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            await console.Error.WriteLineAsync("sendwright: cancelled.");
            return ExitCode.Undecided;
        }
    }

    private static RootCommand Root(ToolConsole console) => new("Sendwright sends mail, and when that fails it names the cause, with the evidence and the fix.")
    {
        new SendCommand().Build(console),
        new DoctorCommand().Build(console),
        new ExplainCommand().Build(console),
        DemoCommand.Build(console),
    };

    // A word that was not understood may be a secret that stands in the wrong place, so only names of options are repeated.
    private static string Describe(ParseResult parsed)
    {
        var unknown = parsed.UnmatchedTokens.Where(token => token.StartsWith("--", StringComparison.Ordinal)).Select(token => token.Split('=', 2)[0]).ToList();
        var command = parsed.CommandResult.Command;
        var what = command is RootCommand ? "sendwright" : $"sendwright {command.Name}";
        if (unknown.Count > 0)
            return $"{what} has no option {string.Join(", ", unknown)}. See `{what} --help`.";
        if (parsed.UnmatchedTokens.Count > 0)
            return $"{what} was given {parsed.UnmatchedTokens.Count} word(s) that it does not understand. See `{what} --help`.";
        if (command is RootCommand)
            return "Name a command: send, doctor, explain or demo. See `sendwright --help`.";
        return $"{string.Join(" ", parsed.Errors.Select(error => error.Message))} See `{what} --help`.";
    }
}
