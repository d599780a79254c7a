using System.Text;
using Sendwright.Settings;

namespace Sendwright.Smtp.Auth;

/// <summary>PLAIN (RFC 4616): <c>[authzid] NUL authcid NUL passwd</c> in one message.</summary>
internal sealed class PlainMechanism(MailCredentials credentials) : SaslMechanism
{
    public const string MechanismName = "PLAIN";

    private bool _isRepeated;

    public override string Name => MechanismName;

    public override byte[] InitialResponse => Encoding.UTF8.GetBytes($"\0{credentials.Username}\0{credentials.Password.Reveal()}");

    // A server that asks although it was told gets the same again, once.
    public override SaslStep Answer(ReadOnlySpan<byte> challenge)
    {
        if (_isRepeated)
            return SaslStep.Cancel();
        _isRepeated = true;
        return SaslStep.Say(InitialResponse);
    }
}
