using System.Globalization;
using System.Text;
using Sendwright.Settings;

namespace Sendwright.Smtp.Auth;

/// <summary>OAUTHBEARER (RFC 7628, 3.1): the user, the server that the token is meant for, and the token. A refusal comes as a challenge, answered by one octet, 0x01.</summary>
internal sealed class OAuthBearerMechanism(string username, Secret token, string host, int port) : SaslMechanism
{
    public const string MechanismName = "OAUTHBEARER";

    private const byte Separator = 0x01;

    private string? _error;

    public override string Name => MechanismName;

    // client-resp = gs2-header kvsep *kvpair kvsep
    public override byte[] InitialResponse => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"n,a={SaslName.Escape(username)},\u0001host={host}\u0001port={port}\u0001auth=Bearer {token.Reveal()}\u0001\u0001"));

    public override string? ServerError => _error;

    public override SaslStep Answer(ReadOnlySpan<byte> challenge)
    {
        if (_error is not null)
            return SaslStep.Cancel();
        _error = Encoding.UTF8.GetString(challenge);
        return SaslStep.Say([Separator]);
    }
}
