using Sendwright.Providers;
using Sendwright.Settings;

namespace Sendwright.Tests.Providers;

public sealed class ProviderCatalogTests
{
    private static ProviderCatalog Catalog => ProviderCatalog.Default;

    [Theory]
    [InlineData("smtp.gmail.com", "gmail")]
    [InlineData("SMTP.Gmail.COM.", "gmail")]
    [InlineData("smtp.office365.com", "office365")]
    [InlineData("smtp-mail.outlook.com", "outlook")]
    [InlineData("smtp.sendgrid.net", "sendgrid")]
    [InlineData("email-smtp.eu-west-1.amazonaws.com", "ses")]
    [InlineData("email-smtp.mars-north-1.amazonaws.com", "ses")]
    [InlineData("email-smtp.a.b.amazonaws.com", null)]
    [InlineData("email-smtp..amazonaws.com", null)]
    [InlineData("smtp.aol.com", "aol")]
    [InlineData("mail.gmail.com", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("localhost", null)]
    [InlineData("", null)]
    public void Knows_a_provider_by_its_server(string host, string? id)
    {
        Assert.Equal(id, Catalog.FindByHost(host)?.Id);
    }

    [Theory]
    [InlineData("gmail.com", "gmail")]
    [InlineData("Hotmail.com", "outlook")]
    [InlineData("verizon.net", "aol")]
    [InlineData("proton.me", "proton-bridge")]
    [InlineData("example.com", null)]
    public void Knows_a_provider_by_the_domain_of_an_address(string domain, string? id)
    {
        Assert.Equal(id, Catalog.FindByDomain(domain)?.Id);
    }

    [Theory]
    [InlineData("smtp.gmial.com", "smtp.gmail.com")]
    [InlineData("smpt.gmail.com", "smtp.gmail.com")]
    [InlineData("smtp.gmail.con", "smtp.gmail.com")]
    [InlineData("smtp.gmail.co", "smtp.gmail.com")]
    [InlineData("stmp.gmai.com", "smtp.gmail.com")]
    [InlineData("smtpgmail.com", null)]
    [InlineData("SMTP.GMAIL.CMO", "smtp.gmail.com")]
    [InlineData("smtp.ofice365.com", "smtp.office365.com")]
    [InlineData("smtp.sendgrid.com", null)]
    [InlineData("smtp.gmail.com", null)]
    [InlineData("smtp.zoho.in", null)]
    [InlineData("smtp.123.com", null)]
    [InlineData("smtp.example.com", null)]
    [InlineData("127.0.0.2", null)]
    [InlineData("email-smtp.eu-west-4.amazonaws.com", null)]
    public void Finds_the_server_that_was_hardly_missed(string host, string? nearest)
    {
        Assert.Equal(nearest, Catalog.NearestKnownHost(host));
    }

    [Fact]
    public void No_known_server_is_taken_for_a_slip_of_another()
    {
        Assert.All(Catalog.Providers.SelectMany(provider => provider.Hosts).SelectMany(host => host.Names), host => Assert.Null(Catalog.NearestKnownHost(host)));
    }

    [Fact]
    public void Knows_how_TLS_starts_on_a_port_or_says_nothing()
    {
        var gmail = Catalog.FindByHost("smtp.gmail.com")!;

        Assert.Equal(ConnectionSecurity.Implicit, gmail.SecurityOf("smtp.gmail.com", 465));
        Assert.Equal(ConnectionSecurity.StartTls, gmail.SecurityOf("smtp.gmail.com", 587));
        Assert.Null(gmail.SecurityOf("smtp.gmail.com", 25));
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("smtp", "smtp", 0)]
    [InlineData("smtp", "SMTP", 0)]
    [InlineData("smtp", "smpt", 1)]
    [InlineData("smtp", "smt", 1)]
    [InlineData("smtp", "smtps", 1)]
    [InlineData("smtp", "sntp", 1)]
    [InlineData("smtp", "msttp", 2)]
    [InlineData("smtp", "pop3", 3)]
    [InlineData("ca", "abc", 3)]
    public void Counts_the_slips_between_two_words(string left, string right, int slips)
    {
        Assert.Equal(slips, EditDistance.Between(left, right, 2));
        Assert.Equal(slips, EditDistance.Between(right, left, 2));
    }

    [Fact]
    public void Counts_slips_in_words_of_any_length()
    {
        var word = new string('a', 400);

        Assert.Equal(1, EditDistance.Between(word, word + "b", 2));
        Assert.Equal(3, EditDistance.Between(word, word + "bbbb", 2));
    }
}
