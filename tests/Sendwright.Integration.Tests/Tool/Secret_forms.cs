using System.Text;
using Sendwright.Integration.Tests.Servers;
using Xunit.Sdk;

namespace Sendwright.Integration.Tests.Tool;

/// <summary>Proves that the search for a leaked secret would find one.</summary>
public sealed class Secret_forms
{
    [Theory]
    [InlineData("password=tr0ub4dor-S3CRET-9")]
    [InlineData("smtp://ann:TR0UB4DOR-S3CRET-9@host")]
    [InlineData("74723075623464 6f722d5333435245542d39")]
    public void Are_found_in_plain_sight(string output) =>
        Assert.Throws<DoesNotContainException>(() => SecretForms.AssertAbsent(MailAccount.Ann.Password, output.Replace(" ", "", StringComparison.Ordinal)));

    [Theory]
    [InlineData("\0ann@example.test\0", "")]
    [InlineData("\0bob@example.test\0x", "x")]
    [InlineData("ann", " ")]
    [InlineData("", "")]
    public void Are_found_within_Base64(string before, string after)
    {
        var output = "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes(before + MailAccount.Ann.Password + after));

        Assert.Throws<DoesNotContainException>(() => SecretForms.AssertAbsent(MailAccount.Ann.Password, output));
    }

    [Fact]
    public void Are_not_seen_where_there_are_none() => SecretForms.AssertAbsent(MailAccount.Ann.Password, "MAIL_PASSWORD=***, 535 5.7.8 authentication failed");
}
