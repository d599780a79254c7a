using System.Net;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;

namespace Sendwright.Diagnosis.Rules;

/// <summary>Questions that several rules ask of the evidence.</summary>
internal static class EvidenceReading
{
    /// <summary>The fact that ended the attempt to be explained; null where none did.</summary>
    public static AttemptFault? Fault(this DiagnosisEvidence evidence) => evidence.Subject?.Fault;

    /// <summary>The names in which to say a fix: the settings' own; plain words where a text does not tell whose they are.</summary>
    public static SettingsVocabulary Vocabulary(this DiagnosisEvidence evidence) =>
        evidence.Settings?.Vocabulary ?? (evidence.Subject is { Source: FactSource.Observed } ? SettingsVocabulary.Sendwright : SettingsVocabulary.Plain);

    /// <summary>Whether the attempt ended at this stage, in one of these ways.</summary>
    public static bool EndedAt(this DiagnosisEvidence evidence, MailStage stage, params ReadOnlySpan<FaultKind> kinds) =>
        evidence.Fault() is { } fault && fault.Stage == stage && kinds.Contains(fault.Kind);

    /// <summary>Whether the attempt ended in one of these ways, at whatever stage.</summary>
    public static bool EndedBy(this DiagnosisEvidence evidence, params ReadOnlySpan<FaultKind> kinds) => evidence.Fault() is { } fault && kinds.Contains(fault.Kind);

    public static string? Host(this DiagnosisEvidence evidence) => evidence.Subject?.Host ?? evidence.Settings?.Host;

    public static int? Port(this DiagnosisEvidence evidence) => evidence.Subject?.Port ?? evidence.Settings?.Port;

    public static ConnectionSecurity? Security(this DiagnosisEvidence evidence) => evidence.Subject?.Security ?? evidence.Settings?.Security;

    /// <summary>Experiments that got as far as an EHLO reply: there is a mail server that speaks this mode on this port.</summary>
    public static IEnumerable<Attempt> WorkingExperiments(this DiagnosisEvidence evidence) =>
        evidence.Experiments.Where(attempt => attempt.Fault is null && attempt.Capabilities is not null);

    /// <summary>The experiment that reached a mail server on the configured port in this mode; null where none did.</summary>
    public static Attempt? WorksOnSamePort(this DiagnosisEvidence evidence, ConnectionSecurity security) =>
        evidence.WorkingExperiments().FirstOrDefault(attempt => attempt.Port == evidence.Port() && attempt.Security == security);

    /// <summary>Whether the host is this machine.</summary>
    public static bool IsLoopback(string? host) =>
        host is not null && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));

    /// <summary>The fault as a line of evidence, its reply included.</summary>
    public static IReadOnlyList<string> Cite(this DiagnosisEvidence evidence)
    {
        if (evidence.Fault() is not { } fault)
            return [];
        if (fault.Reply is not { } reply)
            return [fault.Message];
        var lines = reply.WireLines.Select(line => $"S: {line}");
        return fault.Command is { } command ? [$"C: {command}", .. lines] : [.. lines];
    }

    /// <summary>An experiment's result as a line of evidence.</summary>
    public static string Cite(this Attempt attempt)
    {
        if (attempt.Fault is { Stage: MailStage.Connect } closed)
            return $"port {attempt.Port}: {Words(closed.Kind)}";
        var mode = attempt.Security?.ToPhrase() ?? "an unknown mode";
        var result = attempt.Fault is { } fault ? fault.Message : $"an SMTP server answered: {attempt.Greeting?.ToString() ?? "EHLO worked"}";
        return $"port {attempt.Port} with {mode}: {result}";
    }

    private static string Words(FaultKind connect) => connect switch
    {
        FaultKind.ConnectionRefused => "refused",
        FaultKind.ConnectionTimedOut or FaultKind.ReplyTimedOut or FaultKind.TotalTimedOut => "no answer",
        FaultKind.NetworkUnreachable => "unreachable",
        FaultKind.ConnectionReset => "reset",
        _ => "no connection",
    };

    /// <summary>What a text that came instead of SMTP belongs to; null where it is not known.</summary>
    public static string? ProtocolOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var start = text.TrimStart();
        if (start.StartsWith("HTTP/", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<head", StringComparison.OrdinalIgnoreCase))
            return "HTTP";
        return start switch
        {
            _ when start.StartsWith("* OK", StringComparison.OrdinalIgnoreCase) || start.StartsWith("* BYE", StringComparison.OrdinalIgnoreCase)
                || start.StartsWith("* PREAUTH", StringComparison.OrdinalIgnoreCase) => "IMAP",
            _ when start.StartsWith("+OK", StringComparison.Ordinal) || start.StartsWith("-ERR", StringComparison.Ordinal) => "POP3",
            _ when start.StartsWith("SSH-", StringComparison.Ordinal) => "SSH",
            _ => null,
        };
    }

    /// <summary>Whether a text begins like a reply of SMTP.</summary>
    public static bool LooksLikeSmtp(string? text) =>
        text is { Length: >= 3 } && text[0] is >= '2' and <= '5' && char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]) && (text.Length == 3 || text[3] is ' ' or '-' or '\ufffd');

    /// <summary>The offer in force when the attempt ended.</summary>
    public static SmtpCapabilities? Offer(this DiagnosisEvidence evidence) => evidence.Subject?.Capabilities;
}
