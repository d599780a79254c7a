using FsCheck;
using FsCheck.Fluent;
using System.Text.RegularExpressions;
using Sendwright.Settings;

namespace Sendwright.Tests.Settings;

public sealed class RouteConditionTests
{
    private static Envelope From(string? sender, params string[] recipients) => new()
    {
        Sender = sender is null ? null : EmailAddress.Parse(sender),
        Recipients = [.. recipients.DefaultIfEmpty("bob@example.net").Select(EmailAddress.Parse)],
    };

    [Theory]
    [InlineData("ann@example.com", "ann@example.com", true)]
    [InlineData("ann@example.com", "Ann@EXAMPLE.com", true)]
    [InlineData("ann@example.com", "anna@example.com", false)]
    [InlineData("*@example.com", "ann@example.com", true)]
    [InlineData("*@example.com", "ann@mail.example.com", false)]
    [InlineData("*@*.example.com", "ann@mail.example.com", true)]
    [InlineData("*@*.example.com", "ann@example.com", false)]
    [InlineData("bounce+*@example.com", "bounce+7@example.com", true)]
    [InlineData("bounce+*@example.com", "bounce@example.com", false)]
    [InlineData("ann@example.com, *@example.org", "bob@example.org", true)]
    [InlineData("ann@example.com, *@example.org", "bob@example.com", false)]
    [InlineData("*@exämple.com", "ann@exämple.com", true)]
    [InlineData("*@xn--exmple-cua.com", "ann@exämple.com", true)]
    [InlineData("*@*", "ann@example.com", true)]
    [InlineData("*@*", null, false)]
    [InlineData("<>", null, true)]
    [InlineData("<>", "ann@example.com", false)]
    [InlineData("<>, *@example.com", null, true)]
    public void The_sender_fits_or_does_not(string pattern, string? sender, bool fits)
    {
        Assert.Equal(fits, new RouteCondition { Sender = pattern }.HoldsFor(From(sender)));
    }

    [Theory]
    [InlineData("example.net", true, "bob@example.net", "cleo@EXAMPLE.net")]
    [InlineData("example.net", false, "bob@example.net", "cleo@example.org")]
    [InlineData("example.net, example.org", true, "bob@example.net", "cleo@example.org")]
    [InlineData("*.example.net", true, "bob@a.example.net", "cleo@b.c.example.net")]
    [InlineData("*.example.net", false, "bob@example.net")]
    [InlineData("*.example.net", false, "bob@a.example.net.evil.example")]
    [InlineData("*", true, "bob@example.net", "cleo@[127.0.0.1]")]
    public void The_domain_of_every_recipient_has_to_fit(string pattern, bool holds, params string[] recipients)
    {
        Assert.Equal(holds, new RouteCondition { RecipientDomain = pattern }.HoldsFor(From("ann@example.com", recipients)));
    }

    [Fact]
    public void Every_condition_that_is_set_has_to_hold()
    {
        var condition = new RouteCondition { Sender = "*@example.com", RecipientDomain = "example.net" };

        Assert.True(condition.HoldsFor(From("ann@example.com", "bob@example.net")));
        Assert.False(condition.HoldsFor(From("ann@example.org", "bob@example.net")));
        Assert.False(condition.HoldsFor(From("ann@example.com", "bob@example.org")));
        Assert.True(RouteCondition.Always.HoldsFor(From(null)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("example.com")]
    [InlineData("@example.com")]
    [InlineData("ann@")]
    [InlineData("ann@example.com,")]
    [InlineData("ann@exam ple.com")]
    [InlineData("ann@example..com")]
    [InlineData("ann@ex*ämple.com")]
    [InlineData("Ann <ann@example.com>")]
    [InlineData("ann@example.com\n")]
    public void A_sender_that_nobody_has_is_refused(string pattern)
    {
        Assert.EndsWith(".", Assert.Throws<ArgumentException>(() => new RouteCondition { Sender = pattern }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bob@example.net")]
    [InlineData("example.net, ")]
    [InlineData("example net")]
    [InlineData(".example.net")]
    [InlineData("<>")]
    public void A_domain_that_is_none_is_refused(string pattern)
    {
        Assert.Throws<ArgumentException>(() => new RouteCondition { RecipientDomain = pattern });
    }

    [Fact]
    public void A_text_longer_than_anybody_writes_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new RouteCondition { RecipientDomain = new string('a', 4001) });
    }

    [Fact]
    public void Two_conditions_with_the_same_texts_are_equal()
    {
        Assert.Equal(new RouteCondition { Sender = "*@a.example" }, new RouteCondition { Sender = "*@a.example" });
        Assert.NotEqual(new RouteCondition { Sender = "*@a.example" }, new RouteCondition { Sender = "*@b.example" });
    }

    [Fact]
    public void Stars_mean_what_they_mean_everywhere() => Prop.ForAll(
        (from pattern in Gen.Elements('a', 'b', '*', '.').ArrayOf().Select(letters => new string(letters))
         from value in Gen.Elements('a', 'b', '.').ArrayOf().Select(letters => new string(letters))
         select (pattern, value)).ToArbitrary(),
        pair =>
        {
            var regex = "^" + Regex.Escape("x" + pair.pattern + "@y").Replace("\\*", ".*", StringComparison.Ordinal) + "$";
            Assert.Equal(Regex.IsMatch($"x{pair.value}@y", regex), Wildcards.OfAddresses($"x{pair.pattern}@y").Fit($"x{pair.value}@y"));
        }).QuickCheckThrowOnFailure();
}
