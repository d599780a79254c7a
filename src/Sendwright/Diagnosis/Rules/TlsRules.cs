using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Diagnosis.Rules;

/// <summary>TLS up to the certificate.</summary>
internal static class TlsRules
{
    // RFC 8446, 6.2.
    private const int HandshakeFailure = 40;
    private const int BadCertificate = 42;
    private const int ProtocolVersion = 70;
    private const int InsufficientSecurity = 71;
    private const int UnrecognizedName = 112;
    private const int CertificateRequired = 116;

    // What TLS libraries say when the bytes that came were no TLS record at all.
    private static readonly string[] NotTls =
        ["wrong version number", "wrong_version_number", "unknown protocol", "unknown_protocol", "unrecognized ssl message", "packet length too long", "record header",
         "does not look like a tls handshake", "corrupted frame", "unexpected packet format", "http request"];

    private static readonly string[] NoCommonVersion =
        ["unsupported protocol", "unsupported_protocol", "protocol version", "protocol_version", "no protocols available", "no_protocols_available", "no appropriate protocol"];

    private static readonly string[] NoCommonCipher =
        ["no shared cipher", "no_shared_cipher", "no ciphers available", "dh key too small", "dh_key_too_small", "key too small", "key_too_small", "handshake failure", "handshake_failure",
         "no suitable signature", "no cipher match", "legacy sigalg", "md too weak"];

    /// <summary>TLS at once, to a port that speaks first in clear text.</summary>
    public static IEnumerable<Candidate> ImplicitOnClearPort(DiagnosisEvidence evidence)
    {
        if (evidence.Fault() is not { Stage: MailStage.Tls } fault || evidence.Subject is not { } subject || subject.Security == ConnectionSecurity.StartTls)
            yield break;
        if (fault.Kind is FaultKind.Refused or FaultKind.CertificateRejected or FaultKind.StartTlsNotOffered)
            yield break;
        var answer = subject.Tls?.PlaintextAnswer;
        var clear = evidence.WorksOnSamePort(ConnectionSecurity.StartTls) ?? evidence.WorksOnSamePort(ConnectionSecurity.None);
        var saidSmtp = EvidenceReading.LooksLikeSmtp(answer);
        // "Wrong version number" alone says that no TLS came back; that it was SMTP in clear text is by far the likeliest.
        var saidNoTls = answer is null && Says(subject.Tls?.Error, NotTls);
        if (!saidSmtp && clear is null && !saidNoTls)
            yield break;
        yield return new Candidate(FaultCodes.TlsModeImplicitOnStartTlsPort, saidSmtp || clear is not null ? Certainty.Certain : Certainty.Likely, MailStage.Tls)
        {
            Evidence = [.. evidence.Cite(), .. saidSmtp ? [$"S: {answer}"] : Array.Empty<string>(), .. clear is null ? [] : new[] { clear.Cite() }],
            Explains = [FaultCodes.ConnectionReset, FaultCodes.ServerDisconnected, FaultCodes.BannerTimeout, FaultCodes.ReplyTimeout, FaultCodes.TlsProtocolVersion],
            Fixes = clear?.Security is { } mode ? Modes(evidence, mode) : [],
        };
    }

    /// <summary>The EHLO reply was seen, and has no STARTTLS.</summary>
    public static IEnumerable<Candidate> StartTlsMissing(DiagnosisEvidence evidence)
    {
        if (!evidence.EndedBy(FaultKind.StartTlsNotOffered))
            yield break;
        var offer = evidence.Subject!.CapabilitiesBeforeTls;
        // Cisco's "fixup" overwrites what it does not know with X: the server did offer it.
        if (offer?.Lines.FirstOrDefault(line => line.Length >= 4 && line.TrimEnd('A', 'B').All(c => c == 'X')) is { } masked)
        {
            yield return new Candidate(FaultCodes.StartTlsStripped, Certainty.Certain, MailStage.Tls)
            {
                Evidence = [$"S: 250-{masked}", .. evidence.Cite()],
                Explains = [FaultCodes.StartTlsNotOffered],
                Fixes = ConnectRules.UseWorkingPort(evidence),
            };
        }

        yield return new Candidate(FaultCodes.StartTlsNotOffered, Certainty.Certain, MailStage.Tls)
        {
            Evidence = [.. evidence.Cite(), .. offer is null ? [] : new[] { $"EHLO offers: {(offer.Lines.Count == 0 ? "nothing" : string.Join(", ", offer.Lines))}" }],
            Fixes = ConnectRules.UseWorkingPort(evidence),
        };
    }

