using Sendwright.Diagnosis;
using Sendwright.Evidence;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>What Nodemailer says where there is no reply to quote. Its replies, and Node's own errors, are read as such.</summary>
internal sealed class NodemailerReader : IFactReader
{
    private static readonly FaultPhrase[] Phrases =
    [
        new("greeting never received", FaultKind.ReplyTimedOut, MailStage.Greeting),
        new("error: connection timeout", FaultKind.ConnectionTimedOut, MailStage.Connect),
        new("unexpected socket close", FaultKind.Disconnected, MailStage.Hello) { Precision = Precision.Symptom, TellsStage = false },
        new("connection closed unexpectedly", FaultKind.Disconnected, MailStage.Hello) { Precision = Precision.Symptom, TellsStage = false },
    ];

    public void Read(PastedText text, ReportedFacts facts)
    {
        FaultPhrase.Report(text, facts, null, Phrases);
        foreach (var at in text.Find("missing credentials for"))
            facts.State(text, text.PlaceOf(at), FaultCodes.ConfigMissing);
        foreach (var at in text.Find("no recipients defined"))
            facts.State(text, text.PlaceOf(at), FaultCodes.ConfigMissing);
    }
}
