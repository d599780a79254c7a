using Sendwright.Evidence;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>What JavaMail and Jakarta Mail say where there is no reply to quote.</summary>
internal sealed class JavaMailReader : IFactReader
{
    private static readonly FaultPhrase[] Phrases =
    [
        new("starttls is required but host does not support starttls", FaultKind.StartTlsNotOffered, MailStage.Tls),
        new("no authentication mechanisms supported by both server and client", FaultKind.NoSharedMechanism, MailStage.Auth),
        new("could not connect to smtp host", FaultKind.ConnectionFailed, MailStage.Connect) { Precision = Precision.Wrapper },
        new("couldn't connect to host, port", FaultKind.ConnectionFailed, MailStage.Connect) { Precision = Precision.Wrapper },
        new("sockettimeoutexception: connect timed out", FaultKind.ConnectionTimedOut, MailStage.Connect),
        new("sockettimeoutexception: read timed out", FaultKind.ReplyTimedOut, MailStage.Hello) { Precision = Precision.Symptom, TellsStage = false },
    ];

    public void Read(PastedText text, ReportedFacts facts) => FaultPhrase.Report(text, facts, null, Phrases);
}