    /// <summary>STARTTLS was offered, and then refused or broken off.</summary>
    public static IEnumerable<Candidate> StartTlsFailed(DiagnosisEvidence evidence)
    {
        if (evidence.Security() == ConnectionSecurity.Implicit || evidence.Fault() is not { Stage: MailStage.Tls } fault)
            yield break;
        var isRefused = fault.Kind == FaultKind.Refused;
        var isBrokenOff = fault.Kind is FaultKind.Disconnected or FaultKind.ConnectionReset or FaultKind.ReplyTimedOut or FaultKind.TotalTimedOut
            || (fault.Kind == FaultKind.TlsHandshakeFailed && evidence.Subject!.Tls?.PlaintextAnswer is not null);
        // Where the text does not say how TLS was started, a reset is first of all a reset.
        if (fault.Kind == FaultKind.ConnectionReset && evidence.Security() is null)
            yield return new Candidate(FaultCodes.ConnectionReset, Certainty.Likely, MailStage.Connect) { Evidence = evidence.Cite() };
        if (isRefused || isBrokenOff)
            yield return new Candidate(FaultCodes.StartTlsFailed, isRefused ? Certainty.Certain : Certainty.Likely, MailStage.Tls) { Evidence = evidence.Cite() };
    }

    /// <summary>Both sides speak TLS and do not come together.</summary>
    public static IEnumerable<Candidate> Handshake(DiagnosisEvidence evidence)
    {
        if (!evidence.EndedBy(FaultKind.TlsHandshakeFailed) || evidence.Subject?.Tls is not { PlaintextAnswer: null } tls)
            yield break;
        if (evidence.Fault() is { TlsAlert: { } late } && tls.AlertNumber is null)
            tls = tls with { AlertNumber = late };
        var certainty = tls.AlertNumber is null ? Certainty.Likely : Certainty.Certain;
        var code = tls switch
        {
            { AlertNumber: CertificateRequired } => FaultCodes.TlsClientCertificateRequired,
            { AlertNumber: BadCertificate or HandshakeFailure, ClientCertificateRequested: true } => FaultCodes.TlsClientCertificateRequired,
            { AlertNumber: ProtocolVersion } => FaultCodes.TlsProtocolVersion,
            { AlertNumber: HandshakeFailure or InsufficientSecurity } => FaultCodes.TlsCipherMismatch,
            { AlertNumber: UnrecognizedName } => FaultCodes.TlsCertificateNameMismatch,
            _ when Says(tls.Error, NoCommonVersion) => FaultCodes.TlsProtocolVersion,
            _ when Says(tls.Error, NoCommonCipher) => FaultCodes.TlsCipherMismatch,
            _ => null,
        };
        if (code is null)
            yield break;
        yield return new Candidate(code, certainty, MailStage.Tls) { Evidence = evidence.Cite() };
        // A server that has only old versions answers a modern hello with alert 40 or 70, as it pleases.
        if (code == FaultCodes.TlsCipherMismatch)
            yield return new Candidate(FaultCodes.TlsProtocolVersion, Certainty.Possible, MailStage.Tls) { Evidence = evidence.Cite() };
    }

    /// <summary>TLS at once, and the server says nothing to it.</summary>
    public static IEnumerable<Candidate> SilentHandshake(DiagnosisEvidence evidence)
    {
        if (evidence.Security() != ConnectionSecurity.Implicit || evidence.Fault() is not { Stage: MailStage.Tls } fault)
            yield break;
        if (fault.Kind is FaultKind.ReplyTimedOut or FaultKind.TotalTimedOut)
        {
            yield return new Candidate(FaultCodes.BannerTimeout, Certainty.Likely, MailStage.Tls)
            {
                Title = $"Port {evidence.Port()} took the connection and answered nothing, to TLS or in clear text.",
                Evidence = [.. evidence.Cite(), .. evidence.Experiments.Select(attempt => attempt.Cite())],
                Fixes = ConnectRules.UseWorkingPort(evidence),
            };
        }
        else if (fault.Kind is FaultKind.Disconnected or FaultKind.ConnectionReset)
        {
            yield return new Candidate(FaultCodes.ConnectionReset, Certainty.Likely, MailStage.Tls)
            {
                Evidence = [.. evidence.Cite(), .. evidence.Experiments.Select(attempt => attempt.Cite())],
                Fixes = ConnectRules.UseWorkingPort(evidence),
            };
        }
    }

    internal static IReadOnlyList<Fix> Modes(DiagnosisEvidence evidence, ConnectionSecurity mode) =>
        [.. evidence.Vocabulary().Express(mode).Select((change, index) => index == 0
            ? FixText.Set(change, $"(port {evidence.Port()} speaks {mode.ToPhrase()})")
            : new Fix { Text = FixText.Assign(change), Setting = change.Name, Value = change.Value })];

    private static bool Says(string? text, string[] words) => text is not null && words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
