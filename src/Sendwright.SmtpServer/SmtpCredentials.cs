using System.Security.Cryptography;
using System.Text;
using Sendwright.Settings;

namespace Sendwright.SmtpServer;

/// <summary>A few known users, for a server without a user database. What it takes to say no tells nothing about why.</summary>
public sealed class SmtpCredentials
{
    // Keyed and of fixed length: a comparison's time then depends neither on a secret's length nor on how much of it was guessed.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly List<(byte[] Name, byte[] Password)> _known = [];

    /// <summary>Makes the set of users who may log in.</summary>
    public SmtpCredentials(params IReadOnlyList<(string UserName, Secret Password)> users)
    {
        ArgumentNullException.ThrowIfNull(users);
        foreach (var (name, password) in users)
            _known.Add((Digest(name), Digest(password.Reveal())));
    }

    /// <summary>Says whether the attempt is one of the users with the right password; fits <see cref="SmtpServerOptions.Authenticate"/>.</summary>
    public ValueTask<bool> CheckAsync(SmtpLoginAttempt attempt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var name = Digest(attempt.UserName);
        var password = Digest(attempt.Password.Reveal());
        var right = false;
        foreach (var known in _known) // all of them, always
            right |= CryptographicOperations.FixedTimeEquals(known.Name, name) & CryptographicOperations.FixedTimeEquals(known.Password, password);
        return ValueTask.FromResult(right);
    }

    private byte[] Digest(string text) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text));
}
