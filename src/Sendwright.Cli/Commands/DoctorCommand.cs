using System.CommandLine;
using Sendwright.Cli.Arguments;
using Sendwright.Cli.Output;
using Sendwright.Diagnosis;
using Sendwright.Doctor;
using Sendwright.Doctor.Rendering;
using Sendwright.Settings;

namespace Sendwright.Cli.Commands;

/// <summary><c>sendwright doctor</c>: walks the configured way and names the cause of what fails.</summary>
internal sealed class DoctorCommand
{
    private readonly ConnectionOptions _connection = new();
    private readonly ProbeOptions _probe = new("The time for everything together (default: 10)");
    private readonly Option<bool> _json = new("--json") { Description = "Print the report as one JSON object and nothing else" };

    public Command Build(ToolConsole tool)
    {
        var command = new Command("doctor", "Probe your mail settings and name the cause of what fails, with the fix in your own settings' names.");
        _connection.AddTo(command);
        _probe.AddTo(command);
        command.Options.Add(_json);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, tool, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ToolConsole tool, CancellationToken cancellationToken)
    {
        var reading = _connection.Read(parsed, tool.Input);
        var printer = new ReportPrinter(tool.Output);
        var asJson = parsed.GetValue(_json);
        var (from, to) = Addresses.Read(parsed, _connection);
        var options = new DoctorOptions
        {
            Timeout = _probe.Timeout(parsed) ?? new DoctorOptions().Timeout,
            From = from,
            To = to,
            Lookup = _probe.Lookup(parsed, tool.Clock),
            OnStage = asJson ? null : printer.Stage,
        };
        if (!asJson)
            tool.Output.Line($"[bold]sendwright doctor[/] [grey]{Terminal.Text(Target(reading))}[/]\n");
        var report = await new MailDoctor(tool.Clock).ExamineAsync(reading, options, cancellationToken);
        if (asJson)
            tool.Plain.WriteLine(DiagnosisJson.Write(report));
        else
            PrintBehindStages(printer, report, tool);
        return ExitCode.Of(report.Verdict);
    }

    private static void PrintBehindStages(ReportPrinter printer, DiagnosisReport report, ToolConsole tool)
    {
        tool.Output.Line();
        printer.Verdict(report);
    }

    private static string Target(SettingsReading reading)
    {
        var evidence = reading.Evidence;
        var server = evidence.Host is null ? "" : $"{evidence.Host}{(evidence.Port is { } port ? $":{port}" : "")}";
        return evidence.Source is null ? server : $"{server} (settings: {evidence.Source})".Trim();
    }
}
