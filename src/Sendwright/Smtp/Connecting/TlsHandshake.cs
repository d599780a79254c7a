using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;

namespace Sendwright.Smtp.Connecting;

/// <summary>Puts TLS on a connection and records what it saw, whether it works or not.</summary>
internal static class TlsHandshake
{
    // RFC 8446, 6.2.
    private const int ProtocolVersionAlert = 70;

    /// <exception cref="SmtpSessionException">The handshake failed or the certificate did not pass.</exception>
    public static async Task<SslStream> RunAsync(Stream inner, TlsParameters parameters, SessionTime time, AttemptRecorder recorder)
    {
        var watch = new PlaintextWatch(inner);
        var scanner = new HandshakeScanner();
        watch.Show(scanner);
        var stream = new SslStream(watch, leaveInnerStreamOpen: false);
        var seen = new TlsEvidence { TargetName = parameters.TargetName, CertificateChecked = parameters.ChecksCertificate, MinimumProtocol = NameOf(parameters.MinimumVersion) };
        var now = time.Clock.GetUtcNow();
        try
        {
            await time.LimitAsync(time.Timeouts.Command, MailStage.Tls, "end of the TLS handshake", async token =>
            {
                await stream.AuthenticateAsClientAsync(Options(), token).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
            watch.Show(null);
            seen = seen with
            {
                Established = true,
                Protocol = NameOf(stream.SslProtocol),
                CipherSuite = stream.NegotiatedCipherSuite.ToString(),
                ClientCertificateRequested = WasAsked(scanner, Finished),
                Resumed = scanner.IsResumed,
            };
            if (IsOlder(stream.SslProtocol, parameters.MinimumVersion))
                throw TooOld(seen with { Established = false }, recorder);
            recorder.Tls(seen);
            return stream;
        }
        catch (SmtpSessionException e) when (e.Fault.Kind == FaultKind.TlsHandshakeFailed)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        catch (Exception e)
        {
            // A certificate that we refuse is answered by an alert of ours, which is encrypted too.
            var fault = Explain(e, seen with { Resumed = scanner.IsResumed }, watch, WasAsked(scanner, Finished + 1), out seen);
            recorder.Tls(seen);
            await stream.DisposeAsync().ConfigureAwait(false);
            throw fault is null ? e : new SmtpSessionException(fault, e);
        }

        // A LocalCertificateSelectionCallback would tell whether the server asks for a certificate, and would cost the resumption of sessions: .NET keeps none with it.
        SslClientAuthenticationOptions Options() => new()
        {
            TargetHost = parameters.TargetName,
            // What the system has, but nothing before TLS 1.2 stays in use, see below. Naming both would fail on a system that lacks TLS 1.3.
            EnabledSslProtocols = parameters.MinimumVersion == TlsVersion.Tls13 ? SslProtocols.Tls13 : SslProtocols.None,
            ClientCertificateContext = parameters.ClientCertificate,
            AllowTlsResume = parameters.AllowsResumption,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = Policy(parameters, now),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                var leaf = certificate as X509Certificate2;
                seen = seen with { Chain = CertificateJudge.Describe(leaf, chain), Problems = CertificateJudge.Judge(leaf, chain, errors, now), JudgedAt = now };
                if (parameters.PinnedCertificates.Count > 0)
                    seen = Pinned(seen, parameters.PinnedCertificates);
                return seen.ProvesServer || !parameters.ChecksCertificate;
            },
        };
    }

    // In TLS 1.3 the records of our side of the handshake, where no certificate was asked for.
    private const int Finished = 1;

    private static bool WasAsked(HandshakeScanner scanner, int expectedRecords) => scanner.SawCertificateRequest || (scanner.IsTls13 && scanner.SentEncrypted > expectedRecords);

    private static TlsEvidence Pinned(TlsEvidence seen, IReadOnlyList<string> pins)
    {
        var isPinned = seen.Chain is [{ Sha256: { } fingerprint }, ..] && pins.Contains(fingerprint);
        return seen with { IsPinned = isPinned, Problems = isPinned ? seen.Problems : [CertificateProblem.NotPinned, .. seen.Problems] };
    }

    private static bool IsOlder(SslProtocols protocol, TlsVersion least) => protocol != SslProtocols.Tls13 && (least == TlsVersion.Tls13 || protocol != SslProtocols.Tls12);

    private static SmtpSessionException TooOld(TlsEvidence seen, AttemptRecorder recorder)
    {
        seen = seen with { Error = $"unsupported protocol: {seen.Protocol}" };
        recorder.Tls(seen);
        return new SmtpSessionException(new AttemptFault
        {
            Stage = MailStage.Tls,
            Kind = FaultKind.TlsHandshakeFailed,
            Message = $"The server agreed to {seen.Protocol}, and the settings accept {seen.MinimumProtocol} at least.",
        });
    }

    private static X509ChainPolicy Policy(TlsParameters parameters, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            // A fetched intermediate is cached on disk and would hide the server's fault from then on.
            DisableCertificateDownloads = true,
            VerificationTime = now.UtcDateTime,
            VerificationTimeIgnored = false,
        };
        if (parameters.Roots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    private static AttemptFault? Explain(Exception exception, TlsEvidence before, PlaintextWatch watch, bool asked, out TlsEvidence seen)
    {
        seen = before with { ClientCertificateRequested = asked };
        if (exception is SmtpSessionException)
            return null;
        var error = StreamFault.Innermost(exception).Message;
        seen = seen with
        {
            Error = error,
            AlertNumber = TlsAlert.Find(exception),
            PlaintextAnswer = watch.SawPlaintext ? SmtpReplyParser.Excerpt(watch.ClearText) : null,
        };
        var fault = new AttemptFault { Stage = MailStage.Tls, Kind = FaultKind.TlsHandshakeFailed, Message = "", ExceptionType = exception.GetType().Name };
        if (!seen.ProvesServer && before.CertificateChecked)
        {
            if (seen.IsPinned == false)
                return fault with { Kind = FaultKind.CertificateRejected, Message = $"The server's certificate is none of the pinned ones: its SHA-256 fingerprint is {FingerprintOf(seen)}." };
            return fault with
            {
                Kind = FaultKind.CertificateRejected,
                Message = $"The server's certificate does not pass for {seen.TargetName}: {string.Join(", ", seen.Problems.Select(Words))}.",
            };
        }

        if (seen.PlaintextAnswer is { } answer)
            return fault with { UnexpectedText = answer, Message = $"The server answered the TLS handshake in clear text: \"{answer}\"." };
        if (seen.AlertNumber == ProtocolVersionAlert)
            return fault with { Message = $"The server has no TLS version that the settings accept: {seen.MinimumProtocol} or later (it ended the handshake with alert {seen.AlertNumber})." };
        if (exception is AuthenticationException || seen.AlertNumber is not null)
            return fault with { Message = seen.AlertNumber is { } alert ? $"The server ended the TLS handshake with alert {alert}." : $"The TLS handshake failed: {error}" };
        var stream = StreamFault.Describe(exception, MailStage.Tls, null);
        return stream with { Message = stream.Message.Replace("in the stage tls", "during the TLS handshake", StringComparison.Ordinal) };
    }

    private static string FingerprintOf(TlsEvidence seen) => seen.Chain is [{ Sha256: { } fingerprint }, ..] ? FingerprintText.Shown(fingerprint) : "unknown, as it sent none";

    private static string Words(CertificateProblem problem) => problem switch
    {
        CertificateProblem.Expired => "it has expired",
        CertificateProblem.NotYetValid => "it is not valid yet",
        CertificateProblem.NameMismatch => "it is for other names",
        CertificateProblem.SelfSigned => "it is self-signed",
        CertificateProblem.UntrustedRoot => "its issuer is not trusted here",
        CertificateProblem.IncompleteChain => "an intermediate certificate is missing",
        CertificateProblem.Revoked => "it was revoked",
        CertificateProblem.Weak => "it is too weak",
        CertificateProblem.Missing => "there is none",
        CertificateProblem.NotPinned => "it is none of the pinned ones",
        _ => "this machine rejects it",
    };

    private static string NameOf(TlsVersion version) => version == TlsVersion.Tls13 ? "TLS 1.3" : "TLS 1.2";

    private static string NameOf(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.Tls13 => "TLS 1.3",
        _ => protocol.ToString(),
    };
}
