using System.CommandLine;
using Sendwright.Cli.Arguments;
using Sendwright.Cli.Output;
using Sendwright.Diagnosis;
using Sendwright.Doctor.Explain;
using Sendwright.Doctor.ForeignSettings;
using Sendwright.Doctor.Rendering;
using Sendwright.Settings;

namespace Sendwright.Cli.Commands;

/// <summary><c>sendwright explain</c>: reads an error text and names its cause, offline.</summary>
internal sealed class ExplainCommand
{
    private const string StandardInput = "-";

    private readonly Argument<string> _file = new("file") { Description = "The file with the error text; - for standard input", DefaultValueFactory = _ => StandardInput };
    private readonly Option<string?> _env = new("--env") { Description = "The settings file in use; it joins the evidence", HelpName = "FILE" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the report as one JSON object and nothing else" };

    public Command Build(ToolConsole tool)
    {
        var command = new Command("explain", "Read an error text, log or traceback and name its cause and fix. Needs no network.");
        command.Arguments.Add(_file);
        command.Options.Add(_env);
        command.Options.Add(_json);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, tool, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ToolConsole tool, CancellationToken cancellationToken)
    {
        var text = await ReadAsync(parsed.GetValue(_file)!, tool, cancellationToken);
        var settings = parsed.GetValue(_env) is { } env ? SettingsInterpreter.Interpret(SourceOf(env)).Evidence : null;
        var report = Diagnostician.Diagnose(ErrorTextReader.Read(text, settings));
        if (parsed.GetValue(_json))
            tool.Plain.WriteLine(DiagnosisJson.Write(report));
        else
            new ReportPrinter(tool.Output).Verdict(report);
        return ExitCode.Of(report.Verdict);
    }

    private static SettingsSource SourceOf(string path)
    {
        var file = ForeignSettingsReader.Read(path);
        return file.Source ?? throw new UsageException(file.Unreadable!);
    }

    private static async Task<string> ReadAsync(string file, ToolConsole tool, CancellationToken cancellationToken)
    {
        if (file == StandardInput)
        {
            if (tool.InputIsTerminal)
                tool.Output.Line("[grey]Paste the error text, then press Ctrl-D on a line of its own.[/]");
            return await tool.Input.ReadToEndAsync(cancellationToken);
        }

        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {e.Message}");
        }
    }
}
