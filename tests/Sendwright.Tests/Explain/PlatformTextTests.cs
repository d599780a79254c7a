using Sendwright.Diagnosis;
using Sendwright.Doctor.Explain;
using Sendwright.Evidence;

namespace Sendwright.Tests.Explain;

/// <summary>Words and numbers of operating systems, resolvers and TLS libraries.</summary>
public sealed class PlatformTextTests
{
    [Theory]
    [InlineData("ConnectionRefusedError: [Errno 111] Connection refused", FaultKind.ConnectionRefused)]
    [InlineData("[Errno 61] Connection refused", FaultKind.ConnectionRefused)]
    [InlineData("[WinError 10061] Es konnte keine Verbindung hergestellt werden", FaultKind.ConnectionRefused)]
    [InlineData("SocketException (10061): Aucune connexion n'a pu être établie", FaultKind.ConnectionRefused)]
    [InlineData("TimeoutError: [Errno 110] Connection timed out", FaultKind.ConnectionTimedOut)]
    [InlineData("TimeoutError: [WinError 10060] Тайм-аут", FaultKind.ConnectionTimedOut)]
    [InlineData("OSError: [Errno 101] Network is unreachable", FaultKind.NetworkUnreachable)]
    [InlineData("OSError: [Errno 113] No route to host", FaultKind.NetworkUnreachable)]
    [InlineData("OSError: [Errno 99] Cannot assign requested address", FaultKind.ConnectionFailed)]
    [InlineData("ConnectionResetError: [Errno 104] Connection reset by peer", FaultKind.ConnectionReset)]
    [InlineData("os error 111", FaultKind.ConnectionRefused)]
    public void An_error_of_the_system_is_known_by_its_number_or_words(string text, FaultKind kind) => Assert.Equal(kind, Reading.FaultIn(text).Kind);

    [Theory]
    [InlineData("socket.gaierror: [Errno -2] Name or service not known", FaultKind.NameNotFound)]
    [InlineData("socket.gaierror: [Errno -5] No address associated with hostname", FaultKind.NameNotFound)]
    [InlineData("socket.gaierror: [Errno 8] nodename nor servname provided, or not known", FaultKind.NameNotFound)]
    [InlineData("socket.gaierror: [Errno 11001] getaddrinfo failed", FaultKind.NameNotFound)]
    [InlineData("socket.gaierror: [Errno -2] Name does not resolve", FaultKind.NameNotFound)]
    [InlineData("socket.gaierror: [Errno -3] Temporary failure in name resolution", FaultKind.NameLookupFailed)]
    [InlineData("socket.gaierror: [Errno -3] Try again", FaultKind.NameLookupFailed)]
    [InlineData("Error: getaddrinfo EAI_AGAIN mail.example.org", FaultKind.NameLookupFailed)]
    public void A_failed_lookup_tells_whether_the_name_was_denied(string text, FaultKind kind) => Assert.Equal((kind, MailStage.Dns), (Reading.FaultIn(text).Kind, Reading.FaultIn(text).Stage));

    [Fact]
    public void The_host_that_was_looked_up_is_told() => Assert.Equal("smpt.example.org", Reading.AttemptIn("Error: getaddrinfo ENOTFOUND smpt.example.org").Host);

    [Fact]
    public void A_host_with_the_quotes_of_its_file_is_a_problem_of_the_settings() => Assert.Equal(
        FaultCodes.ConfigInvalid,
        Assert.Single(ErrorTextReader.Read("Error: getaddrinfo ENOTFOUND \"mail.example.org\";").Settings!.Problems).Code);

