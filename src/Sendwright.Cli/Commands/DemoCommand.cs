using System.CommandLine;
using Sendwright.Cli.Demo;
using Sendwright.Cli.Output;

namespace Sendwright.Cli.Commands;

/// <summary>
/// <c>sendwright demo</c>: shows the tool at work without any account. Everything in it is real: a server on this machine, the tool's own commands, a message over SMTP;
/// it fails when one of them does not do what it shows.
/// </summary>
internal static class DemoCommand
{
    private const string Recipient = "Žofie Müller <zofie@example.net>";

    public static Command Build(ToolConsole tool)
    {
        var command = new Command("demo", "See it work on this machine, without any account: a message sent and received, then a wrong setting named.");
        command.SetAction((_, cancellationToken) => RunAsync(tool, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole tool, CancellationToken cancellationToken)
    {
        using var project = new DemoProject();
        await using var server = new DemoServer(tool.Clock);
        await project.WriteAsync(server, cancellationToken);

        Heading(tool, "1. A message, sent over STARTTLS with a login");
        tool.Output.Line($"A mail server of our own listens on {server.EndPoint}. The .env of a FastAPI project that uses it:\n");
        foreach (var line in project.ShownEnv)
            tool.Output.Line($"    [grey]{Terminal.Text(line)}[/]");
        string[] send =
            ["send", "--env", DemoProject.EnvFile, "--to", Recipient, "--subject", "Your invoice – účtenka č. 7", "--text", "Thank you! The invoice is attached.", "--html", DemoProject.HtmlFile, "--attach", DemoProject.AttachmentFile];
        if (await RunAsync(tool, send, cancellationToken) != ExitCode.Ok || server.Received is not [var message])
            return Broken(tool, "the message was not received");

        Heading(tool, "2. What arrived");
        ReceivedMessagePrinter.Print(message, tool.Output);

        Heading(tool, "3. The same settings with one mistake: TLS from the first byte on a STARTTLS port");
        tool.Output.Line("In the application this is the error \"wrong version number\". The line was changed to MAIL_SSL_TLS=True, MAIL_STARTTLS=False.");
        await DemoProject.BreakTlsModeAsync(server, cancellationToken);
        if (await RunAsync(tool, ["doctor", "--env", DemoProject.EnvFile, "--to", Recipient], cancellationToken) != ExitCode.Fault)
            return Broken(tool, "the wrong setting was not noticed");

        Heading(tool, "Now with your own settings");
        tool.Output.Line("    [cyan]sendwright doctor --env .env --to you@example.com[/]  probe them; sends no mail");
        tool.Output.Line("    [cyan]sendwright send --env .env --to you@example.com[/]    send a test message");
        tool.Output.Line("    [cyan]sendwright explain < error.txt[/]                     name an error's cause");
        tool.Output.Line($"\n[grey]The tool is {Terminal.Text(Environment.ProcessPath)}.[/]");
        return ExitCode.Ok;
    }

    private static Task<int> RunAsync(ToolConsole tool, string[] arguments, CancellationToken cancellationToken)
    {
        var shown = arguments.Select(argument => argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument);
        tool.Output.Line($"\n[bold]$ sendwright {Terminal.Text(string.Join(' ', shown))}[/]\n");
        return Tool.RunAsync(arguments, tool, cancellationToken);
    }

    private static void Heading(ToolConsole tool, string text) => tool.Output.Line($"\n[bold underline]{Terminal.Text(text)}[/]\n");

    private static int Broken(ToolConsole tool, string what)
    {
        tool.Error.WriteLine($"sendwright demo: {what}. This is a defect of Sendwright or of its installation; please report it with the lines above.");
        return ExitCode.Fault;
    }
}
