using Sendwright.Doctor.Explain.Readers;
using Sendwright.Evidence;

namespace Sendwright.Doctor.Explain;

/// <summary>
/// Reads what programs print when sending mail fails (an error message, a log, a traceback, a transcript) as evidence. It takes facts from the text and judges nothing: the same
/// rules that explain a connection this program made itself explain these.
/// </summary>
public static class ErrorTextReader
{
    // A new ecosystem is one more line here and one more file in Readers/. The order does not matter: places in the text decide what came first.
    private static readonly IFactReader[] Readers =
    [
        new TranscriptReader(),
        new PythonReplyReader(),
        new QuotedReplyReader(),
        new SystemErrorReader(),
        new LookupErrorReader(),
        new TlsErrorReader(),
        new CertificateErrorReader(),
        new SmtplibReader(),
        new AiosmtplibReader(),
        new AsyncioReader(),
        new FastapiMailReader(),
        new PydanticReader(),
        new NodemailerReader(),
        new MailKitReader(),
        new JavaMailReader(),
        new GoSmtpReader(),
        new EndpointReader(),
    ];

    /// <summary>
    /// Reads a text. Of one longer than 256 Ki characters the first 64 Ki and the last 192 Ki count. Secrets are masked before anything else happens; what the text does not say
    /// stays null, and a text that reports no failure gives no attempt.
    /// </summary>
    /// <param name="text">The text as it was pasted.</param>
    /// <param name="settings">The settings in use, where they are known; problems that the text reports are added to theirs.</param>
    public static DiagnosisEvidence Read(string text, SettingsEvidence? settings = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var pasted = PastedText.Of(text);
        var facts = new ReportedFacts();
        foreach (var reader in Readers)
            reader.Read(pasted, facts);
        return Subject.IsMail(pasted, facts) ? EvidenceComposer.Compose(facts, settings ?? SettingsOwner.Of(pasted)) : new DiagnosisEvidence { Settings = settings };
    }
}
