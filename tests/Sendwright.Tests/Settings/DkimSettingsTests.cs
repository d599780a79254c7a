using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Sendwright.Diagnosis;
using Sendwright.Mime;
using Sendwright.Settings;
using Sendwright.Tests.Mime.Dkim;

namespace Sendwright.Tests.Settings;

public sealed class DkimSettingsTests : IDisposable
{
    private static readonly string Pem = Keys.Rsa.ExportPkcs8PrivateKeyPem();

    private static readonly string EncryptedPem =
        Keys.Rsa.ExportEncryptedPkcs8PrivateKeyPem(Settle.Secret, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sendwright-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Reads_an_only_key()
    {
        var reading = Mail(("Dkim:Domain", "Bücher.Example"), ("Dkim:Selector", "s1"), ("Dkim:KeyFile", FileWith(Pem)));

        Assert.Empty(reading.Evidence.Problems);
        var key = Assert.Single(reading.Settings!.Dkim);
        Assert.Equal(DkimKey.FromPem("bücher.example", "s1", Pem).ToDnsRecord(), key.ToDnsRecord());
        Assert.Equal((DkimCanonicalization.Relaxed, DkimCanonicalization.Relaxed), (key.HeaderCanonicalization, key.BodyCanonicalization));
    }

    [Fact]
    public void Reads_several_keys_with_everything_that_can_be_set()
    {
        var reading = Mail(
            ("Dkim:0:domain", "example.com"), ("Dkim:0:selector", "s1"), ("Dkim:0:key", Pem.ReplaceLineEndings("\\n")), ("Dkim:0:canonicalization", "Relaxed/Simple"),
            ("Dkim:0:identity", "@news.example.com"), ("Dkim:0:lifetime", "14"),
            ("Dkim:1:Domain", "example.net"), ("Dkim:1:Selector", "s2"), ("Dkim:1:KeyFile", FileWith(EncryptedPem)), ("Dkim:1:PassphraseFile", FileWith(Settle.Secret + "\n")));

        Assert.Empty(reading.Evidence.Problems);
        var keys = reading.Settings!.Dkim;
        Assert.Equal(["s1._domainkey.example.com", "s2._domainkey.example.net"], keys.Select(key => key.ToDnsRecord().Name));
        Assert.Equal((DkimCanonicalization.Relaxed, DkimCanonicalization.Simple), (keys[0].HeaderCanonicalization, keys[0].BodyCanonicalization));
        Assert.Equal(("@news.example.com", TimeSpan.FromDays(14)), (keys[0].Identity, keys[0].Lifetime));
    }

    [Fact]
    public void Options_in_code_replace_the_keys_of_the_configuration()
    {
        var options = new MailOptions { Host = "smtp.example.com" };
        options.Dkim.Add(new DkimOptions { Domain = "example.com", Selector = "code", Key = Pem, Lifetime = TimeSpan.FromDays(3) });
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Mail:Dkim:Domain", "example.net"), new("Mail:Dkim:Selector", "file"), new("Mail:Dkim:Key", Pem)]).Build();

        var key = Assert.Single(Settle.Checked(MailSettingsReader.Read(configuration, options)).Settings!.Dkim);

        Assert.Equal(("code", TimeSpan.FromDays(3)), (key.Selector, key.Lifetime));
    }

    [Theory]
    [InlineData("Domain", "exa mple.com", "no domain name")]
    [InlineData("Selector", "s_1", "not letters, digits and inner hyphens")]
    [InlineData("KeyFile", "/nowhere/s1.pem", "does not exist")]
    [InlineData("Canonicalization", "relaxed", "not two of relaxed and simple")]
    [InlineData("Identity", "@example.net", "not in the signing domain")]
    [InlineData("Lifetime", "soon", "neither a number of days")]
    [InlineData("Lifetime", "0", "neither a number of days")]
    public void A_wrong_value_is_named_with_its_reason(string name, string value, string reason)
    {
        var problem = Settle.Only(Mail(Good(name, value)));

        Assert.Equal((FaultCodes.ConfigInvalid, $"Mail:Dkim:0:{name}", value, true), (problem.Code, problem.Name, problem.Value, problem.IsBlocking));
        Assert.Contains(reason, problem.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Domain")]
    [InlineData("Selector")]
    [InlineData("KeyFile")]
    public void A_missing_value_is_named(string name)
    {
        var problem = Settle.Only(Mail(Good(name, null)));

        Assert.Equal((FaultCodes.ConfigMissing, $"Mail:Dkim:0:{name}", true), (problem.Code, problem.Name, problem.IsBlocking));
    }

    [Fact]
    public void A_misspelt_name_stops_the_application_because_mail_would_go_out_unsigned()
    {
        var reading = Mail([.. Good("Selector", null), ("Dkim:0:Selektor", "s1")]);

        Assert.Null(reading.Settings);
        Assert.Contains(reading.Evidence.Problems, problem => problem.Name == "Mail:Dkim:0:Selektor" && problem.Fix.Contains("Mail:Dkim:0:Selector", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_beside_a_key_file_is_refused()
    {
        Assert.Contains("only one of them", Settle.Only(Mail([.. Good("Domain", "example.com"), ("Dkim:0:Key", Pem)])).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_key_nor_passphrase_is_ever_shown()
    {
        var reading = Mail([.. Good("KeyFile", FileWith(EncryptedPem)), ("Dkim:0:Passphrase", "not-" + Settle.Secret), ("Dkim:1:Domain", "example.com"), ("Dkim:1:Selector", "x"), ("Dkim:1:KeyFile", Pem)]);

        var text = string.Join('\n', reading.Evidence.Problems);
        Assert.Contains("the passphrase is not the right one", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Pem.Split('\n')[1], text, StringComparison.Ordinal);
        Assert.DoesNotContain("not-", text, StringComparison.Ordinal);
    }

    private static SettingsReading Mail(params (string Name, string? Value)[] settings) => Settle.Mail([("Host", "smtp.example.com"), .. settings]);

    private (string Name, string? Value)[] Good(string changed, string? value) =>
    [
        .. new (string Name, string? Value)[] { ("Domain", "example.com"), ("Selector", "s1"), ("KeyFile", FileWith(Pem)), ("Identity", null), ("Lifetime", null), ("Canonicalization", null) }
            .Select(pair => ($"Dkim:0:{pair.Name}", pair.Name == changed ? value : pair.Value)).Where(pair => pair.Item2 is not null),
    ];

    private string FileWith(string text)
    {
        var path = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, text);
        return path;
    }
}
