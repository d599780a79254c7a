using Sendwright.Doctor.Dns;

namespace Sendwright.Tests.Dns;

public sealed class NameServersTests
{
    [Fact]
    public void Reads_the_first_three_name_servers_and_nothing_else()
    {
        const string text = """
            # nameserver 192.0.2.99
            ; nameserver 192.0.2.98
            search example.com corp.example.com
            nameserver 127.0.0.53
            nameserver	2001:db8::53   # a comment
            options edns0 trust-ad ndots:5
            nameserver not-an-address
             nameserver 192.0.2.97
            nameservers 192.0.2.96
            nameserver 192.0.2.1
            nameserver 192.0.2.2
            """;

        Assert.Equal(["127.0.0.53:53", "[2001:db8::53]:53", "192.0.2.1:53"], ResolvConf.Parse(text).Select(server => server.ToString()));
    }

    [Fact]
    public void Keeps_the_zone_of_a_link_local_server() =>
        Assert.Equal(7, Assert.Single(ResolvConf.Parse("nameserver fe80::1%7\n")).Address.ScopeId);

    [Fact]
    public void A_zone_of_an_interface_that_is_not_here_does_not_lose_the_server() =>
        Assert.Equal("fe80::1", Assert.Single(ResolvConf.Parse("nameserver fe80::1%no-such-interface\n")).Address.ToString());

    [Fact]
    public void No_file_means_no_server() => Assert.Empty(ResolvConf.Read(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1:53")]
    [InlineData("192.0.2.1:5353", "192.0.2.1:5353")]
    [InlineData("2001:db8::53", "[2001:db8::53]:53")]
    [InlineData("[2001:db8::53]", "[2001:db8::53]:53")]
    [InlineData("[2001:db8::53]:5353", "[2001:db8::53]:5353")]
    public void Reads_the_resolver_option(string text, string expected)
    {
        Assert.True(NameServers.TryParse(text, out var server));
        Assert.Equal(expected, server.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("dns.example.com")]
    [InlineData("53")]
    [InlineData("192.0.2.1:0")]
    [InlineData("192.0.2.1:65536")]
    [InlineData("192.0.2.1:dns")]
    public void Refuses_what_names_no_resolver(string text) => Assert.False(NameServers.TryParse(text, out _));
}
