using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;

namespace Sendwright.Smtp.Connecting;

/// <summary>Puts TLS on a connection and records what it saw, whether it works or not.</summary>
internal static class TlsHandshake
{
    /// <exception cref="SmtpSessionException">The handshake failed or the certificate did not pass.</exception>
    public static async Task<SslStream> RunAsync(Stream inner, TlsParameters parameters, SessionTime time, AttemptRecorder recorder)
    {
        var watch = new PlaintextWatch(inner);
        var stream = new SslStream(watch, leaveInnerStreamOpen: false);
        var seen = new TlsEvidence { TargetName = parameters.TargetName, CertificateChecked = parameters.ChecksCertificate };
        var now = time.Clock.GetUtcNow();
        var selections = 0;
        try
        {
            await time.LimitAsync(time.Timeouts.Command, MailStage.Tls, "end of the TLS handshake", async token =>
            {
                await stream.AuthenticateAsClientAsync(Options(), token).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
            seen = seen with
            {
                Established = true,
                Protocol = NameOf(stream.SslProtocol),
                CipherSuite = stream.NegotiatedCipherSuite.ToString(),
                ClientCertificateRequested = selections > 1,
            };
            recorder.Tls(seen);
            return stream;
        }
        catch (Exception e)
        {
            var fault = Explain(e, seen, watch, selections > 1, out seen);
            recorder.Tls(seen);
            await stream.DisposeAsync().ConfigureAwait(false);
            throw fault is null ? e : new SmtpSessionException(fault, e);
        }

        SslClientAuthenticationOptions Options() => new()
        {
            TargetHost = parameters.TargetName,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = Policy(parameters, now),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                var leaf = certificate as X509Certificate2;
                seen = seen with { Chain = CertificateJudge.Describe(leaf, chain), Problems = CertificateJudge.Judge(leaf, chain, errors, now), JudgedAt = now };
                return seen.Problems.Count == 0 || !parameters.ChecksCertificate;
            },
            // Called once before the server has spoken; a second call means that it asked.
            LocalCertificateSelectionCallback = (_, _, _, _, _) =>
            {
                selections++;
                return null!;
            },
        };
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
        if (seen.Problems.Count > 0 && before.CertificateChecked)
        {
            return fault with
            {
                Kind = FaultKind.CertificateRejected,
                Message = $"The server's certificate does not pass for {seen.TargetName}: {string.Join(", ", seen.Problems.Select(Words))}.",
            };
        }

        if (seen.PlaintextAnswer is { } answer)
            return fault with { UnexpectedText = answer, Message = $"The server answered the TLS handshake in clear text: \"{answer}\"." };
        if (exception is AuthenticationException || seen.AlertNumber is not null)
            return fault with { Message = seen.AlertNumber is { } alert ? $"The server ended the TLS handshake with alert {alert}." : $"The TLS handshake failed: {error}" };
        var stream = StreamFault.Describe(exception, MailStage.Tls, null);
        return stream with { Message = stream.Message.Replace("in the stage tls", "during the TLS handshake", StringComparison.Ordinal) };
    }

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
        _ => "this machine rejects it",
    };

    private static string NameOf(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.Tls13 => "TLS 1.3",
        _ => protocol.ToString(),
    };
}
