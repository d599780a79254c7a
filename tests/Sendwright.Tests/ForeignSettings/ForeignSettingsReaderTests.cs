using Sendwright.Doctor.ForeignSettings;
using Sendwright.Settings;
using Sendwright.Tests.Settings;

namespace Sendwright.Tests.ForeignSettings;

public sealed class ForeignSettingsReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("MAIL_SERVER=smtp.example.com\n", "fastapi-mail .env")]
    [InlineData("MAIL_STARTTLS=True\n", "fastapi-mail .env")]
    [InlineData("MAIL_TLS=True\nMAIL_SERVER=smtp.example.com\n", "fastapi-mail .env")]
    [InlineData("MAIL_SERVER=\"smtp.example.com\"x\n", "fastapi-mail .env")]
    [InlineData("HOST=smtp.example.com\nUSE_TLS=1\n", "fastapi-mail .env")]
    [InlineData("HOST=smtp.example.com\nUSERNAME=ann\nPASSWORD=x\n", "fastapi-mail .env")]
    [InlineData("Mail__Host=smtp.example.com\n", ".env")]
    [InlineData("MAIL__HOST=smtp.example.com\n", ".env")]
    [InlineData("{ \"Mail\": { \"Host\": \"smtp.example.com\" } }", "appsettings.json")]
    [InlineData("// comment first\n{ \"mail\": { \"host\": \"smtp.example.com\", }, }", "appsettings.json")]
    [InlineData("{ \"Mail:Host\": \"smtp.example.com\" }", "appsettings.json")]
    public void Sees_by_the_names_whom_a_file_is_for(string text, string name)
    {
        Assert.Equal(name, Read(text).Source?.Name);
    }

    [Theory]
    [InlineData("", null, "no mail settings that this version knows")]
    [InlineData("HOST=0.0.0.0\nPORT=8000\n", null, "MAIL_SERVER")]
    [InlineData("MAIL_SERVER=smtp.example.com\nMAIL_USE_TLS=True\n", null, "--framework fastapi-mail")]
    [InlineData("EMAIL_HOST=smtp.example.com\n", null, "Mail__Host")]
    [InlineData("{ \"Smtp\": {} }", null, "no section \"Mail\"")]
    [InlineData("{ \"Mail\": {\n \"Host\": }", null, "not valid JSON at line 2")]
    [InlineData("{ \"Mail\": { \"Host\": \"\\ud800\" } }", null, "not Unicode")]
    [InlineData("MAIL_SERVER=smtp.example.com\n", "django", "not read yet")]
    [InlineData("MAIL_SERVER=smtp.example.com\n", "fastapi_mail", "did you mean fastapi-mail?")]
    [InlineData("MAIL_SERVER=smtp.example.com\n", "cobol", "supported are fastapi-mail and sendwright")]
    [InlineData("MAIL_SERVER=smtp.example.com\n", "sendwright", "neither Mail__Host nor Mail__Url")]
    public void Says_why_a_file_cannot_be_read(string text, string? framework, string because)
    {
        var read = Read(text, framework);

        Assert.Null(read.Source);
        Assert.Contains(because, read.Unreadable, StringComparison.Ordinal);
    }

    [Fact]
    public void A_framework_that_is_named_is_believed()
    {
        var read = Read("MAIL_SERVER=smtp.example.com\nMAIL_USE_TLS=True\n", "FastAPI-Mail");

        Assert.Contains(read.Source!.Problems, problem => problem.Name == "MAIL_USE_TLS");
    }

    [Fact]
    public void A_file_that_is_not_there_or_no_text_is_said_so()
    {
        Assert.Contains("does not exist", ForeignSettingsReader.Read(Path.Combine(_folder.FullName, "none.env")).Unreadable, StringComparison.Ordinal);
        Assert.Contains("is a directory", ForeignSettingsReader.Read(_folder.FullName).Unreadable, StringComparison.Ordinal);
        var path = Path.Combine(_folder.FullName, "binary.env");
        File.WriteAllBytes(path, [(byte)'A', (byte)'=', 0xff, 0xc0]);
        Assert.Contains("not UTF-8", ForeignSettingsReader.Read(path).Unreadable, StringComparison.Ordinal);
        File.WriteAllText(path, "MAIL_SERVER=x\n", System.Text.Encoding.Unicode);
        Assert.Contains("UTF-16", ForeignSettingsReader.Read(path).Unreadable, StringComparison.Ordinal);
    }

    [Fact]
    public void The_librarys_own_names_in_an_environment_file_are_judged_with_their_lines()
    {
        var source = Read($"Mail__Host=smtp.example.com\nMail__Username=ann\nMail__Password={Settle.Secret} \nMail__Port=smtp\nMail__Timeouts__Connect=5\n").Source!;

        var evidence = Settle.Checked(SettingsInterpreter.Interpret(source)).Evidence;

        Assert.Equal([("Mail__Port", 4), ("Mail__Password", 3)], evidence.Problems.Select(problem => (problem.Name, int.Parse(problem.Where!.Split(':')[^1], null))));
        Assert.True(evidence.Secret!.StrayEndDroppedByReader);
        Assert.Equal("Mail__Security", Assert.Single(evidence.Vocabulary.Express(ConnectionSecurity.Implicit)).Name);
    }

    [Fact]
    public void JSON_is_judged_with_its_lines()
    {
        var source = Read(
            $$"""
            {
              // outgoing
              "Logging": { "Level": ["a", { "b": null }] },
              "Mail": {
                "Host": "smtp.example.com",
                "Port": 70000,
                "Username": "ann",
                "Password": "{{Settle.Secret}}",
                "Pasword": null,
                "Routes": { "Backup": { "Host": "smtp.example.net" } },
                "Timeouts": { "Connect": 0 }
              }
            }
            """).Source!;

        var problems = Settle.Checked(SettingsInterpreter.Interpret(source)).Evidence.Problems;

        Assert.Equal(["Mail:Port 6", "Mail:Timeouts:Connect 11"], problems.Select(problem => $"{problem.Name} {problem.Where!.Split(':')[^1]}"));
    }

    private ForeignSettingsFile Read(string text, string? framework = null)
    {
        var path = Path.Combine(_folder.FullName, text.Contains('{', StringComparison.Ordinal) ? "appsettings.json" : "mail.env");
        File.WriteAllText(path, text);
        return ForeignSettingsReader.Read(path, framework, _ => null);
    }
}
