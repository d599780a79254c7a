using System.Net;
using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;

namespace Sendwright.Tests.Diagnosis;

/// <summary>Builds evidence for the grid of rules: short to write, and only what a case is about.</summary>
internal static class Case
{
    public const string Host = "mail.example.com";

    /// <summary>An attempt that worked.</summary>
    public static Attempt Works(int port = 587, ConnectionSecurity security = ConnectionSecurity.StartTls) => new()
    {
        Host = Host,
        Port = port,
        Security = security,
        ConnectedTo = new IPEndPoint(IPAddress.Parse("192.0.2.1"), port),
        CapabilitiesBeforeTls = security == ConnectionSecurity.Implicit ? null : Offer("STARTTLS", "AUTH PLAIN LOGIN"),
        CapabilitiesAfterTls = security == ConnectionSecurity.None ? null : Offer("AUTH PLAIN LOGIN"),
        Tls = security == ConnectionSecurity.None ? null : new TlsEvidence { Established = true, TargetName = Host },
        Greeting = new SmtpReply(220, "mail.example.com ESMTP"),
        Auth = new AuthEvidence { Mechanism = "PLAIN", Accepted = true },
    };

    /// <summary>An attempt that ended with this fact; what lies behind its stage was not observed.</summary>
    public static Attempt Ends(MailStage stage, FaultKind kind, SmtpReply? reply = null, string? text = null, int port = 587, ConnectionSecurity security = ConnectionSecurity.StartTls) =>
        Works(port, security) with
        {
            ConnectedTo = stage <= MailStage.Connect ? null : new IPEndPoint(IPAddress.Parse("192.0.2.1"), port),
            Greeting = stage <= MailStage.Greeting ? null : new SmtpReply(220, "mail.example.com ESMTP"),
            CapabilitiesBeforeTls = stage <= MailStage.Hello || security == ConnectionSecurity.Implicit ? null : Offer("STARTTLS", "AUTH PLAIN LOGIN"),
            CapabilitiesAfterTls = stage <= MailStage.Tls || security == ConnectionSecurity.None ? null : Offer("AUTH PLAIN LOGIN"),
            Tls = stage < MailStage.Tls || security == ConnectionSecurity.None ? null : new TlsEvidence { TargetName = Host, Established = stage > MailStage.Tls },
            Auth = stage > MailStage.Auth ? new AuthEvidence { Mechanism = "PLAIN", Accepted = true } : stage == MailStage.Auth ? new AuthEvidence { Mechanism = "PLAIN", Accepted = false } : null,
            Fault = new AttemptFault { Stage = stage, Kind = kind, Reply = reply, UnexpectedText = text, Message = $"{kind} at {stage}" },
        };

    /// <summary>An attempt that was refused with this reply.</summary>
    public static Attempt Says(MailStage stage, int code, params string[] lines) => Ends(stage, FaultKind.Refused, new SmtpReply(code, lines));

    public static Attempt Experiment(this Attempt attempt) => attempt with { IsExperiment = true, Auth = null };

    public static DiagnosisEvidence Seen(params Attempt[] attempts) => new() { Attempts = attempts };

    public static DiagnosisEvidence With(this DiagnosisEvidence evidence, SettingsEvidence settings) => evidence with { Settings = settings };

    public static SmtpCapabilities Offer(params string[] keywords) => SmtpCapabilities.Parse(new SmtpReply(250, [Host, .. keywords]));

    public static IReadOnlyList<string> Codes(DiagnosisEvidence evidence) => [.. Diagnostician.Diagnose(evidence).Findings.Select(finding => finding.Code)];
}
