using Sendwright.Evidence;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>What Go's net/smtp and the libraries on top of it say where there is no reply to quote.</summary>
internal sealed class GoSmtpReader : IFactReader
{
    private static readonly FaultPhrase[] Phrases =
    [
        new("smtp: server doesn't support auth", FaultKind.AuthNotOffered, MailStage.Auth),
        new("smtp: server doesn't support starttls", FaultKind.StartTlsNotOffered, MailStage.Tls),
        new("dial tcp: i/o timeout", FaultKind.ConnectionTimedOut, MailStage.Connect),
        new("connect: operation timed out", FaultKind.ConnectionTimedOut, MailStage.Connect),
    ];

    public void Read(PastedText text, ReportedFacts facts) => FaultPhrase.Report(text, facts, null, Phrases);
}
