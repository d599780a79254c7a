namespace Sendwright.Smtp.Auth;

/// <summary>One login by one SASL mechanism (RFC 4422). Made anew for each login.</summary>
internal abstract class SaslMechanism
{
    /// <summary>The mechanism's registered name.</summary>
    public abstract string Name { get; }

    /// <summary>What goes out with the AUTH command itself (RFC 4954, 4); null where the server must ask first.</summary>
    public virtual byte[]? InitialResponse => null;

    /// <summary>The answer to the server's next challenge; null where the mechanism has none, and the login must be cancelled.</summary>
    public abstract byte[]? Answer(ReadOnlySpan<byte> challenge);
}
