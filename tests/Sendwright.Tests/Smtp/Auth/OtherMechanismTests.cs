using System.Text;
using Sendwright.Settings;
using Sendwright.Smtp.Auth;

namespace Sendwright.Tests.Smtp.Auth;

public sealed class OtherMechanismTests
{
    private static readonly Secret Token = new("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==");

    [Fact]
    public void CRAM_MD5_answers_as_RFC_2195_shows()
    {
        var mechanism = new CramMd5Mechanism(new MailCredentials("tim", new Secret("tanstaaftanstaaf")));

        Assert.Null(mechanism.InitialResponse);
        Assert.Equal("tim b913a602c7eda7a495b4e6e7334d3890", Said(mechanism.Answer("<1896.697170952@postoffice.reston.mci.net>"u8)));
        Assert.Null(mechanism.Answer("again"u8).Response);
    }

    [Fact]
    public void CRAM_MD5_signs_nothing_that_is_no_challenge()
    {
        var mechanism = new CramMd5Mechanism(new MailCredentials("tim", new Secret("tanstaaftanstaaf")));

        Assert.True(mechanism.Answer([]) is { Response: null, Objection: not null });
    }

    // RFC 7628, 4.1 (port 143) and 4.3 (SMTP).
    [Theory]
    [InlineData(143, "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB")]
    [InlineData(587, "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9NTg3AWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB")]
    public void OAUTHBEARER_says_what_RFC_7628_shows(int port, string expected)
    {
        var mechanism = new OAuthBearerMechanism("user@example.com", Token, "server.example.com", port);

        Assert.Equal(expected, Convert.ToBase64String(mechanism.InitialResponse));
    }

    [Fact]
    public void OAUTHBEARER_answers_an_error_with_one_octet_once()
    {
        var mechanism = new OAuthBearerMechanism("user@example.com", Token, "server.example.com", 587);
        const string error = """{"status":"invalid_token","scope":"example_scope"}""";

        Assert.Equal([1], mechanism.Answer(Encoding.UTF8.GetBytes(error)).Response);
        Assert.Equal(error, mechanism.ServerError);
        Assert.Null(mechanism.Answer(Encoding.UTF8.GetBytes(error)).Response);
    }

    [Fact]
    public void OAUTHBEARER_escapes_what_would_end_the_name() =>
        Assert.StartsWith("n,a=a=2Cb=3Dc@example.com,\u0001host=", Encoding.UTF8.GetString(new OAuthBearerMechanism("a,b=c@example.com", Token, "x", 587).InitialResponse), StringComparison.Ordinal);

    [Fact]
    public void XOAUTH2_says_what_Google_and_Microsoft_show()
    {
        var mechanism = new XOAuth2Mechanism("someuser@example.com", new Secret("ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"));

        Assert.Equal(
            "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==",
            Convert.ToBase64String(mechanism.InitialResponse));
    }

    [Fact]
    public void XOAUTH2_answers_an_error_with_nothing_once()
    {
        var mechanism = new XOAuth2Mechanism("user@example.com", Token);

        Assert.Equal([], mechanism.Answer("""{"status":"401"}"""u8).Response!);
        Assert.Equal("""{"status":"401"}""", mechanism.ServerError);
        Assert.Null(mechanism.Answer("{}"u8).Response);
    }

    [Fact]
    public void EXTERNAL_says_who_to_be_or_nothing()
    {
        Assert.Empty(new ExternalMechanism("").InitialResponse);
        Assert.Equal("ann@example.com"u8, new ExternalMechanism("ann@example.com").InitialResponse);
    }

    private static string? Said(SaslStep step) => step.Response is { } response ? Encoding.UTF8.GetString(response) : null;
}
