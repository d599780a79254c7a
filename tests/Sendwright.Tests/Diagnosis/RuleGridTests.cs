using System.Net;
using Sendwright.Diagnosis;
using Sendwright.Diagnosis.Catalog;
using Sendwright.Evidence;
using Sendwright.Settings;
using static Sendwright.Tests.Diagnosis.Case;

namespace Sendwright.Tests.Diagnosis;

/// <summary>Evidence in, first finding out. Each bad case stands beside its good twin: the same evidence without the fault, which must give no finding.</summary>
public sealed class RuleGridTests
{
    private static readonly SettingsEvidence Login = new() { Host = Host, Port = 587, Security = ConnectionSecurity.StartTls, Username = "ann", Secret = new SecretShape() };

    private static readonly IReadOnlyDictionary<string, (string Code, DiagnosisEvidence Bad, DiagnosisEvidence Good)> Grid = new Dictionary<string, (string, DiagnosisEvidence, DiagnosisEvidence)>
    {
        ["the name does not exist"] = (FaultCodes.DnsNameNotFound, Seen(Ends(MailStage.Dns, FaultKind.NameNotFound)), Seen(Works())),
        ["the resolver fails"] = (FaultCodes.DnsLookupFailed, Seen(Ends(MailStage.Dns, FaultKind.NameLookupFailed)), Seen(Works())),
        ["nothing listens"] = (FaultCodes.ConnectionRefused, Seen(Ends(MailStage.Connect, FaultKind.ConnectionRefused)), Seen(Works())),
        ["nothing listens, another port does"] = (FaultCodes.ConnectionRefused,
            Seen(Ends(MailStage.Connect, FaultKind.ConnectionRefused, port: 588), Works().Experiment()),
            Seen(Works(), Ends(MailStage.Connect, FaultKind.ConnectionRefused, port: 465).Experiment())),
        ["packets are dropped"] = (FaultCodes.ConnectionTimedOut, Seen(Ends(MailStage.Connect, FaultKind.ConnectionTimedOut)), Seen(Works())),
        ["25 is dropped, 587 answers"] = (FaultCodes.Port25Blocked,
            Seen(Ends(MailStage.Connect, FaultKind.ConnectionTimedOut, port: 25), Works().Experiment()),
            Seen(Works(port: 25), Ends(MailStage.Connect, FaultKind.ConnectionTimedOut, port: 587).Experiment())),
        ["25 and every other port are dropped"] = (FaultCodes.ConnectionTimedOut,
            Seen(Ends(MailStage.Connect, FaultKind.ConnectionTimedOut, port: 25), Ends(MailStage.Connect, FaultKind.ConnectionTimedOut).Experiment()),
            Seen(Works(port: 25))),
        ["the proxy refuses"] = (FaultCodes.ProxyFailed,
            Seen(Ends(MailStage.Connect, FaultKind.ProxyFailed) with { Proxy = new ProxyEvidence { Proxy = "http://proxy.example:3128", Status = 403, Answer = "403 Forbidden" } }),
            Seen(Works() with { Proxy = new ProxyEvidence { Proxy = "http://proxy.example:3128", Status = 200 } })),
        ["the address to connect from is not here"] = (FaultCodes.ConfigInvalid,
            Seen(Ends(MailStage.Connect, FaultKind.SettingsUnusable) with
            {
                Fault = new AttemptFault { Stage = MailStage.Connect, Kind = FaultKind.SettingsUnusable, Message = "The address to connect from, 192.0.2.7, is not one of this machine's." },
            }),
            Seen(Works())),
        ["the certificate is none of the pinned ones"] = (FaultCodes.TlsCertificateUntrusted,
            Seen(Ends(MailStage.Tls, FaultKind.CertificateRejected) with { Tls = new TlsEvidence { IsPinned = false, Problems = [CertificateProblem.NotPinned, CertificateProblem.Expired] } }),
            Seen(Works() with { Tls = new TlsEvidence { Established = true, IsPinned = true, Problems = [CertificateProblem.Expired] } })),
        ["no route"] = (FaultCodes.NetworkUnreachable, Seen(Ends(MailStage.Connect, FaultKind.NetworkUnreachable)), Seen(Works())),
        ["no route to an address of IPv6 alone"] = (FaultCodes.Ipv6Broken,
            Seen(Ends(MailStage.Connect, FaultKind.NetworkUnreachable) with { Addresses = [new AddressTry(IPAddress.Parse("2001:db8::1"), 587, FaultKind.NetworkUnreachable, TimeSpan.Zero, "Network is unreachable")] }),
            Seen(Works() with { Addresses = [new AddressTry(IPAddress.Parse("2001:db8::1"), 587, null, TimeSpan.Zero, null)] })),
        ["the connection is reset before the greeting"] = (FaultCodes.ConnectionReset, Seen(Ends(MailStage.Greeting, FaultKind.ConnectionReset)), Seen(Works())),
        ["closed before the greeting on a port that wants TLS first"] = (FaultCodes.TlsModePlainOnImplicitPort,
            Seen(Ends(MailStage.Greeting, FaultKind.Disconnected), Works(security: ConnectionSecurity.Implicit).Experiment()),
            Seen(Works(security: ConnectionSecurity.Implicit))),
        ["silence, and TLS works there"] = (FaultCodes.TlsModePlainOnImplicitPort,
            Seen(Ends(MailStage.Greeting, FaultKind.ReplyTimedOut, port: 2465), Works(2465, ConnectionSecurity.Implicit).Experiment()),
            Seen(Works(2465, ConnectionSecurity.Implicit))),
        ["silence on 465, nothing else looked at"] = (FaultCodes.TlsModePlainOnImplicitPort, Seen(Ends(MailStage.Greeting, FaultKind.ReplyTimedOut, port: 465)), Seen(Works(465, ConnectionSecurity.Implicit))),
        ["silence on 465, and to TLS too"] = (FaultCodes.BannerTimeout,
            Seen(Ends(MailStage.Greeting, FaultKind.ReplyTimedOut, port: 465), Ends(MailStage.Tls, FaultKind.ReplyTimedOut, port: 465, security: ConnectionSecurity.Implicit).Experiment()),
            Seen(Works(465, ConnectionSecurity.Implicit))),
        ["silence"] = (FaultCodes.BannerTimeout, Seen(Ends(MailStage.Greeting, FaultKind.ReplyTimedOut)), Seen(Works())),
        ["silence to TLS and to clear text"] = (FaultCodes.BannerTimeout,
            Seen(Ends(MailStage.Tls, FaultKind.ReplyTimedOut, security: ConnectionSecurity.Implicit), Ends(MailStage.Greeting, FaultKind.ReplyTimedOut).Experiment()),
            Seen(Works(security: ConnectionSecurity.Implicit))),
        ["a web server answers when spoken to"] = (FaultCodes.NotAnSmtpServer,
            Seen(Ends(MailStage.Greeting, FaultKind.ReplyTimedOut), Ends(MailStage.Greeting, FaultKind.NotSmtp, text: "HTTP/1.1 400 Bad Request").Experiment()),
            Seen(Works(), Ends(MailStage.Greeting, FaultKind.NotSmtp, text: "HTTP/1.1 400 Bad Request", port: 80).Experiment())),
        ["a web server answers the TLS handshake"] = (FaultCodes.NotAnSmtpServer,
            Seen(Ends(MailStage.Tls, FaultKind.TlsHandshakeFailed, text: "HTTP/1.1 400 Bad Request", security: ConnectionSecurity.Implicit)), Seen(Works(security: ConnectionSecurity.Implicit))),
        ["an IMAP server greets"] = (FaultCodes.NotAnSmtpServer, Seen(Ends(MailStage.Greeting, FaultKind.NotSmtp, text: "* OK IMAP4rev1 ready")), Seen(Works())),
        ["554 for a greeting"] = (FaultCodes.ServerRejectsClient, Seen(Says(MailStage.Greeting, 554, "No SMTP service here")), Seen(Works())),
        ["554 for a greeting, with a block list's name"] = (FaultCodes.IpBlocked, Seen(Says(MailStage.Greeting, 554, "5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org")), Seen(Works())),
        ["421 for a greeting"] = (FaultCodes.ServerBusy, Seen(Says(MailStage.Greeting, 421, "4.3.2 try later")), Seen(Works())),
        ["the EHLO name is refused"] = (FaultCodes.HeloRejected, Seen(Says(MailStage.Hello, 550, "5.7.1 invalid host name")), Seen(Works())),
        ["TLS at once on a port that greets in clear"] = (FaultCodes.TlsModeImplicitOnStartTlsPort,
            Seen(Ends(MailStage.Tls, FaultKind.TlsHandshakeFailed, security: ConnectionSecurity.Implicit) with { Tls = new TlsEvidence { PlaintextAnswer = "220 mail.example.com ESMTP" } }),
            Seen(Works())),
        ["wrong version number, and no more is known"] = (FaultCodes.TlsModeImplicitOnStartTlsPort,
            Seen(Ends(MailStage.Tls, FaultKind.TlsHandshakeFailed) with { Source = FactSource.Reported, Security = null, Tls = new TlsEvidence { Error = "[SSL: WRONG_VERSION_NUMBER] wrong version number" } }),
            Seen(Works())),
        ["the handshake breaks off, and STARTTLS works there"] = (FaultCodes.TlsModeImplicitOnStartTlsPort,
            Seen(Ends(MailStage.Tls, FaultKind.Disconnected, security: ConnectionSecurity.Implicit), Works().Experiment()), Seen(Works())),
        ["no STARTTLS"] = (FaultCodes.StartTlsNotOffered, Seen(Ends(MailStage.Tls, FaultKind.StartTlsNotOffered) with { CapabilitiesBeforeTls = Offer("SIZE") }), Seen(Works())),
        ["STARTTLS masked by a firewall"] = (FaultCodes.StartTlsStripped, Seen(Ends(MailStage.Tls, FaultKind.StartTlsNotOffered) with { CapabilitiesBeforeTls = Offer("XXXXXXXA") }), Seen(Works())),
        ["STARTTLS refused"] = (FaultCodes.StartTlsFailed, Seen(Says(MailStage.Tls, 454, "4.7.0 TLS not available")), Seen(Works())),
        ["alert 70"] = (FaultCodes.TlsProtocolVersion, Seen(Ends(MailStage.Tls, FaultKind.TlsHandshakeFailed) with { Tls = new TlsEvidence { AlertNumber = 70 } }), Seen(Works())),
        ["alert 40"] = (FaultCodes.TlsCipherMismatch, Seen(Ends(MailStage.Tls, FaultKind.TlsHandshakeFailed) with { Tls = new TlsEvidence { AlertNumber = 40 } }), Seen(Works())),
        ["a client certificate missed in words"] = (FaultCodes.TlsClientCertificateRequired, Seen(Says(MailStage.Hello, 421, "4.7.1 mail.example.com Error: No client certificate presented")), Seen(Works())),
        ["alert 116 behind the handshake"] = (FaultCodes.TlsClientCertificateRequired,
            Seen(Ends(MailStage.Greeting, FaultKind.TlsHandshakeFailed) with
            {
                Tls = new TlsEvidence { Established = true, ClientCertificateRequested = true },
                Fault = new AttemptFault { Stage = MailStage.Greeting, Kind = FaultKind.TlsHandshakeFailed, Message = "The connection failed.", TlsAlert = 116 },
            }),
            Seen(Works() with { Tls = new TlsEvidence { Established = true, ClientCertificateRequested = true } })),
        ["alert 116"] = (FaultCodes.TlsClientCertificateRequired, Seen(Ends(MailStage.Tls, FaultKind.TlsHandshakeFailed) with { Tls = new TlsEvidence { AlertNumber = 116, ClientCertificateRequested = true } }),
            Seen(Works() with { Tls = new TlsEvidence { Established = true, ClientCertificateRequested = true } })),
        ["expired"] = Certificate(FaultCodes.TlsCertificateExpired, CertificateProblem.Expired),
        ["not yet valid"] = Certificate(FaultCodes.TlsCertificateNotYetValid, CertificateProblem.NotYetValid),
        ["self-signed"] = Certificate(FaultCodes.TlsCertificateUntrusted, CertificateProblem.SelfSigned),
        ["a private CA"] = Certificate(FaultCodes.TlsCertificateUntrusted, CertificateProblem.UntrustedRoot),
        ["an intermediate is missing"] = Certificate(FaultCodes.TlsCertificateIncompleteChain, CertificateProblem.IncompleteChain),
        ["another name"] = Certificate(FaultCodes.TlsCertificateNameMismatch, CertificateProblem.NameMismatch),
        ["a well-known provider with a self-signed certificate"] = (FaultCodes.ProxyOrAntivirusInterception,
            Seen(Ends(MailStage.Tls, FaultKind.CertificateRejected) with { Host = "smtp.gmail.com", Tls = new TlsEvidence { Problems = [CertificateProblem.SelfSigned] } }), Seen(Works() with { Host = "smtp.gmail.com" })),
        ["535"] = (FaultCodes.AuthBadCredentials, Seen(Says(MailStage.Auth, 535, "5.7.8 authentication failed")).With(Login), Seen(Works()).With(Login)),
        ["535 and a stray blank in the secret"] = (FaultCodes.SecretHasWhitespace,
            Seen(Says(MailStage.Auth, 535, "5.7.8 authentication failed")).With(Login with { Secret = SecretShape.Of("abc ") }),
            Seen(Works()).With(Login with { Secret = SecretShape.Of("abc ") })),
        ["app password wanted"] = (FaultCodes.AuthAppPasswordRequired, Seen(Says(MailStage.Auth, 534, "5.7.9 Application-specific password required.")), Seen(Works())),
        ["password login switched off"] = (FaultCodes.AuthBasicDisabled, Seen(Says(MailStage.Auth, 535, "5.7.139 Authentication unsuccessful, basic authentication is disabled.")), Seen(Works())),
        ["only tokens taken"] = (FaultCodes.AuthBasicDisabled, Seen(Ends(MailStage.Auth, FaultKind.NoSharedMechanism) with { CapabilitiesAfterTls = Offer("AUTH XOAUTH2") }), Seen(Works())),
        ["no mechanism in common"] = (FaultCodes.AuthMechanismUnsupported, Seen(Ends(MailStage.Auth, FaultKind.NoSharedMechanism) with { CapabilitiesAfterTls = Offer("AUTH NTLM GSSAPI") }), Seen(Works())),
        ["only tokens taken, and a token is there"] = (FaultCodes.AuthMechanismUnsupported, Seen(Ends(MailStage.Auth, FaultKind.NoSharedMechanism) with { CapabilitiesAfterTls = Offer("AUTH PLAIN") }), Seen(Works())),
        ["535 to a token"] = (FaultCodes.AuthBadCredentials, Seen(Says(MailStage.Auth, 535, "5.7.3 Authentication unsuccessful") with { Auth = new AuthEvidence { Mechanism = "XOAUTH2", Accepted = false } }).With(Login), Seen(Works()).With(Login)),
        ["no token"] = (FaultCodes.TokenUnavailable, Seen(Ends(MailStage.Auth, FaultKind.TokenUnavailable)), Seen(Works())),
        ["a server that cannot prove itself"] = (FaultCodes.AuthServerNotProven, Seen(Ends(MailStage.Auth, FaultKind.ServerNotProven)), Seen(Works())),
        ["no AUTH"] = (FaultCodes.AuthNotOffered, Seen(Ends(MailStage.Auth, FaultKind.AuthNotOffered) with { CapabilitiesAfterTls = Offer("SIZE") }), Seen(Works())),
        ["a login without TLS beyond loopback"] = (FaultCodes.ConfigConflict, Seen(Ends(MailStage.Auth, FaultKind.UnsafeLoginRefused, security: ConnectionSecurity.None)), Seen(Works(security: ConnectionSecurity.None))),
        ["locked"] = (FaultCodes.AuthAccountLocked, Seen(Says(MailStage.Auth, 534, "5.7.14 Please log in via your web browser and then try again.")), Seen(Works())),
        ["454 to a login"] = (FaultCodes.AuthTemporaryFailure, Seen(Says(MailStage.Auth, 454, "4.7.0 Temporary authentication failure")), Seen(Works())),
        ["530 to MAIL"] = (FaultCodes.AuthRequired, Seen(Says(MailStage.Sender, 530, "5.7.0 Authentication Required.")), Seen(Works())),
        ["530 until STARTTLS"] = (FaultCodes.StartTlsRequired, Seen(Says(MailStage.Sender, 530, "5.7.0 Must issue a STARTTLS command first.")), Seen(Works())),
        ["sender not owned"] = (FaultCodes.SenderNotAllowed, Seen(Says(MailStage.Sender, 553, "5.7.1 <ann@example.com>: Sender address rejected: not owned by user bob")), Seen(Works())),
        ["sender not verified"] = (FaultCodes.SenderNotVerified, Seen(Says(MailStage.EndOfData, 554, "Message rejected: Email address is not verified.")), Seen(Works())),
        ["relay denied"] = (FaultCodes.RelayDenied, Seen(Says(MailStage.Recipient, 554, "5.7.1 <bob@example.net>: Relay access denied")), Seen(Works())),
        ["unknown user"] = (FaultCodes.RecipientRejected, Seen(Says(MailStage.Recipient, 550, "5.1.1 <bob@example.net>: Recipient address rejected: User unknown")), Seen(Works())),
        ["a word that only contains a telling one"] = (FaultCodes.RecipientRejected, Seen(Says(MailStage.Recipient, 550, "garbled in the middle")), Seen(Works())),
        ["550 and nothing else"] = (FaultCodes.RecipientRejected, Seen(Says(MailStage.Recipient, 550, "no")), Seen(Works())),
        ["bad recipient syntax"] = (FaultCodes.RecipientSyntax, Seen(Says(MailStage.Recipient, 501, "5.1.3 Bad recipient address syntax")), Seen(Works())),
        ["mailbox full"] = (FaultCodes.MailboxFull, Seen(Says(MailStage.Recipient, 452, "4.2.2 The email account is over quota")), Seen(Works())),
        ["too many recipients"] = (FaultCodes.TooManyRecipients, Seen(Says(MailStage.Recipient, 452, "4.5.3 Too many recipients")), Seen(Works())),
        ["greylisted"] = (FaultCodes.Greylisted, Seen(Says(MailStage.Recipient, 451, "4.7.1 Greylisted, try again")), Seen(Works())),
        ["too fast"] = (FaultCodes.RateLimited, Seen(Says(MailStage.Sender, 454, "Throttling failure: Maximum sending rate exceeded.")), Seen(Works())),
        ["daily quota"] = (FaultCodes.QuotaExceeded, Seen(Says(MailStage.Sender, 550, "5.4.5 Daily user sending limit exceeded.")), Seen(Works())),
        ["too large, said the server"] = (FaultCodes.MessageTooLarge, Seen(Says(MailStage.Sender, 552, "5.3.4 Message size exceeds fixed limit")), Seen(Works())),
        ["too large for SIZE"] = (FaultCodes.MessageTooLarge, Seen(Ends(MailStage.Sender, FaultKind.LargerThanAnnouncedSize)), Seen(Works())),
        ["spam"] = (FaultCodes.ContentRejected, Seen(Says(MailStage.EndOfData, 554, "5.7.1 Message rejected as spam")), Seen(Works())),
        ["DMARC"] = (FaultCodes.SenderDomainPolicy, Seen(Says(MailStage.EndOfData, 550, "5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy.")), Seen(Works())),
        ["a bare LF"] = (FaultCodes.BareNewline, Seen(Says(MailStage.EndOfData, 521, "5.5.2 mail.example.com Error: bare <LF> received")), Seen(Works())),
        ["a line too long"] = (FaultCodes.ProtocolLineTooLong, Seen(Says(MailStage.EndOfData, 550, "maximum allowed line length is 998 octets, got 4000")), Seen(Works())),
        ["SMTPUTF8 missing"] = (FaultCodes.SmtpUtf8Unsupported, Seen(Ends(MailStage.Sender, FaultKind.SmtpUtf8NotOffered)), Seen(Works())),
        ["8BITMIME missing"] = (FaultCodes.EightBitMimeUnsupported, Seen(Ends(MailStage.Sender, FaultKind.EightBitMimeNotOffered)), Seen(Works())),
        ["content with a bare line end, stopped here"] = (FaultCodes.BareNewline, Seen(Ends(MailStage.Data, FaultKind.ContentNotCanonical)), Seen(Works())),
        ["content that could not be read"] = (FaultCodes.ContentUnreadable, Seen(Ends(MailStage.Data, FaultKind.ContentUnreadable)), Seen(Works())),
        ["content that changed while it was sent"] = (FaultCodes.ContentChanged, Seen(Ends(MailStage.Data, FaultKind.ContentChanged)), Seen(Works())),
        ["closed in the middle"] = (FaultCodes.ServerDisconnected, Seen(Ends(MailStage.Sender, FaultKind.Disconnected)), Seen(Works())),
        ["no reply to MAIL"] = (FaultCodes.ReplyTimeout, Seen(Ends(MailStage.Sender, FaultKind.ReplyTimedOut)), Seen(Works())),
        ["no reply to the final dot"] = (FaultCodes.OutcomeUnknown, Seen(Ends(MailStage.EndOfData, FaultKind.OutcomeUnknown)), Seen(Works())),
        ["out of protocol"] = (FaultCodes.ProtocolViolation, Seen(Ends(MailStage.Hello, FaultKind.ProtocolViolation)), Seen(Works())),
        ["bytes behind STARTTLS"] = (FaultCodes.ProtocolViolation, Seen(Ends(MailStage.Tls, FaultKind.InjectedBeforeTls)), Seen(Works())),
        ["a port that is no number"] = (FaultCodes.ConfigInvalid, new DiagnosisEvidence().With(Login with { Problems = [Problem(FaultCodes.ConfigInvalid)] }), Seen(Works()).With(Login)),
        ["a user name of the wrong form, and 535"] = (FaultCodes.AuthUsernameFormat,
            Seen(Says(MailStage.Auth, 535, "5.7.8 bad")).With(Login with { Problems = [Problem(FaultCodes.AuthUsernameFormat) with { IsBlocking = false }] }),
            Seen(Works()).With(Login with { Problems = [Problem(FaultCodes.AuthUsernameFormat) with { IsBlocking = false }] })),
    };

