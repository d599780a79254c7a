namespace Sendwright.Smtp.Auth;

/// <summary>One login by one SASL mechanism (RFC 4422). Made anew for each login.</summary>
internal abstract class SaslMechanism
{
    /// <summary>The mechanism's registered name.</summary>
    public abstract string Name { get; }

    /// <summary>What goes out with the AUTH command itself (RFC 4954, 4), or in answer to the empty question that takes its place; null where the server must ask first.</summary>
    public virtual byte[]? InitialResponse => null;

    /// <summary>Why the server's yes is not to be believed now; null where nothing speaks against it.</summary>
    public virtual string? ObjectionToSuccess => null;

    /// <summary>What the server gave as its reason before it refused, as it came: unmasked, whatever is in it; null where it gave none.</summary>
    public virtual string? ServerError => null;

    /// <summary>What follows the server's next challenge.</summary>
    /// <param name="challenge">The challenge without its base64; empty where it had none, or was no base64.</param>
    public abstract SaslStep Answer(ReadOnlySpan<byte> challenge);
}
