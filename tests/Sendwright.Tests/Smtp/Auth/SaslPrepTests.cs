using Sendwright.Smtp.Auth;

namespace Sendwright.Tests.Smtp.Auth;

public sealed class SaslPrepTests
{
    [Theory]
    [InlineData("I\u00ADX", "IX")]
    [InlineData("user", "user")]
    [InlineData("USER", "USER")]
    [InlineData("", "")]
    [InlineData("pass word", "pass word")]
    [InlineData("pass\u3000word", "pass word")]
    [InlineData("zero\u200Bwidth", "zero width")]
    [InlineData("\uFEFFpass\u200Dword\uFE0F", "password")]
    [InlineData("p\u00E4ssw\u00F6rt\u00DF", "p\u00E4ssw\u00F6rt\u00DF")]
    [InlineData("\u043F\u0430\u0440\u043E\u043B\u044C", "\u043F\u0430\u0440\u043E\u043B\u044C")]
    [InlineData("\u5BC6\u7801", "\u5BC6\u7801")]
    [InlineData("\uC554\uD638", "\uC554\uD638")]
    public void Prepares_what_people_type_with_or_without_the_tables_of_ICU(string text, string prepared)
    {
        Assert.Equal(prepared, SaslPrep.Prepare(text, canNormalize: false));
        Assert.Equal(prepared, SaslPrep.Prepare(text, canNormalize: true));
        Assert.Equal(prepared, SaslPrep.Prepare(text));
    }

    [Theory]
    [InlineData("\u0007")]
    [InlineData("a\0b")]
    [InlineData("a\u007F")]
    [InlineData("a\u0085")]
    [InlineData("a\u202Eb")]
    [InlineData("a\uE000")]
    [InlineData("a\uFFFE")]
    [InlineData("a\uFDD0")]
    [InlineData("a\uFFFD")]
    [InlineData("a\uD83D")]
    [InlineData("a\uDE00")]
    [InlineData("a\U000E0041")]
    [InlineData("a\U0001FFFF")]
    [InlineData("a\U0010FFFD")]
    public void Refuses_what_is_prohibited(string text)
    {
        Assert.Null(SaslPrep.Prepare(text, canNormalize: false));
        Assert.Null(SaslPrep.Prepare(text, canNormalize: true));
    }

    [Theory]
    [InlineData("\u00AA")] // would become a
    [InlineData("\u2168")] // would become IX
    [InlineData("a\u0308")] // would become one letter
    [InlineData("\uFB01")]
    [InlineData("\uFF41")]
    [InlineData("\u1100\u1161")]
    [InlineData("\U0001F600")]
    public void Prepares_nothing_that_it_cannot_normalise_for_certain(string text) => Assert.Null(SaslPrep.Prepare(text, canNormalize: false));
}
