namespace Sendwright.Mime;

/// <summary>What may happen to a signed message on its way without breaking the signature (RFC 6376, 3.4).</summary>
public enum DkimCanonicalization
{
    /// <summary>Blanks may change, header fields may be folded anew: what relays do. The default.</summary>
    Relaxed,

    /// <summary>Nothing may change but empty lines at the end of the body.</summary>
    Simple,
}
