using System.Globalization;
using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>What aiosmtplib raises without a reply to show for it, and the host and port it names.</summary>
internal sealed class AiosmtplibReader : IFactReader
{
    private const string ErrorConnecting = "Error connecting to ";
    private const string TimedOutConnecting = "Timed out connecting to ";

    private static readonly FaultPhrase[] Phrases =
    [
        new("timed out waiting for server ready message", FaultKind.ReplyTimedOut, MailStage.Greeting),
        new("timed out waiting for server response", FaultKind.ReplyTimedOut, MailStage.Hello) { TellsStage = false },
        new("timed out while upgrading transport", FaultKind.ReplyTimedOut, MailStage.Tls) { Security = ConnectionSecurity.StartTls },
        new("connection aborted while upgrading transport", FaultKind.ReplyTimedOut, MailStage.Tls) { Security = ConnectionSecurity.StartTls },
        new("connection reset while upgrading transport", FaultKind.ConnectionReset, MailStage.Tls) { Security = ConnectionSecurity.StartTls },
        new("unexpected eof received", FaultKind.Disconnected, MailStage.Hello) { Precision = Precision.Symptom, TellsStage = false },
        new("smtpserverdisconnected: connection lost", FaultKind.Disconnected, MailStage.Hello) { Precision = Precision.Symptom, TellsStage = false },
        new("smtpserverdisconnected('connection lost", FaultKind.Disconnected, MailStage.Hello) { Precision = Precision.Symptom, TellsStage = false },
        new("smtp auth extension is not supported by this server. try connecting via tls", FaultKind.AuthNotOffered, MailStage.Auth) { Security = ConnectionSecurity.None },
        new("smtp auth extension is not supported by this server", FaultKind.AuthNotOffered, MailStage.Auth),
        new("server does not support xoauth2", FaultKind.NoSharedMechanism, MailStage.Auth),
        new("smtputf8 is not supported by this server", FaultKind.SmtpUtf8NotOffered, MailStage.Sender),
    ];

    // Sentences that blame the program: whatever the server does, the next run says the same.
    private static readonly (string Words, string Code)[] Statements =
    [
        ("connection already using tls", FaultCodes.ClientBug),
        ("runtimeerror: already using tls", FaultCodes.ClientBug),
        ("smtp instance is already connected", FaultCodes.ClientBug),
        ("client not connected", FaultCodes.ClientBug),
        ("if using a socket, port is not required", FaultCodes.ClientBug),
        ("password and oauth_token_generator are mutually exclusive", FaultCodes.ConfigConflict),
        ("username is required when using oauth_token_generator", FaultCodes.ConfigMissing),
        ("no recipient headers provided in message", FaultCodes.ClientBug),
        ("no from header provided in message", FaultCodes.ClientBug),
    ];

    public void Read(PastedText text, ReportedFacts facts)
    {
        var traceback = PythonTraceback.Of(text);
        FaultPhrase.Report(text, facts, traceback, Phrases);
        foreach (var (words, code) in Statements)
        {
            foreach (var at in text.Find(words))
                facts.State(text, text.PlaceOf(at), code);
        }

        foreach (var at in text.Find(TimedOutConnecting))
        {
            if (ReadEndpoint(text.Flat, at + TimedOutConnecting.Length, facts) >= 0)
                new FaultPhrase(TimedOutConnecting, FaultKind.ConnectionTimedOut, MailStage.Connect).ReportAt(text, text.PlaceOf(at), facts, null);
        }

        foreach (var at in text.Find(ErrorConnecting))
        {
            if (ReadEndpoint(text.Flat, at + ErrorConnecting.Length, facts) is >= 0 and var end)
                ReportWrapped(text, at, end, facts);
        }

        foreach (var at in text.Find("start_tls and use_tls options are not compatible"))
            Conflict(text, text.PlaceOf(at), facts);
    }

    // What stands behind "on port N:" was raised while the connection was opened: other readers know it; this one knows where it happened.
    private static void ReportWrapped(PastedText text, int at, int end, ReportedFacts facts)
    {
        var rest = text.Flat.AsSpan(end, Math.Min(80, text.Flat.Length - end)).TrimStart(": ");
        var wrapper = new FaultPhrase(ErrorConnecting, FaultKind.ConnectionFailed, MailStage.Connect) { Precision = Precision.Wrapper };
        if (rest.StartsWith("Unexpected EOF received", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("Connection lost", StringComparison.OrdinalIgnoreCase))
            wrapper = new FaultPhrase(ErrorConnecting, FaultKind.Disconnected, MailStage.Greeting) { Precision = Precision.Symptom };
        // A handshake inside connect() is that of use_tls=True; STARTTLS comes later and has its own words.
        else if (rest.StartsWith("[SSL", StringComparison.Ordinal))
            facts.Mode(ConnectionSecurity.Implicit);
        wrapper.ReportAt(text, text.PlaceOf(at), facts, null);
    }

    private static int ReadEndpoint(string flat, int at, ReportedFacts facts)
    {
        const string OnPort = " on port ";
        var words = flat.AsSpan(at, Math.Min(300, flat.Length - at));
        var middle = words.IndexOf(OnPort);
        if (middle <= 0 || words[..middle].Contains(' '))
            return -1;
        var port = words[(middle + OnPort.Length)..];
        var digits = port.Length - port.TrimStart("0123456789").Length;
        if (digits is 0 or > 5)
            return -1;
        facts.Endpoint(words[..middle].ToString(), int.Parse(port[..digits], NumberStyles.None, CultureInfo.InvariantCulture));
        return at + middle + OnPort.Length + digits;
    }

    private static void Conflict(PastedText text, int place, ReportedFacts facts)
    {
        // fastapi-mail hands its two flags on under these names.
        var isFastapiMail = text.Has("fastapi_mail") || text.Has("fastapi-mail") || text.Has("MAIL_STARTTLS") || text.Has("check your credentials or email service configuration");
        var (startTls, implicitTls) = isFastapiMail ? ("MAIL_STARTTLS", "MAIL_SSL_TLS") : ("start_tls", "use_tls");
        facts.Add(new SettingProblem
        {
            Code = FaultCodes.ConfigConflict,
            Key = SettingKey.StartTlsFlag,
            Name = startTls,
            Value = "True",
            Where = PastedText.Bounded(text.Excerpt(place)),
            Why = $"{startTls} and {implicitTls} are both on: a connection gets its TLS either at once or by STARTTLS.",
            Fix = $"Port 587: {startTls} = True and {implicitTls} = False. Port 465: the other way round.",
        });
    }
}
