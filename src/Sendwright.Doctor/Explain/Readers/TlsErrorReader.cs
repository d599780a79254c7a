using System.Globalization;
using Sendwright.Evidence;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>
/// What TLS libraries print when a handshake fails for another reason than the certificate: OpenSSL's reasons as its own words and as the symbols Python makes of them, the alerts
/// of RFC 8446, 6, and the like of .NET, Java and Go.
/// </summary>
internal sealed class TlsErrorReader : IFactReader
{
    private static readonly FaultPhrase Handshake = new("", FaultKind.TlsHandshakeFailed, MailStage.Tls);
    private static readonly FaultPhrase Wrapper = Handshake with { Precision = Precision.Wrapper, Tls = new TlsEvidence() };

    private static readonly FaultPhrase[] Phrases =
    [
        // The bytes that came were no TLS record.
        .. Local("wrong version number", "WRONG_VERSION_NUMBER", "wrong version number"),
        .. Local("unknown protocol", "UNKNOWN_PROTOCOL", "SSL routines:SSL23_GET_SERVER_HELLO:unknown protocol", "unknown protocol"),
        .. Local("packet length too long", "PACKET_LENGTH_TOO_LONG", "packet length too long"),
        .. Local("record header", "first record does not look like a TLS handshake", "tls: oversized record received"),
        .. Local("unrecognized ssl message", "Unrecognized SSL message, plaintext connection", "Unsupported or unrecognized SSL message"),
        .. Local("corrupted frame", "Cannot determine the frame size or a corrupted frame was received"),
        .. Local("unexpected packet format", "received an unexpected EOF or 0 bytes from the transport stream while expecting a TLS record", "unexpected packet format"),
        .. Local("http request", "[SSL: HTTP_REQUEST]", "ssl3_get_record:http request"),

        // This side found nothing in common.
        .. Local("unsupported protocol", "UNSUPPORTED_PROTOCOL", "unsupported protocol"),
        .. Local("no protocols available", "NO_PROTOCOLS_AVAILABLE", "no protocols available"),
        .. Local("no appropriate protocol", "No appropriate protocol (protocol is disabled"),
        .. Local("unsupported protocol", "server selected unsupported protocol version", "VERSION_TOO_LOW", "WRONG_SSL_VERSION"),
        .. Local("no shared cipher", "NO_SHARED_CIPHER", "no shared cipher"),
        .. Local("no ciphers available", "NO_CIPHERS_AVAILABLE", "no ciphers available"),
        .. Local("dh key too small", "DH_KEY_TOO_SMALL", "dh key too small"),
        .. Local("legacy sigalg", "LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED", "legacy sigalg disallowed or unsupported"),
        .. Local("no suitable signature", "NO_SUITABLE_SIGNATURE_ALGORITHM", "no suitable signature algorithm"),
        .. Local("unsafe legacy renegotiation disabled", "UNSAFE_LEGACY_RENEGOTIATION_DISABLED", "unsafe legacy renegotiation disabled"),

        // The peer said why.
        .. Alert(10, "unexpected message", "ALERT_UNEXPECTED_MESSAGE", "alert unexpected message"),
        .. Alert(20, "bad record mac", "ALERT_BAD_RECORD_MAC", "alert bad record mac"),
        .. Alert(40, "handshake failure", "ALERT_HANDSHAKE_FAILURE", "alert handshake failure", "fatal alert: handshake_failure", "remote error: tls: handshake failure", "remote error: handshake failure"),
        .. Alert(42, "bad certificate", "ALERT_BAD_CERTIFICATE", "alert bad certificate", "fatal alert: bad_certificate", "remote error: tls: bad certificate"),
        .. Alert(43, "unsupported certificate", "ALERT_UNSUPPORTED_CERTIFICATE", "alert unsupported certificate"),
        .. Alert(44, "certificate revoked", "ALERT_CERTIFICATE_REVOKED", "alert certificate revoked"),
        .. Alert(45, "certificate expired", "ALERT_CERTIFICATE_EXPIRED", "alert certificate expired"),
        .. Alert(46, "certificate unknown", "ALERT_CERTIFICATE_UNKNOWN", "alert certificate unknown", "fatal alert: certificate_unknown"),
        .. Alert(47, "illegal parameter", "ALERT_ILLEGAL_PARAMETER", "alert illegal parameter"),
        .. Alert(48, "unknown ca", "ALERT_UNKNOWN_CA", "alert unknown ca", "fatal alert: unknown_ca"),
        .. Alert(49, "access denied", "TLSV1_ALERT_ACCESS_DENIED", "tlsv1 alert access denied"),
        .. Alert(50, "decode error", "ALERT_DECODE_ERROR", "alert decode error"),
        .. Alert(51, "decrypt error", "ALERT_DECRYPT_ERROR", "alert decrypt error"),
        .. Alert(70, "protocol version", "ALERT_PROTOCOL_VERSION", "alert protocol version", "fatal alert: protocol_version", "remote error: tls: protocol version not supported"),
        .. Alert(71, "insufficient security", "ALERT_INSUFFICIENT_SECURITY", "alert insufficient security"),
        .. Alert(80, "internal error", "TLSV1_ALERT_INTERNAL_ERROR", "tlsv1 alert internal error", "remote error: tls: internal error"),
        .. Alert(112, "unrecognized name", "UNRECOGNIZED_NAME", "unrecognized name", "unrecognized_name"),
        .. Alert(116, "certificate required", "ALERT_CERTIFICATE_REQUIRED", "alert certificate required", "remote error: tls: certificate required"),

        // The peer went away, or said nothing.
        .. Ended(FaultKind.Disconnected, "unexpected end", tellsStage: false, "EOF occurred in violation of protocol", "UNEXPECTED_EOF_WHILE_READING", "unexpected eof while reading", "tls handshake eof",
            "Remote host terminated the handshake", "Client network socket disconnected before secure TLS connection was established"),
        .. Ended(FaultKind.ConnectionReset, "connection reset", tellsStage: false, "SSL: Connection reset by peer", "tls: Connection reset by peer"),
        .. Ended(FaultKind.ReplyTimedOut, "time-out", tellsStage: true, "handshake operation timed out", "SSL handshake is taking longer than", "TLS handshake timeout", "ssl handshake timed out"),

        Wrapper with { Words = "SSLHandshakeException" },
        Wrapper with { Words = "SslHandshakeException" },
        Wrapper with { Words = "Could not convert socket to TLS" },
        Wrapper with { Words = "An error occurred while attempting to establish an SSL or TLS connection" },
        Wrapper with { Words = "stream_socket_enable_crypto()" },
        Wrapper with { Words = "ssl.SSLError" },
    ];

