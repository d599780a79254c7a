using Sendwright.Settings;

namespace Sendwright.Smtp.Auth;

/// <summary>Which mechanisms to try, best first.</summary>
internal static class SaslChoice
{
    /// <summary>The mechanisms this client has, in the order it prefers them.</summary>
    public static IReadOnlyList<string> Supported { get; } = [PlainMechanism.MechanismName, LoginMechanism.MechanismName];

    /// <summary>The mechanisms both sides have, in the client's order.</summary>
    public static IEnumerable<SaslMechanism> Shared(IReadOnlyList<string> offered, MailCredentials credentials) =>
        Supported.Where(offered.Contains).Select(name => Create(name, credentials));

    private static SaslMechanism Create(string name, MailCredentials credentials) => name switch
    {
        PlainMechanism.MechanismName => new PlainMechanism(credentials),
        LoginMechanism.MechanismName => new LoginMechanism(credentials),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such mechanism here."),
    };
}
