namespace Sendwright.Evidence;

/// <summary>What is wrong with a certificate, as far as it was looked at.</summary>
public enum CertificateProblem
{
    /// <summary>Its last day has passed.</summary>
    Expired,

    /// <summary>Its first day has not come.</summary>
    NotYetValid,

    /// <summary>Its names do not cover the host (RFC 6125, RFC 9525).</summary>
    NameMismatch,

    /// <summary>It is signed by itself and not trusted here.</summary>
    SelfSigned,

    /// <summary>Its chain ends in a root that is not trusted here.</summary>
    UntrustedRoot,

    /// <summary>An intermediate is missing between it and a root.</summary>
    IncompleteChain,

    /// <summary>It was revoked.</summary>
    Revoked,

    /// <summary>Its key or signature algorithm is too weak for this machine's policy.</summary>
    Weak,

    /// <summary>The server sent none.</summary>
    Missing,

    /// <summary>Its fingerprint is none of those that the settings name.</summary>
    NotPinned,

    /// <summary>Another complaint of the platform; the text says which.</summary>
    Other,
}

/// <summary>A certificate as the server sent it.</summary>
public sealed record CertificateEvidence
{
    /// <summary>Whom it names.</summary>
    public required string Subject { get; init; }

    /// <summary>Who signed it.</summary>
    public required string Issuer { get; init; }

    /// <summary>The first moment it is valid.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>The last moment it is valid.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The DNS names and addresses it covers (subjectAltName).</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether subject and issuer are the same.</summary>
    public bool IsSelfSigned { get; init; }

    /// <summary>Kind and size of its key, such as <c>RSA 2048</c>.</summary>
    public string? Key { get; init; }

    /// <summary>Its SHA-256 fingerprint, in hex.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>What was seen of a TLS handshake.</summary>
public sealed record TlsEvidence
{
    /// <summary>The name the certificate must cover.</summary>
    public string? TargetName { get; init; }

    /// <summary>Whether keys were agreed and the certificate passed.</summary>
    public bool Established { get; init; }

    /// <summary>The version agreed on, such as <c>TLS 1.3</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>The oldest version that the settings accept, such as <c>TLS 1.2</c>.</summary>
    public string? MinimumProtocol { get; init; }

    /// <summary>Whether the keys of an earlier connection were taken up (RFC 8446, 2.2); null where it was not observed.</summary>
    public bool? Resumed { get; init; }

    /// <summary>The cipher suite agreed on, by its IANA name.</summary>
    public string? CipherSuite { get; init; }

    /// <summary>The certificates as the server sent them, its own first.</summary>
    public IReadOnlyList<CertificateEvidence> Chain { get; init; } = [];

    /// <summary>What is wrong with the certificate; empty where nothing is, or where none was judged.</summary>
    public IReadOnlyList<CertificateProblem> Problems { get; init; } = [];

    /// <summary>Whether its fingerprint is one of those that the settings name, which then is all that is asked of it; null where they name none.</summary>
    public bool? IsPinned { get; init; }

    /// <summary>Whether the certificate, so far as it was judged, shows that this is the server that is meant.</summary>
    public bool ProvesServer => IsPinned ?? Problems.Count == 0;

    /// <summary>Whether the certificate was judged at all (it is not where the user's own settings say so).</summary>
    public bool CertificateChecked { get; init; } = true;

    /// <summary>The alert that ended the handshake, where one did (RFC 8446, 6).</summary>
    public int? AlertNumber { get; init; }

    /// <summary>Whether the server asked for a client certificate.</summary>
    public bool ClientCertificateRequested { get; init; }

    /// <summary>What came in clear text where a TLS record should have been, printable and shortened.</summary>
    public string? PlaintextAnswer { get; init; }

    /// <summary>Whether the moment of judging lies outside every plausible validity because this machine's clock is off.</summary>
    public DateTimeOffset? JudgedAt { get; init; }

    /// <summary>The TLS library's own words for the failure.</summary>
    public string? Error { get; init; }
}
