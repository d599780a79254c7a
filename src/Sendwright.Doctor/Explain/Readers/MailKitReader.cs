using Sendwright.Evidence;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>What MailKit and System.Net.Mail say where there is no reply to quote.</summary>
internal sealed class MailKitReader : IFactReader
{
    private static readonly FaultPhrase[] Phrases =
    [
        new("smtp server has unexpectedly disconnected", FaultKind.Disconnected, MailStage.Hello) { Precision = Precision.Symptom, TellsStage = false },
        new("smtp server does not support authentication", FaultKind.AuthNotOffered, MailStage.Auth),
        new("no compatible authentication mechanisms found", FaultKind.NoSharedMechanism, MailStage.Auth),
        new("does not support the starttls extension", FaultKind.StartTlsNotOffered, MailStage.Tls),
        new("server does not support secure connections", FaultKind.StartTlsNotOffered, MailStage.Tls),
    ];

    public void Read(PastedText text, ReportedFacts facts) => FaultPhrase.Report(text, facts, null, Phrases);
}
