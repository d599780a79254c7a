using Sendwright.Diagnosis;
using Sendwright.Evidence;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>What fastapi-mail wraps around whatever aiosmtplib raised, and its own complaints. Its settings are checked by pydantic: <see cref="PydanticReader"/>.</summary>
internal sealed class FastapiMailReader : IFactReader
{
    // The sentence blames the credentials whatever happened: it says only that connecting or logging in failed.
    private static readonly FaultPhrase Wrapper =
        new("check your credentials or email service configuration", FaultKind.ConnectionFailed, MailStage.Connect) { Precision = Precision.Wrapper, TellsStage = false };

    public void Read(PastedText text, ReportedFacts facts)
    {
        FaultPhrase.Report(text, facts, PythonTraceback.Of(text), Wrapper);
        foreach (var at in text.Find("did not include a ``TEMPLATE_FOLDER``"))
            facts.State(text, text.PlaceOf(at), FaultCodes.ConfigMissing);
        foreach (var at in text.Find("is not a valid path to an email template folder"))
            facts.State(text, text.PlaceOf(at), FaultCodes.ConfigInvalid);
        foreach (var words in new[] { "Configuration should be provided from ConnectionConfig class", "Email configuruation should be provided from ConnectionConfig class" })
        {
            foreach (var at in text.Find(words))
                facts.State(text, text.PlaceOf(at), FaultCodes.ClientBug);
        }
    }
}
