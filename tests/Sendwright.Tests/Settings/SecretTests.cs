using Sendwright.Diagnosis;

namespace Sendwright.Tests.Settings;

public sealed class SecretTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("tr0ub4dor-S3CRET ", "a trailing space")]
    [InlineData("tr0ub4dor-S3CRET\n", "a trailing newline")]
    [InlineData("tr0ub4dor-S3CRET\r", "a trailing carriage return")]
    [InlineData("\ttr0ub4dor-S3CRET", "a leading tab")]
    [InlineData("\"tr0ub4dor-S3CRET\"", "quotes around it")]
    public void What_stands_at_an_end_is_told_and_does_not_stop_anything(string secret, string stray)
    {
        var reading = Settle.Mail(("Host", "smtp.example.com"), ("Username", "ann"), ("Password", secret));

        var problem = Settle.Only(reading);
        Assert.Equal((FaultCodes.SecretHasWhitespace, "Mail:Password", false), (problem.Code, problem.Name, problem.IsBlocking));
        Assert.Equal(stray, reading.Evidence.Secret!.StrayEnd);
        Assert.Equal(secret, reading.Settings!.Credentials!.Password.Reveal());
    }

    [Fact]
    public void A_clean_one_is_no_problem()
    {
        var reading = Settle.Mail(("Host", "smtp.example.com"), ("Username", "ann"), ("Password", Settle.Secret));

        Assert.Empty(reading.Evidence.Problems);
        Assert.Null(reading.Evidence.Secret!.StrayEnd);
    }

    [Theory]
    [InlineData("tr0ub4dor-S3CRET", null)]
    [InlineData("tr0ub4dor-S3CRET\n", null)]
    [InlineData("tr0ub4dor-S3CRET\r\n", null)]
    [InlineData("tr0ub4dor-S3CRET\n\n", "a trailing newline")]
    [InlineData("tr0ub4dor-S3CRET \n", "a trailing space")]
    public void A_file_loses_one_newline_and_no_more(string content, string? stray)
    {
        var reading = Settle.Mail(("Host", "smtp.example.com"), ("Username", "ann"), ("PasswordFile", FileOf(content)));

        Assert.Equal(stray, reading.Evidence.Secret!.StrayEnd);
        Assert.Equal(content[..^(content.EndsWith("\r\n", StringComparison.Ordinal) ? 2 : content.EndsWith('\n') ? 1 : 0)], reading.Settings!.Credentials!.Password.Reveal());
    }

    [Fact]
    public void An_empty_file_is_a_missing_password()
    {
        var problem = Settle.Only(Settle.Mail(("Host", "smtp.example.com"), ("Username", "ann"), ("PasswordFile", FileOf("\n"))));

        Assert.Equal(FaultCodes.ConfigMissing, problem.Code);
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        var problem = Settle.Only(Settle.Mail(("Host", "smtp.example.com"), ("Username", "ann"), ("PasswordFile", _folder.FullName)));

        Assert.Equal((FaultCodes.ConfigInvalid, _folder.FullName), (problem.Code, problem.Value));
        Assert.Contains("directory", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_beside_its_file_is_a_conflict()
    {
        var problem = Settle.Only(Settle.Mail(("Host", "smtp.example.com"), ("Username", "ann"), ("Password", Settle.Secret), ("PasswordFile", FileOf("other-S3CRET"))));

        Assert.Equal((FaultCodes.ConfigConflict, true), (problem.Code, problem.IsBlocking));
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("Port")]
    [InlineData("Security")]
    [InlineData("From")]
    [InlineData("LocalName")]
    [InlineData("CaFile")]
    [InlineData("PasswordFile")]
    [InlineData("Timeouts:Connect")]
    [InlineData("Pool:Connections")]
    [InlineData("Limits:PerDay")]
    [InlineData("ClientCertificate")]
    [InlineData("ClientCertificatePasswordFile")]
    [InlineData("PinnedCertificates")]
    [InlineData("MinimumTls")]
    [InlineData("Proxy")]
    [InlineData("BindAddress")]
    [InlineData("AllRecipientsOrNone")]
    public void A_password_pasted_into_another_setting_stays_masked(string name)
    {
        (string, string?)[] settings = [("Host", "smtp.example.com"), ("Username", "ann"), ("Password", "! " + Settle.Secret)];

        Settle.Mail([.. settings.Where(pair => pair.Item1 != name), (name, "! " + Settle.Secret)]);
    }

    [Fact]
    public void A_password_in_the_user_names_place_stays_masked_whatever_stands_around_it()
    {
        var evidence = Settle.Mail(("Host", "smtp.gmail.com"), ("Username", Settle.Secret), ("Password", $"\"{Settle.Secret} \""), ("PasswordFile", "")).Evidence;

        Assert.Equal("***", evidence.Username);
        Assert.Contains(evidence.Problems, problem => problem.Code == FaultCodes.AuthUsernameFormat && problem.Value == "***");
    }

    [Fact]
    public void A_NUL_in_a_password_stops_everything()
    {
        Assert.Equal((FaultCodes.ConfigInvalid, true), Settle.Only(Settle.Mail(("Host", "smtp.example.com"), ("Username", "ann"), ("Password", "a\0b"))) is var problem ? (problem.Code, problem.IsBlocking) : default);
    }

    [Fact]
    public void A_user_name_that_is_the_secret_too_stays_masked()
    {
        var reading = Settle.Mail(("Host", "smtp.postmarkapp.com"), ("Username", Settle.Secret), ("Password", Settle.Secret));

        Assert.Equal("***", reading.Evidence.Username);
        Assert.Equal(Settle.Secret, reading.Settings!.Credentials!.Username);
    }

    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n", "damaged")]
    [InlineData("0\u0082\u0003", "not PEM")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n", "without a certificate")]
    [InlineData("", "not PEM")]
    public void A_file_of_roots_must_hold_certificates(string content, string because)
    {
        var problem = Settle.Only(Settle.Mail(("Host", "smtp.example.com"), ("CaFile", FileOf(content))));

        Assert.Equal((FaultCodes.ConfigInvalid, "Mail:CaFile"), (problem.Code, problem.Name));
        Assert.Contains(because, problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_roots_is_taken()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=test root", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var root = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var path = FileOf(root.ExportCertificatePem());

        Assert.Equal(path, Settle.Mail(("Host", "smtp.example.com"), ("CaFile", path)).Settings!.CaFile);
    }

    private string FileOf(string content)
    {
        var path = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, content);
        return path;
    }
}
