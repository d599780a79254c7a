using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sendwright.Testing;

/// <summary>A certificate authority made for one test, and every good and bad server certificate a mail client meets.</summary>
/// <remarks>What it makes lives as long as it does: disposing it disposes them.</remarks>
public sealed class TestCertificates : IDisposable
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly DateTimeOffset _now;
    private readonly TestKeyAlgorithm _algorithm;
    private readonly List<IDisposable> _made = [];
    private X509Certificate2? _intermediate;

    /// <summary>Makes the authority; dates are counted from the moment the given clock shows.</summary>
    public TestCertificates(TimeProvider? time = null, TestKeyAlgorithm algorithm = TestKeyAlgorithm.EcdsaP256)
    {
        _now = (time ?? TimeProvider.System).GetUtcNow();
        _algorithm = algorithm;
        Authority = MakeAuthority("CN=Sendwright Test Root", issuer: null);
    }

    /// <summary>The root: whoever trusts it trusts the good certificates.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>The root as PEM, for <c>CaFile</c> and its like.</summary>
    public string AuthorityPem => Authority.ExportCertificatePem() + '\n';

    /// <summary>A good certificate for these DNS names and addresses, signed by the root itself.</summary>
    public TestCertificate Server(params string[] names) => Valid(Authority, [], names);

    /// <summary>A certificate for these names that is valid in the given time only.</summary>
    public TestCertificate Server(DateTimeOffset notBefore, DateTimeOffset notAfter, params string[] names) =>
        Issue(Authority, [], notBefore, notAfter, names);

    /// <summary>A good certificate signed by an intermediate, which is sent along.</summary>
    public TestCertificate ServerWithIntermediate(params string[] names) => Valid(Intermediate, [Intermediate], names);

    /// <summary>A certificate signed by an intermediate that the server forgets to send.</summary>
    public TestCertificate MissingIntermediate(params string[] names) => Valid(Intermediate, [], names);

    /// <summary>A certificate whose last day was yesterday.</summary>
    public TestCertificate Expired(params string[] names) => Issue(Authority, [], _now.AddDays(-90), _now.AddDays(-1), names);

    /// <summary>A certificate whose first day is tomorrow.</summary>
    public TestCertificate NotYetValid(params string[] names) => Issue(Authority, [], _now.AddDays(1), _now.AddDays(90), names);

    /// <summary>A good certificate of the known root, for a name that nobody asks for.</summary>
    public TestCertificate WrongName() => Server("another-host.example");

    /// <summary>A certificate that signed itself.</summary>
    public TestCertificate SelfSigned(params string[] names) => Issue(issuer: null, [], _now.AddDays(-1), _now.AddDays(90), names);

    /// <summary>A certificate signed by a root that nobody trusts, and that is not sent along.</summary>
    public TestCertificate UnknownAuthority(params string[] names) => Valid(MakeAuthority("CN=Unknown Test Root", issuer: null), [], names);

    /// <summary>A client's certificate, signed by the root.</summary>
    public X509Certificate2 Client(string name)
    {
        using var key = NewKey();
        var request = NewRequest($"CN={name}", key);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([ClientAuthentication], critical: false));
        return Keep(Sign(request, key, Authority, _now.AddDays(-1), _now.AddDays(90)));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var one in _made)
            one.Dispose();
        _made.Clear();
    }

    private X509Certificate2 Intermediate => _intermediate ??= MakeAuthority("CN=Sendwright Test Intermediate", Authority);

    private TestCertificate Valid(X509Certificate2 issuer, IReadOnlyList<X509Certificate2> sentAlong, string[] names) =>
        Issue(issuer, sentAlong, _now.AddDays(-1), _now.AddDays(90), names);

    private TestCertificate Issue(
        X509Certificate2? issuer, IReadOnlyList<X509Certificate2> sentAlong, DateTimeOffset notBefore, DateTimeOffset notAfter, string[] names)
    {
        if (names.Length == 0)
            throw new ArgumentException("A server's certificate needs at least one DNS name or IP address.", nameof(names));
        using var key = NewKey();
        var request = NewRequest($"CN={names[0]}", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([ServerAuthentication], critical: false));
        request.CertificateExtensions.Add(AlternativeNames(names));
        var certificate = Sign(request, key, issuer, notBefore, notAfter);
        return Keep(new TestCertificate(certificate, sentAlong, issuer is null ? certificate : Authority));
    }

    private X509Certificate2 MakeAuthority(string subject, X509Certificate2? issuer)
    {
        using var key = NewKey();
        var request = NewRequest(subject, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        // Ten years each way, so that an expired certificate is the only expired one in its chain.
        return Keep(Sign(request, key, issuer, _now.AddYears(-10), _now.AddYears(10)));
    }

    private static X509Extension AlternativeNames(string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                builder.AddIpAddress(address);
            else
                builder.AddDnsName(name);
        }

        return builder.Build();
    }

    private AsymmetricAlgorithm NewKey() => _algorithm switch
    {
        TestKeyAlgorithm.Rsa2048 => RSA.Create(2048),
        _ => ECDsa.Create(ECCurve.NamedCurves.nistP256),
    };

    private static CertificateRequest NewRequest(string subject, AsymmetricAlgorithm key)
    {
        var request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static X509Certificate2 Sign(
        CertificateRequest request, AsymmetricAlgorithm key, X509Certificate2? issuer, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        if (issuer is null)
            return Usable(request.CreateSelfSigned(notBefore, notAfter));

        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)(serial[0] & 0x7F | 0x40); // positive and of full length (RFC 5280, 4.1.2.2)
        using var bare = request.Create(issuer, notBefore, notAfter, serial);
        return Usable(key is RSA rsa ? bare.CopyWithPrivateKey(rsa) : bare.CopyWithPrivateKey((ECDsa)key));
    }

    /// <summary>Schannel takes no key that lives in memory only; a trip through PKCS#12 gives it one that it takes.</summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    private T Keep<T>(T made)
        where T : IDisposable
    {
        _made.Add(made);
        return made;
    }
}
