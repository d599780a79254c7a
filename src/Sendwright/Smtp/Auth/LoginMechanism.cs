using System.Text;
using Sendwright.Settings;

namespace Sendwright.Smtp.Auth;

/// <summary>LOGIN (draft-murchison-sasl-login): the user name, then the secret, each asked for. The wording of the questions is not reliable; their order is.</summary>
internal sealed class LoginMechanism(MailCredentials credentials) : SaslMechanism
{
    public const string MechanismName = "LOGIN";

    private int _answers;

    public override string Name => MechanismName;

    public override SaslStep Answer(ReadOnlySpan<byte> challenge) => _answers++ switch
    {
        0 => SaslStep.Say(Encoding.UTF8.GetBytes(credentials.Username)),
        1 => SaslStep.Say(Encoding.UTF8.GetBytes(credentials.Password.Reveal())),
        _ => SaslStep.Cancel(),
    };
}
