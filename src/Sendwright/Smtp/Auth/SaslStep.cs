namespace Sendwright.Smtp.Auth;

/// <summary>What a mechanism does about a challenge: it answers, cancels the login, or breaks off.</summary>
internal readonly record struct SaslStep
{
    /// <summary>The answer; null where there is none.</summary>
    public byte[]? Response { get; private init; }

    /// <summary>What is wrong with the challenge, as a sentence; null where the mechanism merely has nothing more to say.</summary>
    public string? Objection { get; private init; }

    /// <summary>Whether whoever is there is not the server that it claims to be: then it is told nothing more.</summary>
    public bool IsDistrust { get; private init; }

    /// <summary>Answers.</summary>
    public static SaslStep Say(byte[] response) => new() { Response = response };

    /// <summary>Cancels the login with <c>*</c> (RFC 4954, 4).</summary>
    public static SaslStep Cancel(string? objection = null) => new() { Objection = objection };

    /// <summary>Ends the connection without another word.</summary>
    public static SaslStep BreakOff(string objection) => new() { Objection = objection, IsDistrust = true };
}