    public static TheoryData<string> Cases => [.. Grid.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_cause_is_the_first_finding(string name)
    {
        var (code, bad, _) = Grid[name];

        var report = Diagnostician.Diagnose(bad);

        Assert.Equal(Verdict.Fault, report.Verdict);
        Assert.Equal(code, report.Findings[0].Code);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_good_twin_has_no_finding(string name)
    {
        var report = Diagnostician.Diagnose(Grid[name].Good);

        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Healthy, report.Verdict);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_finding_has_evidence_a_fix_and_whole_sentences(string name)
    {
        foreach (var finding in Diagnostician.Diagnose(Grid[name].Bad).Findings)
        {
            Assert.NotEmpty(finding.Evidence);
            Assert.NotEmpty(finding.Fixes);
            Assert.All(finding.Fixes, fix => Assert.False(string.IsNullOrWhiteSpace(fix.Text)));
            Assert.Matches(@"[.)]$", finding.Title);
            Assert.False(string.IsNullOrWhiteSpace(finding.Explanation));
        }
    }

    [Fact]
    public void Every_fault_code_has_a_catalogue_entry()
    {
        var codes = typeof(FaultCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.Empty(codes.Except(FindingCatalog.Codes));
    }

    [Fact]
    public void A_fault_that_no_rule_knows_is_undecided_and_says_what_would_decide()
    {
        var report = Diagnostician.Diagnose(Seen(Ends(MailStage.Hello, FaultKind.Other)));

        Assert.Equal(Verdict.Undecided, report.Verdict);
        Assert.Contains("sendwright doctor --host mail.example.com --port 587", Assert.Single(report.UndecidedBetween).DecidedBy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_shows_no_fault_proves_no_health()
    {
        Assert.Equal(Verdict.Undecided, Diagnostician.Diagnose(Seen(Works() with { Source = FactSource.Reported })).Verdict);
    }

    [Fact]
    public void Fixes_speak_in_the_names_of_the_settings_in_use()
    {
        var vocabulary = new SettingsVocabulary
        {
            Framework = "fastapi-mail",
            Names = new Dictionary<SettingKey, string> { [SettingKey.Port] = "MAIL_PORT" },
            SecurityValues = new Dictionary<ConnectionSecurity, IReadOnlyList<SettingChange>> { [ConnectionSecurity.StartTls] = [new("MAIL_STARTTLS", "True"), new("MAIL_SSL_TLS", "False")] },
        };
        var evidence = Grid["TLS at once on a port that greets in clear"].Bad.With(Login with { Vocabulary = vocabulary });

        var report = Diagnostician.Diagnose(evidence);

        Assert.Equal([new SettingChange("MAIL_STARTTLS", "True"), new SettingChange("MAIL_SSL_TLS", "False")], report.SuggestedSettings);
        Assert.Contains("MAIL_STARTTLS=True", report.Findings[0].Fixes[0].Text, StringComparison.Ordinal);
    }

    private static (string Code, DiagnosisEvidence Bad, DiagnosisEvidence Good) Certificate(string code, CertificateProblem problem) =>
        (code, Seen(Ends(MailStage.Tls, FaultKind.CertificateRejected) with { Tls = new TlsEvidence { TargetName = Host, Problems = [problem] } }), Seen(Works()));

    private static SettingProblem Problem(string code) => new() { Code = code, Key = SettingKey.Port, Name = "MAIL_PORT", Value = "abc", Why = "It is no number.", Fix = "Set it to 587." };
}