    [Theory]
    [InlineData("self-signed certificate", CertificateProblem.SelfSigned)]
    [InlineData("self signed certificate", CertificateProblem.SelfSigned)]
    [InlineData("self-signed certificate in certificate chain", CertificateProblem.UntrustedRoot)]
    [InlineData("unable to get local issuer certificate", CertificateProblem.UntrustedRoot)]
    [InlineData("unable to verify the first certificate", CertificateProblem.IncompleteChain)]
    [InlineData("certificate has expired", CertificateProblem.Expired)]
    [InlineData("certificate is not yet valid", CertificateProblem.NotYetValid)]
    [InlineData("Hostname mismatch, certificate is not valid for 'mail.example.org'.", CertificateProblem.NameMismatch)]
    [InlineData("EE certificate key too weak", CertificateProblem.Weak)]
    public void A_certificate_that_did_not_pass_is_told_with_its_problem(string reason, CertificateProblem problem)
    {
        var attempt = Reading.AttemptIn($"ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {reason} (_ssl.c:1000)");

        Assert.Equal((FaultKind.CertificateRejected, MailStage.Tls), (attempt.Fault!.Kind, attempt.Fault.Stage));
        Assert.Equal([problem], attempt.Tls!.Problems);
    }

    [Fact]
    public void The_old_words_for_a_wrong_name_are_known() => Assert.Equal(
        [CertificateProblem.NameMismatch],
        Reading.AttemptIn("ssl.CertificateError: hostname 'mail.example.org' doesn't match either of '*.hosting.example', 'hosting.example'").Tls!.Problems);

    [Fact]
    public void Advice_that_mentions_a_self_signed_certificate_reports_none() => Assert.Equal(
        FaultKind.TlsHandshakeFailed,
        Reading.FaultIn("SslHandshakeException: An error occurred while attempting to establish an SSL or TLS connection. The server may use a self-signed certificate.").Kind);

    [Theory]
    [InlineData("[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1007)", "wrong version number", null)]
    [InlineData("[SSL: UNKNOWN_PROTOCOL] unknown protocol (_ssl.c:645)", "unknown protocol", null)]
    [InlineData("[SSL: UNSUPPORTED_PROTOCOL] unsupported protocol (_ssl.c:1007)", "unsupported protocol", null)]
    [InlineData("[SSL: TLSV1_ALERT_PROTOCOL_VERSION] tlsv1 alert protocol version (_ssl.c:1007)", "alert protocol version", 70)]
    [InlineData("[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] sslv3 alert handshake failure (_ssl.c:1007)", "alert handshake failure", 40)]
    [InlineData("[SSL: DH_KEY_TOO_SMALL] dh key too small (_ssl.c:1007)", "dh key too small", null)]
    [InlineData("[SSL: NO_SHARED_CIPHER] no shared cipher (_ssl.c:1007)", "no shared cipher", null)]
    [InlineData("[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required (_ssl.c:2706)", "alert certificate required", 116)]
    [InlineData("error:0A000410:SSL routines::ssl/tls failure:SSL alert number 71", "SSL alert number 71", 71)]
    public void A_handshake_that_failed_is_told_with_the_librarys_reason(string words, string error, int? alert)
    {
        var attempt = Reading.AttemptIn($"ssl.SSLError: {words}");

        Assert.Equal((FaultKind.TlsHandshakeFailed, MailStage.Tls), (attempt.Fault!.Kind, attempt.Fault.Stage));
        Assert.Equal((error, alert), (attempt.Tls!.Error, attempt.Tls.AlertNumber));
    }

    [Theory]
    [InlineData("ssl.SSLEOFError: EOF occurred in violation of protocol (_ssl.c:997)", FaultKind.Disconnected)]
    [InlineData("ssl.SSLEOFError: [SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol (_ssl.c:1007)", FaultKind.Disconnected)]
    [InlineData("socket.timeout: _ssl.c:1112: The handshake operation timed out", FaultKind.ReplyTimedOut)]
    [InlineData("ConnectionAbortedError: SSL handshake is taking longer than 60.0 seconds: aborting the connection", FaultKind.ReplyTimedOut)]
    public void A_peer_that_went_away_in_the_handshake_said_nothing_of_TLS(string text, FaultKind kind)
    {
        var attempt = Reading.AttemptIn(text);

        Assert.Equal((kind, MailStage.Tls), (attempt.Fault!.Kind, attempt.Fault.Stage));
        Assert.Null(attempt.Tls?.AlertNumber);
    }
}