    public void Read(PastedText text, ReportedFacts facts)
    {
        var traceback = PythonTraceback.Of(text);
        FaultPhrase.Report(text, facts, traceback, Phrases);
        foreach (var introduction in new[] { "SSL alert number ", "TLS alert number ", "alert number ", "TLS alert (" })
        {
            foreach (var at in text.Find(introduction))
                ReadAlertNumber(text, at, introduction.Length, facts, traceback);
        }
    }

    private static void ReadAlertNumber(PastedText text, int at, int length, ReportedFacts facts, PythonTraceback traceback)
    {
        var words = text.Flat.AsSpan(at + length);
        var digits = Math.Min(4, words.Length - words.TrimStart("0123456789").Length);
        if (digits is > 0 and < 4)
        {
            var number = int.Parse(words[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            (Handshake with { Tls = new TlsEvidence { AlertNumber = number, Error = text.Flat.Substring(at, length + digits) } }).ReportAt(text, text.PlaceOf(at), facts, traceback);
        }
    }

    // One reason in the forms in which it is printed. The evidence carries the reason's own words, so that rules need to know one form only.
    private static IEnumerable<FaultPhrase> Local(string reason, params string[] forms) =>
        forms.Select(form => Handshake with { Words = form, Tls = new TlsEvidence { Error = reason } });

    private static IEnumerable<FaultPhrase> Alert(int number, string reason, params string[] forms) =>
        forms.Select(form => Handshake with { Words = form, Tls = new TlsEvidence { AlertNumber = number, Error = $"alert {reason}" } });

    // Most of these can be met after the handshake too: frames or a transcript then know the command that was under way.
    private static IEnumerable<FaultPhrase> Ended(FaultKind kind, string reason, bool tellsStage, params string[] forms) =>
        forms.Select(form => new FaultPhrase(form, kind, MailStage.Tls) { TellsStage = tellsStage, Tls = new TlsEvidence { Error = reason } });
}
