using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sendwright.Settings;

namespace Sendwright.Smtp.Auth;

/// <summary>
/// SCRAM (RFC 5802, RFC 7677): client and server prove to each other that they know the password, and neither hears it. Without channel binding: the platform does not
/// show what it would be bound to in TLS 1.3, so the header is <c>n,,</c> and the -PLUS variants are not offered.
/// </summary>
internal sealed class ScramMechanism : SaslMechanism
{
    public const string Sha256Name = "SCRAM-SHA-256";

    public const string Sha1Name = "SCRAM-SHA-1";

    /// <summary>RFC 7677, 4 (and RFC 5802, 5.1): fewer make a password cheap to guess for whoever poses as the server.</summary>
    public const int FewestIterations = 4096;

    /// <summary>About a third of a second of work; a server that wants more keeps a processor busy, not a password safe.</summary>
    public const int MostIterations = 1_000_000;

    /// <summary>No honest nonce, salt or error makes a message this long.</summary>
    public const int LongestMessage = 2048;

    private const string Header = "n,,";

    private readonly HashAlgorithmName _hash;
    private readonly int _hashLength;
    private readonly string _password;
    private readonly string _nonce;
    private readonly string _clientFirstBare;
    private byte[]? _serverSignature;
    private string? _error;
    private bool _isServerProven;

    /// <param name="name">Which of the two: <see cref="Sha256Name"/> or <see cref="Sha1Name"/>.</param>
    /// <param name="credentials">The login. One that <see cref="SaslPrep"/> cannot prepare is for another mechanism.</param>
    /// <param name="nonce">Random, printable, without a comma: <see cref="NewNonce"/>.</param>
    public ScramMechanism(string name, MailCredentials credentials, string nonce)
    {
        Name = name;
        (_hash, _hashLength) = name == Sha1Name ? (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes) : (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        _password = Prepare(credentials.Password.Reveal());
        _nonce = nonce;
        _clientFirstBare = $"n={SaslName.Escape(Prepare(credentials.Username))},r={nonce}";
    }

    public override string Name { get; }

    public override byte[] InitialResponse => Encoding.UTF8.GetBytes(Header + _clientFirstBare);

    public override string? ServerError => _error;

    // RFC 5802, 5: a client that has not seen the right signature "MUST consider the authentication exchange to be unsuccessful".
    public override string? ObjectionToSuccess => _isServerProven ? null : $"The server took the {Name} login without proving that it knows the password.";

    /// <summary>A nonce nobody can guess: 18 octets of randomness, as base64, which has no comma.</summary>
    public static string NewNonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));

    /// <summary>Whether the login can be carried as the RFC wants it prepared.</summary>
    public static bool CanCarry(MailCredentials credentials) => SaslPrep.Prepare(credentials.Username) is not null && SaslPrep.Prepare(credentials.Password.Reveal()) is not null;

    public override SaslStep Answer(ReadOnlySpan<byte> challenge)
    {
        if (challenge.Length > LongestMessage)
            return Refuse($"has {challenge.Length} octets");
        if (_serverSignature is null)
            return AnswerFirst(challenge.ToArray());
        // After the last message there is nothing to be asked.
        return _isServerProven || _error is not null ? SaslStep.Cancel($"The server goes on asking after the end of {Name}.") : AnswerLast(Encoding.UTF8.GetString(challenge));
    }

    // server-first-message = [reserved-mext ","] nonce "," salt "," iteration-count ["," extensions]
    private SaslStep AnswerFirst(byte[] message)
    {
        var fields = Encoding.UTF8.GetString(message).Split(',', 4);
        if (fields[0].StartsWith("m=", StringComparison.Ordinal))
            return Refuse("demands an extension that this client does not have");
        if (fields is not [['r', '=', .. var nonce], ['s', '=', .. var saltText], ['i', '=', .. var count], ..])
            return Refuse("is not of the form r=...,s=...,i=...");
        // Otherwise it may be an old one, repeated.
        if (nonce.Length <= _nonce.Length || !nonce.StartsWith(_nonce, StringComparison.Ordinal) || nonce.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return Refuse("does not continue the nonce that it was given");
        var salt = new byte[saltText.Length];
        if (!Convert.TryFromBase64String(saltText, salt, out var saltLength) || saltLength == 0)
            return Refuse("has no salt in base64");
        if (count is not [>= '1' and <= '9', ..] || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations is < FewestIterations or > MostIterations)
        {
            return Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"asks for {(count.Length is > 0 and < 20 && !count.AsSpan().ContainsAnyExceptInRange('0', '9') ? count : "an unreadable number of")} iterations, and this client does {FewestIterations} to {MostIterations}"));
        }

        return SaslStep.Say(Prove(message, nonce, salt.AsSpan(0, saltLength), iterations));
    }

    // RFC 5802, 3
    private byte[] Prove(byte[] serverFirst, string nonce, ReadOnlySpan<byte> salt, int iterations)
    {
        var withoutProof = $"c={Convert.ToBase64String(Encoding.ASCII.GetBytes(Header))},r={nonce}";
        byte[] authMessage = [.. Encoding.UTF8.GetBytes(_clientFirstBare + ","), .. serverFirst, .. Encoding.UTF8.GetBytes("," + withoutProof)];
        var saltedPassword = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(_password), salt, iterations, _hash, _hashLength);
        var clientKey = CryptographicOperations.HmacData(_hash, saltedPassword, "Client Key"u8);
        var storedKey = CryptographicOperations.HashData(_hash, clientKey);
        var clientSignature = CryptographicOperations.HmacData(_hash, storedKey, authMessage);
        var serverKey = CryptographicOperations.HmacData(_hash, saltedPassword, "Server Key"u8);
        _serverSignature = CryptographicOperations.HmacData(_hash, serverKey, authMessage);
        for (var index = 0; index < clientKey.Length; index++)
            clientKey[index] ^= clientSignature[index];
        CryptographicOperations.ZeroMemory(saltedPassword);
        return Encoding.UTF8.GetBytes($"{withoutProof},p={Convert.ToBase64String(clientKey)}");
    }

    // server-final-message = (server-error / verifier) ["," extensions]
    private SaslStep AnswerLast(string message)
    {
        var field = message.Split(',', 2)[0];
        if (field.StartsWith("e=", StringComparison.Ordinal))
        {
            _error = field[2..];
            return SaslStep.Say([]);
        }

        var signature = new byte[_hashLength];
        if (!field.StartsWith("v=", StringComparison.Ordinal) || !Convert.TryFromBase64String(field[2..], signature, out var length) || length != _hashLength
            || !CryptographicOperations.FixedTimeEquals(signature, _serverSignature))
        {
            return SaslStep.BreakOff($"The server's signature ({Name}) is wrong: it does not know the password, so it is not the server that it claims to be.");
        }

        _isServerProven = true;
        return SaslStep.Say([]);
    }

    private SaslStep Refuse(string wrong) => SaslStep.Cancel($"The server's {Name} challenge {wrong}.");

    private static string Prepare(string text) => SaslPrep.Prepare(text) ?? throw new ArgumentException("The login cannot be prepared for SCRAM.", nameof(text));
}
