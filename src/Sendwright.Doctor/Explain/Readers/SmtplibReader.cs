using Sendwright.Diagnosis;
using Sendwright.Evidence;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>What Python's smtplib raises without a reply to show for it.</summary>
internal sealed class SmtplibReader : IFactReader
{
    private static readonly FaultPhrase[] Phrases =
    [
        // getreply() wraps whatever the socket raised; the errno behind it is read as such.
        new("connection unexpectedly closed: timed out", FaultKind.ReplyTimedOut, MailStage.Hello) { TellsStage = false },
        new("connection unexpectedly closed: the read operation timed out", FaultKind.ReplyTimedOut, MailStage.Hello) { TellsStage = false },
        new("the read operation timed out", FaultKind.ReplyTimedOut, MailStage.Hello) { Precision = Precision.Symptom, TellsStage = false },
        // socket.create_connection() raises it bare, and so does a read: the frames tell which.
        new("timeouterror: timed out", FaultKind.ConnectionTimedOut, MailStage.Connect) { Precision = Precision.Symptom, TellsStage = false },
        new("socket.timeout: timed out", FaultKind.ConnectionTimedOut, MailStage.Connect) { Precision = Precision.Symptom, TellsStage = false },
        // send() found the connection gone.
        new("server not connected", FaultKind.Disconnected, MailStage.Hello) { Precision = Precision.Symptom, TellsStage = false },
        new("starttls extension not supported by server", FaultKind.StartTlsNotOffered, MailStage.Tls),
        new("smtp auth extension not supported by server", FaultKind.AuthNotOffered, MailStage.Auth),
        new("no suitable authentication method found", FaultKind.NoSharedMechanism, MailStage.Auth),
        new("does not advertise the required smtputf8 capability", FaultKind.SmtpUtf8NotOffered, MailStage.Sender),
        new("smtputf8 not supported by server", FaultKind.SmtpUtf8NotOffered, MailStage.Sender),
    ];

    private static readonly FaultPhrase Closed = new("connection unexpectedly closed", FaultKind.Disconnected, MailStage.Hello) { TellsStage = false };

    private static readonly (string Words, string Code)[] Statements =
    [
        // SMTP() with an empty host connects to nothing and says nothing; the first command finds out.
        ("please run connect() first", FaultCodes.ConfigMissing),
        // Or the program goes on with an object that it has closed.
        ("please run connect() first", FaultCodes.ClientBug),
        ("nonnumeric port", FaultCodes.ConfigInvalid),
        ("non-blocking socket (timeout=0) is not supported", FaultCodes.ConfigInvalid),
        ("no ssl support included in this python", FaultCodes.ClientBug),
        // starttls() takes the host from the constructor; connect(host) alone leaves it empty.
        ("server_hostname cannot be an empty string", FaultCodes.ClientBug),
        ("message has more than one 'resent-' header block", FaultCodes.ClientBug),
    ];

    public void Read(PastedText text, ReportedFacts facts)
    {
        var traceback = PythonTraceback.Of(text);
        FaultPhrase.Report(text, facts, traceback, Phrases);
        foreach (var at in text.Find(Closed.Words))
        {
            // With a reason behind it the sentence is only the wrapper of that.
            var hasReason = text.Flat.AsSpan(at + Closed.Words.Length).StartsWith(": ");
            (Closed with { Precision = hasReason ? Precision.Wrapper : Precision.Symptom }).ReportAt(text, text.PlaceOf(at), facts, traceback);
        }

        foreach (var (words, code) in Statements)
        {
            foreach (var at in text.Find(words))
                facts.State(text, text.PlaceOf(at), code);
        }

        // smtplib and aiosmtplib encode the login as ASCII, or what they were given is no text at all.
        foreach (var (words, code) in new[] { ("'ascii' codec can't encode", FaultCodes.ClientBug), ("'NoneType' object has no attribute 'encode'", FaultCodes.ConfigMissing) })
        {
            foreach (var at in text.Find(words))
            {
                var place = text.PlaceOf(at);
                if (traceback.At(place).Stage is MailStage.Auth)
                    facts.State(text, place, code);
            }
        }
    }
}
