using System.Security.Cryptography;
using System.Text;
using Sendwright.Settings;

namespace Sendwright.Smtp.Auth;

/// <summary>
/// CRAM-MD5 (RFC 2195): <c>user SP hex(HMAC-MD5(secret, challenge))</c>. The secret stays here, but what is heard can be guessed at, and the server must keep the secret
/// itself; inside TLS it is no better than PLAIN, so it comes last.
/// </summary>
internal sealed class CramMd5Mechanism(MailCredentials credentials) : SaslMechanism
{
    public const string MechanismName = "CRAM-MD5";

    private bool _isAnswered;

    public override string Name => MechanismName;

    public override SaslStep Answer(ReadOnlySpan<byte> challenge)
    {
        if (_isAnswered)
            return SaslStep.Cancel();
        if (challenge.IsEmpty)
            return SaslStep.Cancel("The server's CRAM-MD5 challenge is empty or no base64.");
        _isAnswered = true;
        var digest = Digest(Encoding.UTF8.GetBytes(credentials.Password.Reveal()), challenge);
        return SaslStep.Say(Encoding.UTF8.GetBytes($"{credentials.Username} {Convert.ToHexStringLower(digest)}"));
    }

#pragma warning disable CA5351 // The RFC has MD5 in the mechanism's name, and inside an HMAC it is not what collisions broke. It is the last choice, and only inside TLS.
    private static byte[] Digest(byte[] secret, ReadOnlySpan<byte> challenge) => HMACMD5.HashData(secret, challenge);
#pragma warning restore CA5351
}
