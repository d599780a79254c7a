using System.Text.Json;

namespace Sendwright.Integration.Tests.Tool;

/// <summary>What a script reads of <c>doctor --json</c>.</summary>
internal sealed record DoctorReport(string Schema, string Verdict, bool Healthy, long ElapsedMs, IReadOnlyList<ReportedFinding> Findings, ReportedSettings Settings)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static DoctorReport Read(string json) => JsonSerializer.Deserialize<DoctorReport>(json, Json)!;
}

internal sealed record ReportedFinding(string Code, string Stage, string Title, string Explanation, IReadOnlyList<ReportedFix> Fix);

internal sealed record ReportedFix(string Text, string? Setting, string? Value);

internal sealed record ReportedSettings(IReadOnlyDictionary<string, string?> Suggested);
