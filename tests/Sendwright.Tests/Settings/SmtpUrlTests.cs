using Sendwright.Diagnosis;
using Sendwright.Settings;

namespace Sendwright.Tests.Settings;

public sealed class SmtpUrlTests
{
    [Theory]
    [InlineData("smtp://ann:tr0ub4dor-S3CRET@smtp.example.com:2525", 2525, ConnectionSecurity.StartTls)]
    [InlineData("smtp://ann:tr0ub4dor-S3CRET@smtp.example.com", 587, ConnectionSecurity.StartTls)]
    [InlineData("smtp://ann:tr0ub4dor-S3CRET@smtp.example.com:465/", 465, ConnectionSecurity.Implicit)]
    [InlineData("smtps://ann:tr0ub4dor-S3CRET@smtp.example.com", 465, ConnectionSecurity.Implicit)]
    [InlineData("SMTP+STARTTLS://ann:tr0ub4dor-S3CRET@smtp.example.com", 587, ConnectionSecurity.StartTls)]
    public void Reads_a_server_and_its_login(string url, int port, ConnectionSecurity security)
    {
        var reading = Settle.Mail(("Url", url));

        var settings = reading.Settings!;
        Assert.Empty(reading.Evidence.Problems);
        Assert.Equal(("smtp.example.com", port, security), (settings.Host, settings.Port, settings.Security));
        Assert.Equal(("ann", Settle.Secret), (settings.Credentials!.Username, settings.Credentials.Password.Reveal()));
    }

    [Fact]
    public void Decodes_what_is_percent_encoded()
    {
        var settings = Settle.Mail(("Url", "smtp://ann%40example.com:p%40ss%2Fw%23rd%25@smtp.example.com")).Settings!;

        Assert.Equal(("ann@example.com", "p@ss/w#rd%"), (settings.Credentials!.Username, settings.Credentials.Password.Reveal()));
    }

    [Fact]
    public void Needs_no_login()
    {
        Assert.Null(Settle.Mail(("Url", "smtp://[::1]:1025")).Settings!.Credentials);
    }

    [Theory]
    [InlineData("smtp://ann:tr0ub4dor-S3CRET@x@smtp.example.com", "%40")]
    [InlineData("smtp://ann:tr0ub4dor-S3CRET/x@smtp.example.com", "%2F")]
    [InlineData("smtp://ann:tr0ub4dor-S3CRET#x@smtp.example.com", "%23")]
    [InlineData("smtp://ann:tr0ub4dor-S3CRET?x@smtp.example.com", "%3F")]
    [InlineData("smtp://ann:tr0ub4dor-S3CRET%zz@smtp.example.com", "%25")]
    [InlineData("smtp://ann@example.com:tr0ub4dor-S3CRET@smtp.example.com", "%40")]
    public void Names_what_is_not_encoded_and_still_sees_the_server(string url, string encoded)
    {
        var reading = Settle.Mail(("Url", url));

        var problem = Settle.Only(reading);
        Assert.Equal((FaultCodes.ConfigInvalid, "Mail:Url", true), (problem.Code, problem.Name, problem.IsBlocking));
        Assert.Contains(encoded, problem.Fix, StringComparison.Ordinal);
        Assert.Contains("***@smtp.example.com", problem.Value, StringComparison.Ordinal);
        Assert.Equal("smtp.example.com", reading.Evidence.Host);
    }

    [Theory]
    [InlineData("sendgrid://tr0ub4dor-S3CRET@", "not supported yet")]
    [InlineData("ses://AKIA:tr0ub4dor-S3CRET@eu-west-1", "not supported yet")]
    [InlineData("sandbox:", "not supported yet")]
    [InlineData("https://smtp.example.com", "web address")]
    [InlineData("imap://smtp.example.com", "not known")]
    [InlineData("imap://tr0ub4dor-S3CRET", "not known")]
    [InlineData("smtp.example.com", "not a URL")]
    [InlineData("smtp:smtp.example.com", "not a URL")]
    public void Refuses_other_schemes(string url, string because)
    {
        var problem = Settle.Only(Settle.Mail(("Url", url)));

        Assert.Equal((FaultCodes.ConfigInvalid, "Mail:Url"), (problem.Code, problem.Name));
        Assert.Contains(because, problem.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp://", FaultCodes.ConfigMissing, "host in Mail:Url")]
    [InlineData("smtp://smtp.example.com:99999", FaultCodes.ConfigInvalid, "port in Mail:Url")]
    [InlineData("smtp://smtp.example.com:", FaultCodes.ConfigMissing, "port in Mail:Url")]
    [InlineData("smtp://ann@smtp.example.com", FaultCodes.ConfigMissing, "Mail:Password")]
    [InlineData("smtp://:tr0ub4dor-S3CRET@smtp.example.com", FaultCodes.ConfigMissing, "user name in Mail:Url")]
    [InlineData("smtp://ann:tr0ub4dor-S3CRET", FaultCodes.ConfigInvalid, "Mail:Url")]
    [InlineData("smtp://smtp.example.com:submission", FaultCodes.ConfigInvalid, "Mail:Url")]
    [InlineData("smtp://smtp.example.com/inbox", FaultCodes.ConfigInvalid, "Mail:Url")]
    public void Judges_its_parts_as_settings_and_says_which(string url, string code, string name)
    {
        var problem = Settle.Only(Settle.Mail(("Url", url)));

        Assert.Equal((code, name), (problem.Code, problem.Name));
    }

    [Theory]
    [InlineData("Host", "smtp.example.net")]
    [InlineData("Port", "587")]
    [InlineData("Security", "Implicit")]
    public void Beside_a_setting_of_the_server_is_a_conflict(string name, string value)
    {
        var problem = Settle.Only(Settle.Mail(("Url", "smtp://ann:tr0ub4dor-S3CRET@smtp.example.com"), (name, value)));

        Assert.Equal((FaultCodes.ConfigConflict, true), (problem.Code, problem.IsBlocking));
        Assert.Contains("Mail:" + name, problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_login_may_stand_beside_it()
    {
        var settings = Settle.Mail(("Url", "smtp://smtp.example.com"), ("Username", "ann"), ("Password", Settle.Secret)).Settings!;

        Assert.Equal(Settle.Secret, settings.Credentials!.Password.Reveal());
    }

    [Fact]
    public void An_empty_one_counts_as_none()
    {
        Assert.Empty(Settle.Mail(("Url", ""), ("Host", "smtp.example.com")).Evidence.Problems);
    }

    [Fact]
    public void A_fix_says_which_part_to_change()
    {
        var vocabulary = Settle.Mail(("Url", "smtp://smtp.example.com:587")).Evidence.Vocabulary;

        Assert.Equal([new("port in Mail:Url", "465"), new("scheme of Mail:Url", "smtps://")], vocabulary.Express(465, ConnectionSecurity.Implicit));
    }
}
