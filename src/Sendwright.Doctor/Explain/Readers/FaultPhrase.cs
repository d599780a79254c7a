using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>Words that a library or platform prints for one kind of failure.</summary>
/// <param name="Words">The words, in any capitals.</param>
/// <param name="Kind">What they report.</param>
/// <param name="Stage">Where it happens.</param>
internal sealed record FaultPhrase(string Words, FaultKind Kind, MailStage Stage)
{
    public Precision Precision { get; init; } = Precision.Cause;

    /// <summary>False where the words fit several stages, and <see cref="Stage"/> is only the usual one.</summary>
    public bool TellsStage { get; init; } = true;

    /// <summary>What they say of TLS.</summary>
    public TlsEvidence? Tls { get; init; }

    public ConnectionSecurity? Security { get; init; }

    /// <summary>Adds a fault for each place where the words stand. Frames around it know the stage better than the words do.</summary>
    public static void Report(PastedText text, ReportedFacts facts, PythonTraceback? traceback, params ReadOnlySpan<FaultPhrase> phrases)
    {
        foreach (var phrase in phrases)
        {
            foreach (var at in text.Find(phrase.Words))
                phrase.ReportAt(text, text.PlaceOf(at), facts, traceback);
        }
    }

    /// <summary>Adds the fault at one place.</summary>
    public void ReportAt(PastedText text, int place, ReportedFacts facts, PythonTraceback? traceback)
    {
        var where = traceback?.At(place) ?? default;
        var stage = TellsStage ? Stage : where.Stage ?? Stage;
        facts.Add(new FaultReport(place, Precision, new AttemptFault { Stage = stage, Kind = KindAt(stage, where), Message = text.Excerpt(place) })
        {
            TellsStage = TellsStage || where.Stage is not null,
            // At another stage the same words say nothing of a handshake.
            Tls = stage == MailStage.Tls ? Tls : null,
            Security = Security ?? where.Security,
        });
    }

    private FaultKind KindAt(MailStage stage, PythonWhere where) => Kind switch
    {
        FaultKind.Disconnected or FaultKind.ConnectionReset or FaultKind.ReplyTimedOut when where.AfterContent => FaultKind.OutcomeUnknown,
        FaultKind.ConnectionTimedOut when stage is not (MailStage.Connect or MailStage.Dns) => FaultKind.ReplyTimedOut,
        FaultKind.ReplyTimedOut when stage == MailStage.Connect => FaultKind.ConnectionTimedOut,
        _ => Kind,
    };
}
