using System.Text;

namespace Sendwright.Smtp.Auth;

/// <summary>EXTERNAL (RFC 4422, appendix A): the client certificate that TLS has shown is the proof; all that is said is who to be.</summary>
/// <param name="identity">The identity to act as; empty for the one that the certificate stands for.</param>
internal sealed class ExternalMechanism(string identity) : SaslMechanism
{
    public const string MechanismName = "EXTERNAL";

    private bool _isRepeated;

    public override string Name => MechanismName;

    public override byte[] InitialResponse => Encoding.UTF8.GetBytes(identity);

    // Some servers ask again after an empty identity: RFC 4422 has them ask who does not say it at once.
    public override SaslStep Answer(ReadOnlySpan<byte> challenge)
    {
        if (_isRepeated)
            return SaslStep.Cancel();
        _isRepeated = true;
        return SaslStep.Say(InitialResponse);
    }
}
