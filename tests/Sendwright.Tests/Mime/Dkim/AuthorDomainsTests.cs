using System.Text;
using Sendwright.Mime.Dkim;

namespace Sendwright.Tests.Mime.Dkim;

public sealed class AuthorDomainsTests
{
    [Theory]
    [InlineData("ann@example.com", "example.com")]
    [InlineData(" Ann <ann@Example.COM>\r\n", "example.com")]
    [InlineData("\"bob@evil.example\" <ann@example.com>", "example.com")]
    [InlineData("bob@evil.example <ann@example.com>", "example.com")]
    [InlineData("<ann@example.com> bob@evil.example", "example.com")]
    [InlineData("(bob@evil.example (nested@evil.example) \\) x) ann@example.com (x@evil.example)", "example.com")]
    [InlineData("\"a\\\"@evil.example\"@example.com", "example.com")]
    [InlineData("ann@example.com, Bob <bob@example.net>", "example.com example.net")]
    [InlineData("Team: ann@example.com, bob@example.net;", "example.com example.net")]
    [InlineData("<@relay.example,@second.example:ann@example.com>", "example.com")]
    [InlineData("ann @\r\n example.com", "example.com")]
    [InlineData("Änn <ann@bücher.example>", "xn--bcher-kva.example")]
    [InlineData("ann@", "")]
    [InlineData("\"never closed@example.com", "")]
    [InlineData("\"x\\", "")]
    [InlineData("(never closed@example.com", "")]
    [InlineData("(x\\", "")]
    [InlineData("", "")]
    public void Reads_the_domains_of_the_authors_however_they_are_written(string value, string domains)
    {
        Assert.Equal(domains, string.Join(' ', AuthorDomains.Of(Encoding.UTF8.GetBytes(value))));
    }
}
