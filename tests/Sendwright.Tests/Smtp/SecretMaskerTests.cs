using System.Text;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Smtp.Wire;

namespace Sendwright.Tests.Smtp;

public sealed class SecretMaskerTests
{
    private const string Token = "eyJ0eXAi.tok-S3CRET_9~x";

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("user=ann@example.com\u0001auth=Bearer ")]
    [InlineData("n,a=ann@example.com,\u0001host=mail\u0001port=587\u0001auth=Bearer ")]
    [InlineData("{\"status\":\"400\",\"token\":\"")]
    public void A_secret_learnt_is_masked_inside_any_base64(string before)
    {
        var masker = new SecretMasker();
        masker.Learn(new Secret(Token));
        var echo = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + Token + "\u0001\u0001"));

        var masked = masker.Mask(new SmtpReply(334, echo)).Text;

        Assert.Contains("***", masked, StringComparison.Ordinal);
        // No more than a letter at either side can be left of it.
        var rest = Encoding.UTF8.GetString(Convert.FromBase64String(masked[..masked.IndexOf('*', StringComparison.Ordinal)].PadRight((masked.IndexOf('*', StringComparison.Ordinal) + 3) / 4 * 4, 'A')));
        Assert.DoesNotContain(Token[..4], rest, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_learnt_is_masked_as_it_is_and_in_a_URL()
    {
        var masker = new SecretMasker();
        masker.Learn(new Secret(Token));

        Assert.Equal("no *** and *** here", masker.Mask($"no {Token} and {Uri.EscapeDataString(Token)} here"));
    }

    [Fact]
    public void Old_tokens_are_forgotten_and_the_password_never_is()
    {
        var masker = SecretMasker.For(new MailCredentials("ann", new Secret("tr0ub4dor-S3CRET")));
        for (var number = 0; number < 100; number++)
            masker.Learn(new Secret($"token-number-{number:D3}"));

        Assert.Equal("token-number-001 *** ***", masker.Mask("token-number-001 token-number-099 tr0ub4dor-S3CRET"));
    }

    [Fact]
    public void What_one_masker_learns_no_other_knows()
    {
        new SecretMasker().Learn(new Secret(Token));

        Assert.Equal(Token, new SecretMasker().Mask(Token));
        Assert.Equal(Token, SecretMasker.For(null).Mask(Token));
    }

    [Fact]
    public void A_login_by_token_masks_no_empty_text()
    {
        var masker = SecretMasker.For(new MailCredentials("ann", (_, _) => ValueTask.FromResult(Token)));

        Assert.Equal("ann and nothing else", masker.Mask("ann and nothing else"));
    }
}
