using System.Security.Cryptography;
using Sendwright.Mime;

namespace Sendwright.Tests.Mime.Dkim;

public sealed class DkimKeyTests
{
    private const string Passphrase = "tr0ub4dor-S3CRET";

    private static string Pem => Keys.Rsa.ExportPkcs8PrivateKeyPem();

    private static string EncryptedPem =>
        Keys.Rsa.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

    [Fact]
    public void Reads_every_form_of_PEM_and_gives_the_same_record_for_each()
    {
        string[] forms = [Pem, Keys.Rsa.ExportRSAPrivateKeyPem(), EncryptedPem, Keys.Rsa.ExportSubjectPublicKeyInfoPem() + "\n" + Pem, "notes in front\r\n" + Pem.ReplaceLineEndings("\r\n")];

        Assert.All(forms, form => Assert.Equal(Keys.Example.ToDnsRecord(), DkimKey.FromPem("example.com", "s1", form, Passphrase).ToDnsRecord()));
    }

    [Fact]
    public void The_record_holds_the_public_half_under_the_name_that_receivers_ask_for()
    {
        var record = Keys.Example.ToDnsRecord();

        Assert.Equal("s1._domainkey.example.com", record.Name);
        Assert.Equal($"v=DKIM1; k=rsa; p={Convert.ToBase64String(Keys.Rsa.ExportSubjectPublicKeyInfo())}", record.Value);
    }

    [Fact]
    public void A_zone_line_cuts_the_value_into_strings_that_DNS_can_hold()
    {
        var record = Keys.Example.ToDnsRecord();
        var strings = record.ToZoneLine().Split('"').Where((_, index) => index % 2 == 1).ToList();

        Assert.StartsWith("s1._domainkey.example.com. IN TXT ( \"v=DKIM1;", record.ToZoneLine(), StringComparison.Ordinal);
        Assert.All(strings, text => Assert.InRange(text.Length, 1, 255));
        Assert.Equal(record.Value, string.Concat(strings));
    }

    [Fact]
    public void An_international_domain_is_written_in_A_labels()
    {
        Assert.Equal("xn--bcher-kva.example", DkimKey.FromPem("Bücher.Example", "S1", Pem).Domain);
    }

    [Theory]
    [InlineData("")]
    [InlineData("exa mple.com")]
    [InlineData("example.com; x=1")]
    [InlineData("example.com\r\nBcc: eve@example.com")]
    [InlineData("example..com")]
    [InlineData("-example.com")]
    [InlineData("example.com.")]
    [InlineData("[192.0.2.1]")]
    public void A_domain_that_is_none_is_refused(string domain)
    {
        var refusal = Assert.Throws<ArgumentException>(() => DkimKey.FromPem(domain, "s1", Pem));

        Assert.Contains("signing domain", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s1; h=x")]
    [InlineData("s1\r\n x")]
    [InlineData("s_1")]
    [InlineData("sélecteur")]
    [InlineData("a..b")]
    public void A_selector_that_is_none_is_refused(string selector)
    {
        var refusal = Assert.Throws<ArgumentException>(() => DkimKey.FromPem("example.com", selector, Pem));

        Assert.Contains("selector", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Selector_and_domain_have_to_make_a_DNS_name()
    {
        var label = new string('a', 63);

        Assert.Contains("longer than a DNS name", Assert.Throws<ArgumentException>(() => DkimKey.FromPem($"{label}.{label}.{label}.com", label, Pem)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_too_small_is_refused_with_its_size()
    {
        using var rsa = RSA.Create(768);

        var refusal = Assert.Throws<ArgumentException>(() => DkimKey.FromPem("example.com", "s1", rsa.ExportRSAPrivateKeyPem()));

        Assert.Contains("768 bits", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("1024", refusal.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> WrongKeys()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = Pem;
        return new TheoryData<string, string>
        {
            { "hunter2-not-a-key", "no -----BEGIN PRIVATE KEY-----" },
            { "", "no -----BEGIN PRIVATE KEY-----" },
            { pem[..(pem.Length / 2)], "damaged" },
            { pem.Replace("MII", "AAA", StringComparison.Ordinal), "no RSA key that can be read" },
            { Keys.Rsa.ExportSubjectPublicKeyInfoPem(), "public half" },
            { curve.ExportPkcs8PrivateKeyPem(), "only RSA" },
            { curve.ExportECPrivateKeyPem(), "only RSA" },
            { "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n", "openssl pkcs8 -topk8" },
            { EncryptedPem, "no passphrase is given" },
        };
    }

    [Theory]
    [MemberData(nameof(WrongKeys), DisableDiscoveryEnumeration = true)]
    public void What_is_no_key_is_refused_with_the_reason_and_without_its_content(string pem, string reason)
    {
        var refusal = Assert.Throws<ArgumentException>(() => DkimKey.FromPem("example.com", "s1", pem));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
        if (pem.Length > 100)
            Assert.DoesNotContain(pem.Split('\n')[1], refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_passphrase_is_named_and_not_shown()
    {
        var refusal = Assert.Throws<ArgumentException>(() => DkimKey.FromPem("example.com", "s1", EncryptedPem, "wr0ng-S3CRET"));

        Assert.Contains("the passphrase is not the right one", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng-S3CRET", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var refusal = Assert.Throws<ArgumentException>(() => DkimKey.FromFile("example.com", "s1", "/nowhere/dkim.pem"));

        Assert.Contains("\"/nowhere/dkim.pem\" does not exist", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_a_key_prints_holds_the_key()
    {
        var text = Keys.Example.ToString();

        Assert.Equal("s1._domainkey.example.com (RSA, 2048 bits)", text);
        Assert.Equal(text, new DkimSigner([Keys.Example]).ToString());
    }

    [Theory]
    [InlineData("@example.com")]
    [InlineData("@news.example.com")]
    [InlineData("ann@EXAMPLE.com")]
    public void An_identity_is_in_the_domain_or_beneath_it(string identity)
    {
        Assert.Equal(identity.Replace("EXAMPLE", "example", StringComparison.Ordinal), (Keys.Example with { Identity = identity }).Identity);
    }

    [Theory]
    [InlineData("@example.net")]
    [InlineData("@notexample.com")]
    [InlineData("@com")]
    [InlineData("example.com")]
    [InlineData("a b@example.com")]
    [InlineData("änn@example.com")]
    [InlineData("ann@example.com\r\nX: y")]
    public void Any_other_identity_is_refused(string identity)
    {
        Assert.Throws<ArgumentException>(() => Keys.Example with { Identity = identity });
    }

    [Fact]
    public void From_is_always_signed()
    {
        Assert.Contains("From", Assert.Throws<ArgumentException>(() => Keys.Example with { SignedHeaders = ["Subject"] }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Received")]
    [InlineData("return-path")]
    [InlineData("Bcc")]
    [InlineData("X;Y")]
    [InlineData("X:Y")]
    [InlineData("X Y")]
    [InlineData("X\r\nY")]
    [InlineData("")]
    public void Fields_that_cannot_be_signed_are_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => Keys.Example with { SignedHeaders = ["From", name] });
        Assert.Throws<ArgumentException>(() => Keys.Example with { OversignedHeaders = [name] });
    }

    [Fact]
    public void A_lifetime_has_a_sensible_length()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Example with { Lifetime = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Example with { Lifetime = TimeSpan.MaxValue });
    }
}
