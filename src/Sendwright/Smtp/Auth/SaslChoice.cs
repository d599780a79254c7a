using Sendwright.Settings;

namespace Sendwright.Smtp.Auth;

/// <summary>Which mechanisms a login may use, best first.</summary>
internal static class SaslChoice
{
    // SCRAM shows the password to nobody and proves the server; PLAIN and LOGIN show it inside TLS; CRAM-MD5 is last because what is heard of it can be guessed at for ever.
    private static readonly string[] ForPassword = [ScramMechanism.Sha256Name, ScramMechanism.Sha1Name, PlainMechanism.MechanismName, LoginMechanism.MechanismName, CramMd5Mechanism.MechanismName];

    // OAUTHBEARER is the standard, and tells the server whom the token is meant for. A provider that documents XOAUTH2 alone has that one tested by its customers every day.
    private static readonly string[] ForToken = [OAuthBearerMechanism.MechanismName, XOAuth2Mechanism.MechanismName];

    private static readonly string[] ForTokenOfProvider = [XOAuth2Mechanism.MechanismName, OAuthBearerMechanism.MechanismName];

    private static readonly string[] ForCertificate = [ExternalMechanism.MechanismName];

    /// <summary>The mechanisms that could carry this login.</summary>
    public static IReadOnlyList<string> Fitting(SmtpSessionOptions options) => options.Credentials switch
    {
        null => ForCertificate,
        { TokenSource: not null } => options.PrefersXOAuth2 ? ForTokenOfProvider : ForToken,
        { Password.IsEmpty: true } when options.HasClientCertificate => ForCertificate,
        { } credentials => ScramMechanism.CanCarry(credentials) ? ForPassword : ForPassword[2..],
    };

    /// <summary>Starts a mechanism.</summary>
    /// <param name="name">One of those that fit.</param>
    /// <param name="options">The login.</param>
    /// <param name="token">The token, for the mechanisms that carry one.</param>
    public static SaslMechanism Create(string name, SmtpSessionOptions options, Secret? token) => name switch
    {
        ScramMechanism.Sha256Name or ScramMechanism.Sha1Name => new ScramMechanism(name, options.Credentials!, options.NewNonce()),
        PlainMechanism.MechanismName => new PlainMechanism(options.Credentials!),
        LoginMechanism.MechanismName => new LoginMechanism(options.Credentials!),
        CramMd5Mechanism.MechanismName => new CramMd5Mechanism(options.Credentials!),
        OAuthBearerMechanism.MechanismName => new OAuthBearerMechanism(options.Credentials!.Username, token!, options.Host, options.Port),
        XOAuth2Mechanism.MechanismName => new XOAuth2Mechanism(options.Credentials!.Username, token!),
        ExternalMechanism.MechanismName => new ExternalMechanism(options.Credentials?.Username ?? ""),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such mechanism here."),
    };
}
