using Sendwright.Evidence;

namespace Sendwright.Diagnosis.Rules;

/// <summary>From evidence to the causes it speaks for. Pure: no I/O, no clock, no state.</summary>
internal delegate IEnumerable<Candidate> Rule(DiagnosisEvidence evidence);

/// <summary>Every rule there is.</summary>
internal static class RuleBook
{
    /// <summary>The rules in the order of the stages they look at. The order decides nothing: ranking does.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        SettingsRules.Problems,
        SettingsRules.StrayEndOfSecret,
        SettingsRules.UnsafeLogin,
        SettingsRules.Unusable,
        LookupRules.NameNotFound,
        LookupRules.LookupFailed,
        ConnectRules.Refused,
        ConnectRules.TimedOut,
        ConnectRules.Unreachable,
        ConnectRules.Reset,
        ConnectRules.Proxy,
        ConnectRules.BrokenIPv6,
        GreetingRules.OtherProtocol,
        GreetingRules.Silence,
        GreetingRules.BrokenGreeting,
        TlsRules.ImplicitOnClearPort,
        TlsRules.StartTlsMissing,
        TlsRules.StartTlsFailed,
        TlsRules.Handshake,
        TlsRules.SilentHandshake,
        CertificateRules.Rejected,
        CertificateRules.UncheckedProblem,
        AuthRules.NotOffered,
        AuthRules.NoSharedMechanism,
        AuthRules.NoToken,
        AuthRules.ServerNotProven,
        ReplyRules.Refused,
        SessionRules.Ended,
        SessionRules.MissingExtension,
        SessionRules.Statements,
    ];
}
