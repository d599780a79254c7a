using Sendwright.Messages;
using Sendwright.Mime.Dkim;

namespace Sendwright.Mime;

/// <summary>
/// A private key, the domain that it signs for, and how it signs (RFC 6376, RSA-SHA256). It cannot change; <c>with</c> makes a variant. The private key never
/// leaves it but as signatures.
/// </summary>
public sealed record DkimKey
{
    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromSeconds(1);

    /// <summary>A time of ten thousand years would not fit into the twelve digits of x= (RFC 6376, 3.5).</summary>
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(36_500);

    private DkimKey(string domain, string selector, RsaPrivateKey privateKey)
    {
        Domain = domain;
        Selector = selector;
        PrivateKey = privateKey;
    }

    /// <summary>The signing domain, d=, in lower case and A-labels.</summary>
    public string Domain { get; }

    /// <summary>Which of the domain's keys it is, s=.</summary>
    public string Selector { get; }

    /// <summary>The bits of the key.</summary>
    public int KeySize => PrivateKey.Bits;

    /// <summary>What may happen to the header on its way.</summary>
    /// <value><see cref="DkimCanonicalization.Relaxed"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is neither of the two.</exception>
    public DkimCanonicalization HeaderCanonicalization { get; init => field = Known(value, nameof(HeaderCanonicalization)); }

    /// <summary>What may happen to the body on its way.</summary>
    /// <value><see cref="DkimCanonicalization.Relaxed"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is neither of the two.</exception>
    public DkimCanonicalization BodyCanonicalization { get; init => field = Known(value, nameof(BodyCanonicalization)); }

    /// <summary>On whose behalf the domain signs, i=: <c>local@domain</c> or <c>@domain</c>, in <see cref="Domain"/> or beneath it.</summary>
    /// <value>Null: the domain as a whole.</value>
    /// <exception cref="ArgumentException">It is no address in ASCII, or its domain is another.</exception>
    public string? Identity { get; init => field = value is null ? null : SigningNames.Identity(value, Domain); }

    /// <summary>How long a signature holds, x=. Receivers may ignore a signature that has expired, and mail waits in queues for days.</summary>
    /// <value>Null: for ever.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is less than a second or more than a hundred years.</exception>
    public TimeSpan? Lifetime
    {
        get;
        init => field = value is { } lifetime && !IsLifetime(lifetime)
            ? throw new ArgumentOutOfRangeException(nameof(Lifetime), value, "A signature's lifetime is 1 second to 100 years. Two weeks outlast every queue.")
            : value;
    }

    /// <summary>The header fields to sign, each as often as the message has it.</summary>
    /// <value>What a reader sees or acts on: originator, recipients, subject, date, threading, MIME, Resent and List fields, Auto-Submitted, Feedback-ID.</value>
    /// <exception cref="ArgumentException"><c>From</c> is missing (RFC 6376, 5.4 demands it), a name is no field name, or it is one that changes on every way.</exception>
    public IReadOnlyList<string> SignedHeaders { get; init => field = SigningHeaders.Check(value, nameof(SignedHeaders), demandsFrom: true); } = SigningHeaders.Signed;

    /// <summary>
    /// The header fields that nobody may add another one of (RFC 6376, 8.15). Where a message lacks one that relays add to complete it (Date, Message-ID, Sender, To and
    /// the MIME fields), the place stays open.
    /// </summary>
    /// <value>What may stand once only and decides what a reader sees: originator, recipients, subject, date, Message-ID and the MIME fields.</value>
    /// <exception cref="ArgumentException">A name is no field name, or it is one that changes on every way.</exception>
    public IReadOnlyList<string> OversignedHeaders { get; init => field = SigningHeaders.Check(value, nameof(OversignedHeaders), demandsFrom: false); } = SigningHeaders.Oversigned;

    internal RsaPrivateKey PrivateKey { get; }

    /// <summary>A key from PEM text: PKCS#1 or PKCS#8, the latter also encrypted.</summary>
    /// <param name="domain">The signing domain; international ones become A-labels.</param>
    /// <param name="selector">Which of the domain's keys it is, such as <c>s1</c>: the public half is looked up at <c>s1._domainkey.DOMAIN</c>.</param>
    /// <param name="pem">The private key.</param>
    /// <param name="passphrase">What opens an encrypted key.</param>
    /// <exception cref="ArgumentException">The domain or selector is no DNS name, or the text holds no RSA private key of 1024 to 4096 bits (RFC 8301) that the passphrase opens.</exception>
    public static DkimKey FromPem(string domain, string selector, string pem, string? passphrase = null)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentNullException.ThrowIfNull(pem);
        return Make(domain, selector, PrivateKeyPem.Read(pem, passphrase, out var wrong), $"The private key {wrong}", nameof(pem));
    }

    /// <summary>A key from a PEM file: PKCS#1 or PKCS#8, the latter also encrypted. The file is read now and not again.</summary>
    /// <param name="domain">The signing domain; international ones become A-labels.</param>
    /// <param name="selector">Which of the domain's keys it is, such as <c>s1</c>: the public half is looked up at <c>s1._domainkey.DOMAIN</c>.</param>
    /// <param name="path">The file with the private key.</param>
    /// <param name="passphrase">What opens an encrypted key.</param>
    /// <exception cref="ArgumentException">The domain or selector is no DNS name, or the file cannot be read or holds no RSA private key of 1024 to 4096 bits (RFC 8301) that the passphrase opens.</exception>
    public static DkimKey FromFile(string domain, string selector, string path, string? passphrase = null)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Make(domain, selector, PrivateKeyPem.ReadFile(path, passphrase, out var wrong), $"The private key file {VisibleText.Quote(path)} {wrong}", nameof(path));
    }

    /// <summary>A key whose parts were checked.</summary>
    internal static DkimKey Of(string domain, string selector, RsaPrivateKey privateKey) => new(domain, selector, privateKey);

    internal static bool IsLifetime(TimeSpan lifetime) => lifetime >= ShortestLifetime && lifetime <= LongestLifetime;

    /// <summary>What to publish in the DNS so that receivers can check the signatures.</summary>
    public DkimDnsRecord ToDnsRecord() => new(SigningNames.RecordName(Selector, Domain), $"v=DKIM1; k=rsa; p={Convert.ToBase64String(PrivateKey.PublicKeyInfo)}");

    /// <summary>Domain, selector and size; never the key.</summary>
    public override string ToString() => $"{SigningNames.RecordName(Selector, Domain)} (RSA, {KeySize} bits)";

    private static DkimKey Make(string domain, string selector, RsaPrivateKey? key, string objection, string parameter)
    {
        var checkedDomain = SigningNames.Domain(domain);
        var checkedSelector = SigningNames.Selector(selector, checkedDomain);
        return new DkimKey(checkedDomain, checkedSelector, key ?? throw new ArgumentException(objection, parameter));
    }

    private static DkimCanonicalization Known(DkimCanonicalization value, string property) =>
        value is DkimCanonicalization.Relaxed or DkimCanonicalization.Simple
            ? value
            : throw new ArgumentOutOfRangeException(property, value, $"{property} is Relaxed or Simple.");
}
