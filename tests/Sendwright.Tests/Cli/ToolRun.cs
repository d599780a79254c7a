using Sendwright.Cli;
using Sendwright.Cli.Output;

namespace Sendwright.Tests.Cli;

/// <summary>Runs the tool inside the test, as if its output were piped.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public static async Task<ToolRun> OfAsync(string[] arguments, string input = "")
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = new ToolConsole
        {
            Input = new StringReader(input),
            Output = new Terminal(output, isTerminal: false),
            Plain = output,
            Error = error,
        };
        var status = await Tool.RunAsync(arguments, console, TestContext.Current.CancellationToken);
        return new ToolRun(status, output.ToString(), error.ToString());
    }
}
