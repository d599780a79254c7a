using Sendwright.Diagnosis;

namespace Sendwright.Tests.Settings;

public sealed class HostTests
{
    [Theory]
    [InlineData("smtp.example.com")]
    [InlineData("SMTP.Example.COM")]
    [InlineData("smtp.example.com.")]
    [InlineData("mailhog")]
    [InlineData("mail_relay")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData("bücher.example")]
    [InlineData("192.0.2.7")]
    [InlineData("2001:db8::7")]
    [InlineData("1and1.example")]
    public void Takes_names_and_addresses(string host)
    {
        Assert.Empty(Settle.Mail(("Host", host)).Evidence.Problems);
    }

    [Theory]
    [InlineData("http://smtp.example.com", "smtp.example.com")]
    [InlineData("https://smtp.example.com/", "smtp.example.com")]
    [InlineData("smtp://smtp.example.com:587", "smtp.example.com")]
    [InlineData("smtp.example.com/mail", "smtp.example.com")]
    [InlineData("smtp.example.com:465", "smtp.example.com")]
    [InlineData("[2001:db8::7]:465", "2001:db8::7")]
    [InlineData("\"smtp.example.com\"", "smtp.example.com")]
    [InlineData("'smtp.example.com'", "smtp.example.com")]
    [InlineData("“smtp.example.com”", "smtp.example.com")]
    [InlineData("\"smtp.example.com\";", "smtp.example.com")]
    [InlineData("smtp.example.com;", "smtp.example.com")]
    [InlineData("smtp.example.com,", "smtp.example.com")]
    [InlineData(" smtp.example.com", "smtp.example.com")]
    [InlineData("smtp.example.com\r", "smtp.example.com")]
    [InlineData("ann@smtp.example.com", "smtp.example.com")]
    [InlineData("ann@gmail.com", "smtp.gmail.com")]
    [InlineData("smtp://ann:tr0ub4dor-S3CRET@smtp.example.com", "smtp.example.com")]
    [InlineData("ann:tr0ub4dor-S3CRET@smtp.example.com", "smtp.example.com")]
    public void Finds_the_name_in_what_else_was_written(string host, string meant)
    {
        var reading = Settle.Mail(("Host", host));

        var problem = Settle.Only(reading);
        Assert.Equal((FaultCodes.ConfigInvalid, "Mail:Host", true), (problem.Code, problem.Name, problem.IsBlocking));
        Assert.Equal(("Mail:Host", meant), (problem.Changes[0].Name, problem.Changes[0].Value));
        Assert.NotNull(reading.Evidence.Host);
        Assert.Empty(Settle.Mail(("Host", meant)).Evidence.Problems);
    }

    [Theory]
    [InlineData("smtp example.com")]
    [InlineData("smtp..example.com")]
    [InlineData(".example.com")]
    [InlineData("smtp,example.com")]
    [InlineData("1234")]
    [InlineData("smtp:example:com")]
    [InlineData("smtp.exam\0ple.com")]
    [InlineData("smtp.exa\u001b[31mmple.com")]
    [InlineData(";")]
    [InlineData("\"\"")]
    [InlineData("://")]
    [InlineData("@")]
    [InlineData("${SMTP_HOST}")]
    [InlineData("<your-smtp-server>")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com")]
    public void Refuses_what_holds_no_name(string host)
    {
        var reading = Settle.Mail(("Host", host));

        var problem = Settle.Only(reading);
        Assert.Equal((FaultCodes.ConfigInvalid, "Mail:Host"), (problem.Code, problem.Name));
        Assert.Null(reading.Evidence.Host);
        Assert.Null(Assert.Single(problem.Changes).Value);
        Assert.DoesNotContain(problem.ToString(), char.IsControl);
    }

    [Fact]
    public void A_port_in_the_host_becomes_a_change_of_the_port()
    {
        var problem = Settle.Only(Settle.Mail(("Host", "smtp.example.com:2525"), ("Port", "587")));

        Assert.Equal([new("Mail:Host", "smtp.example.com"), new("Mail:Port", "2525")], problem.Changes);
    }

    [Fact]
    public void A_domain_of_addresses_as_host_is_told_and_still_tried()
    {
        var reading = Settle.Mail(("Host", "gmail.com"));

        Assert.NotNull(reading.Settings);
        Assert.Equal("smtp.gmail.com", Assert.Single(Settle.Only(reading).Changes).Value);
    }
}
