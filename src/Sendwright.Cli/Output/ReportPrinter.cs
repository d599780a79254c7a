using System.Globalization;
using Sendwright.Diagnosis;
using Sendwright.Evidence;
using static Sendwright.Cli.Output.Terminal;

namespace Sendwright.Cli.Output;

/// <summary>Prints a diagnosis for a person: the stages as they go, then the cause, its evidence and the fix.</summary>
internal sealed class ReportPrinter(Terminal terminal)
{
    private const int NameWidth = 12;
    private const int Indent = 2;

    /// <summary>One stage, as it ends.</summary>
    public void Stage(StageRecord stage)
    {
        var (sign, color) = stage.Outcome switch
        {
            StageOutcome.Ok => ("ok", "green"),
            StageOutcome.Warning => ("!", "yellow"),
            StageOutcome.Failed => ("FAILED", "red"),
            _ => ("-", "grey"),
        };
        var time = stage.Elapsed is { } elapsed ? string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:0} ms") : "";
        var lead = $"  {stage.Stage.ToName().PadRight(NameWidth)} [{color}]{sign.PadRight(6)}[/] [grey]{time,8}[/]  ";
        terminal.Paragraph(lead, stage.Outcome == StageOutcome.Failed ? Text(stage.Detail) : $"[grey]{Text(Shorten(stage.Detail))}[/]", Indent + NameWidth + 1 + 6 + 1 + 8 + 2);
    }

    /// <summary>The verdict and what follows from it.</summary>
    public void Verdict(DiagnosisReport report)
    {
        switch (report.Verdict)
        {
            case Diagnosis.Verdict.Healthy:
                terminal.Line($"[green]Healthy.[/] Every stage that was tried works{Elapsed(report)}.");
                break;
            case Diagnosis.Verdict.Undecided:
                terminal.Line($"[yellow]Undecided.[/] What was seen does not name the cause{Elapsed(report)}.");
                foreach (var question in report.UndecidedBetween)
                    terminal.Paragraph("  ", Text(question.DecidedBy), Indent);
                break;
        }

        for (var i = 0; i < report.Findings.Count; i++)
            Finding(report.Findings[i], i == 0);
        foreach (var advice in report.Advice)
        {
            terminal.Line();
            terminal.Line($"[yellow]Advice[/] [grey]({Text(advice.Code)})[/]");
            Body(advice);
        }
    }

    private void Finding(Finding finding, bool isCause)
    {
        if (!isCause)
        {
            terminal.Line();
            terminal.Paragraph("  ", $"[bold]Also {Words(finding.Certainty)}:[/] {Text(finding.Title)} [grey]({Text(finding.Code)})[/]", Indent);
            if (finding.Fixes.Count > 0)
                terminal.Paragraph("  - ", Text(finding.Fixes[0].Text), Indent + 2);
            return;
        }

        terminal.Line($"[red bold]Cause[/] [grey]{Text(finding.Code)}, {Words(finding.Certainty)}[/]");
        Body(finding);
    }

    private void Body(Finding finding)
    {
        terminal.Paragraph("  ", $"[bold]{Text(finding.Title)}[/]", Indent);
        terminal.Paragraph("  ", Text(finding.Explanation), Indent);
        if (finding.Evidence.Count > 0)
        {
            terminal.Line();
            terminal.Line("  [bold]Evidence[/]");
            foreach (var line in finding.Evidence)
                terminal.Paragraph("    ", $"[grey]{Text(line)}[/]", Indent + 2);
        }

        terminal.Line();
        terminal.Line("  [bold]Fix[/]");
        foreach (var fix in finding.Fixes)
        {
            terminal.Paragraph("  - ", $"{Text(fix.Text)}", Indent + 2);
            if (fix.Command is { } command)
                terminal.Paragraph("    ", $"[cyan]{Text(command)}[/]", Indent + 2);
        }
    }

    private static string Words(Certainty certainty) => certainty switch
    {
        Certainty.Certain => "certain",
        Certainty.Likely => "likely",
        _ => "possible",
    };

    private static string Elapsed(DiagnosisReport report) =>
        report.Elapsed > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $" ({report.Elapsed.TotalSeconds:0.0} s)") : "";

    private string? Shorten(string? detail) => detail is { Length: > 160 } && terminal.IsTerminal ? detail[..157] + "..." : detail;
}
