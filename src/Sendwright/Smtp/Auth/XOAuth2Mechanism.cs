using System.Text;
using Sendwright.Settings;

namespace Sendwright.Smtp.Auth;

/// <summary>XOAUTH2, which Google made and Microsoft took over: <c>user=USER ^A auth=Bearer TOKEN ^A ^A</c>. A refusal comes as a challenge, answered by an empty line.</summary>
internal sealed class XOAuth2Mechanism(string username, Secret token) : SaslMechanism
{
    public const string MechanismName = "XOAUTH2";

    private string? _error;

    public override string Name => MechanismName;

    public override byte[] InitialResponse => Encoding.UTF8.GetBytes($"user={username}\u0001auth=Bearer {token.Reveal()}\u0001\u0001");

    public override string? ServerError => _error;

    public override SaslStep Answer(ReadOnlySpan<byte> challenge)
    {
        if (_error is not null)
            return SaslStep.Cancel();
        _error = Encoding.UTF8.GetString(challenge);
        return SaslStep.Say([]);
    }
}
