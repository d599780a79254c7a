using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Doctor.Rendering;

/// <summary>Writes a report as the JSON that scripts rely on: <c>sendwright.diagnosis/1</c>. Written by hand, field by field: the form is a contract, not a side effect of the records.</summary>
public static class DiagnosisJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The report as one JSON object.</summary>
    public static string Write(DiagnosisReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
            Write(json, report);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, DiagnosisReport report)
    {
        json.WriteStartObject();
        json.WriteString("schema", DiagnosisReport.Schema);
        json.WriteString("verdict", NameOf(report.Verdict));
        json.WriteBoolean("healthy", report.Verdict == Verdict.Healthy);
        json.WriteNumber("elapsedMs", Milliseconds(report.Elapsed));
        WriteTarget(json, report.Target);
        json.WriteStartArray("stages");
        foreach (var stage in report.Stages)
            WriteStage(json, stage);
        json.WriteEndArray();
        WriteFindings(json, "findings", report.Findings);
        WriteFindings(json, "advice", report.Advice);
        json.WriteStartArray("undecidedBetween");
        foreach (var question in report.UndecidedBetween)
        {
            json.WriteStartObject();
            json.WriteString("code", question.Code);
            json.WriteString("decidedBy", question.DecidedBy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("settings");
        json.WriteStartObject("suggested");
        foreach (var change in report.SuggestedSettings)
            json.WriteString(change.Name, change.Value);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter json, DiagnosisTarget target)
    {
        json.WriteStartObject("target");
        json.WriteString("host", target.Host);
        if (target.Port is { } port)
            json.WriteNumber("port", port);
        else
            json.WriteNull("port");
        json.WriteString("security", target.Security?.ToName());
        json.WriteString("provider", target.Provider);
        json.WriteString("settingsFrom", target.SettingsFrom);
        json.WriteEndObject();
    }

    private static void WriteStage(Utf8JsonWriter json, StageRecord stage)
    {
        json.WriteStartObject();
        json.WriteString("name", stage.Stage.ToName());
        json.WriteString("outcome", NameOf(stage.Outcome));
        if (stage.Elapsed is { } elapsed)
            json.WriteNumber("ms", Milliseconds(elapsed));
        else
            json.WriteNull("ms");
        json.WriteString("detail", stage.Detail);
        json.WriteEndObject();
    }

    private static void WriteFindings(Utf8JsonWriter json, string name, IReadOnlyList<Finding> findings)
    {
        json.WriteStartArray(name);
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("code", finding.Code);
            json.WriteString("certainty", NameOf(finding.Certainty));
            json.WriteString("stage", finding.Stage.ToName());
            json.WriteString("title", finding.Title);
            json.WriteString("explanation", finding.Explanation);
            WriteStrings(json, "evidence", finding.Evidence);
            json.WriteStartArray("fix");
            foreach (var fix in finding.Fixes)
                WriteFix(json, fix);
            json.WriteEndArray();
            WriteRetry(json, finding.Retry);
            WriteStrings(json, "references", finding.References);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFix(Utf8JsonWriter json, Fix fix)
    {
        json.WriteStartObject();
        json.WriteString("text", fix.Text);
        json.WriteString("setting", fix.Setting);
        json.WriteString("value", fix.Value);
        json.WriteString("command", fix.Command);
        json.WriteEndObject();
    }

    private static void WriteRetry(Utf8JsonWriter json, RetryAdvice retry)
    {
        json.WriteStartObject("retry");
        json.WriteString("kind", NameOf(retry.Kind));
        if (retry.After is { } after)
            json.WriteNumber("afterSeconds", (long)after.TotalSeconds);
        else
            json.WriteNull("afterSeconds");
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static long Milliseconds(TimeSpan time) => (long)Math.Round(time.TotalMilliseconds);

    private static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Healthy => "healthy",
        Verdict.Fault => "fault",
        _ => "undecided",
    };

    private static string NameOf(StageOutcome outcome) => outcome switch
    {
        StageOutcome.Ok => "ok",
        StageOutcome.Warning => "warning",
        StageOutcome.Failed => "failed",
        StageOutcome.Skipped => "skipped",
        _ => "not-observed",
    };

    private static string NameOf(Certainty certainty) => certainty switch
    {
        Certainty.Certain => "certain",
        Certainty.Likely => "likely",
        _ => "possible",
    };

    private static string NameOf(RetryKind kind) => kind switch
    {
        RetryKind.Never => "never",
        RetryKind.Now => "now",
        RetryKind.After => "after",
        RetryKind.AfterReset => "after-reset",
        RetryKind.WhenFixed => "when-fixed",
        RetryKind.Split => "split",
        _ => "other-route",
    };
}
