using System.Text;
using Sendwright.Settings;
using Sendwright.Smtp.Auth;

namespace Sendwright.Tests.Smtp.Auth;

public sealed class ScramMechanismTests
{
    /// <summary>The conversation of RFC 5802, 5.</summary>
    internal static readonly ScramConversation Sha1 = new(
        ScramMechanism.Sha1Name,
        "fyko+d2lbbFgONRv9qkxdawL",
        "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
        "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
        "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");

    /// <summary>The conversation of RFC 7677, 3.</summary>
    internal static readonly ScramConversation Sha256 = new(
        ScramMechanism.Sha256Name,
        "rOprNGfwEbeRWgbNEkqO",
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");

    public static TheoryData<string> Names => [Sha1.Name, Sha256.Name];

    private const string Salt = "W22ZaJ0SNY7soEsUEjb6gQ==";

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_what_the_RFC_shows_and_believes_the_right_signature(string name)
    {
        var (conversation, scram) = Start(name);

        Assert.Equal($"n,,n=user,r={conversation.Nonce}", Encoding.UTF8.GetString(scram.InitialResponse!));
        Assert.Equal(conversation.ClientFinal, Said(scram.Answer(Octets(conversation.ServerFirst))));
        Assert.NotNull(scram.ObjectionToSuccess);
        Assert.Equal("", Said(scram.Answer(Octets(conversation.ServerFinal))));
        Assert.Null(scram.ObjectionToSuccess);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Breaks_off_at_a_wrong_signature_and_believes_nothing_afterwards(string name)
    {
        var (conversation, _) = Start(name);
        var right = conversation.ServerFinal;
        foreach (var wrong in (string[])[right.Replace('=', 'A'), "v=" + Convert.ToBase64String(new byte[name == Sha1.Name ? 20 : 32]), right[..^4], "v=", "v=%%%", "", "x=1", right.ToUpperInvariant(), "v=" + new string('A', 1000)])
        {
            var (_, scram) = Start(name);
            scram.Answer(Octets(conversation.ServerFirst));

            var step = scram.Answer(Octets(wrong));

            Assert.True(step is { IsDistrust: true, Response: null, Objection: not null }, wrong);
            Assert.NotNull(scram.ObjectionToSuccess);
        }
    }

    [Fact]
    public void A_servers_error_is_kept_and_is_no_proof()
    {
        var (conversation, scram) = Start(Sha256.Name);
        scram.Answer(Octets(conversation.ServerFirst));

        Assert.Equal("", Said(scram.Answer(Octets("e=invalid-proof"))));

        Assert.Equal("invalid-proof", scram.ServerError);
        Assert.NotNull(scram.ObjectionToSuccess);
        Assert.NotNull(scram.Answer(Octets(conversation.ServerFinal)).Objection);
    }

    [Theory]
    [InlineData("", "is not of the form")]
    [InlineData("e=unknown-user", "is not of the form")]
    [InlineData("r={nonce}x,s={salt}", "is not of the form")]
    [InlineData("s={salt},r={nonce}x,i=4096", "is not of the form")]
    [InlineData("m=new,r={nonce}x,s={salt},i=4096", "demands an extension")]
    [InlineData("r={nonce},s={salt},i=4096", "does not continue the nonce")]
    [InlineData("r=other{nonce},s={salt},i=4096", "does not continue the nonce")]
    [InlineData("r={nonce}\u0007,s={salt},i=4096", "does not continue the nonce")]
    [InlineData("r={nonce}x,s=,i=4096", "has no salt")]
    [InlineData("r={nonce}x,s=%%,i=4096", "has no salt")]
    [InlineData("r={nonce}x,s={salt},i=4095", "asks for 4095 iterations, and this client does 4096 to 1000000")]
    [InlineData("r={nonce}x,s={salt},i=1", "asks for 1 iterations")]
    [InlineData("r={nonce}x,s={salt},i=1000001", "asks for 1000001 iterations")]
    [InlineData("r={nonce}x,s={salt},i=99999999999999999", "asks for 99999999999999999 iterations")]
    [InlineData("r={nonce}x,s={salt},i=04096", "asks for 04096 iterations")]
    [InlineData("r={nonce}x,s={salt},i=-4096", "an unreadable number of iterations")]
    [InlineData("r={nonce}x,s={salt},i=4096 ", "an unreadable number of iterations")]
    [InlineData("r={nonce}x,s={salt},i=", "an unreadable number of iterations")]
    public void A_hostile_challenge_is_refused_before_any_work_is_done(string challenge, string why)
    {
        var scram = new ScramMechanism(Sha256.Name, Pencil, Sha256.Nonce);

        var step = scram.Answer(Octets(challenge.Replace("{nonce}", Sha256.Nonce, StringComparison.Ordinal).Replace("{salt}", Salt, StringComparison.Ordinal)));

        Assert.True(step is { Response: null, IsDistrust: false });
        Assert.Contains(why, step.Objection, StringComparison.Ordinal);
    }

    [Fact]
    public void A_challenge_longer_than_any_honest_one_is_refused()
    {
        var scram = new ScramMechanism(Sha256.Name, Pencil, Sha256.Nonce);

        var step = scram.Answer(Octets($"r={Sha256.Nonce}{new string('x', 4096)},s={Salt},i=4096"));

        Assert.Contains("octets", step.Objection, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("i=4096")]
    [InlineData("i=1000000")]
    [InlineData("i=4096,x=an extension, which may be ignored")]
    public void A_challenge_at_the_bounds_is_answered(string count)
    {
        var scram = new ScramMechanism(Sha1.Name, Pencil, Sha1.Nonce);

        Assert.StartsWith($"c=biws,r={Sha1.Nonce}x,p=", Said(scram.Answer(Octets($"r={Sha1.Nonce}x,s={Salt},{count}"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Signs_in_a_user_name_are_escaped_and_blanks_of_any_kind_are_one()
    {
        var scram = new ScramMechanism(Sha256.Name, new MailCredentials("a=b,c\u00A0d", new Secret("pencil")), Sha256.Nonce);

        Assert.Equal($"n,,n=a=3Db=2Cc d,r={Sha256.Nonce}", Encoding.UTF8.GetString(scram.InitialResponse!));
    }

    [Fact]
    public void What_a_password_does_not_show_counts_for_nothing()
    {
        var scram = new ScramMechanism(Sha256.Name, new MailCredentials("user", new Secret("pen\u00ADcil")), Sha256.Nonce);

        Assert.Equal(Sha256.ClientFinal, Said(scram.Answer(Octets(Sha256.ServerFirst))));
    }

    [Fact]
    public void Nonces_are_long_printable_without_a_comma_and_never_the_same()
    {
        var nonces = Enumerable.Range(0, 100).Select(_ => ScramMechanism.NewNonce()).ToList();

        Assert.Equal(100, nonces.Distinct().Count());
        Assert.All(nonces, nonce => Assert.Matches("^[A-Za-z0-9+/]{24}$", nonce));
    }

    internal static MailCredentials Pencil { get; } = new("user", new Secret("pencil"));

    private static (ScramConversation Conversation, ScramMechanism Scram) Start(string name)
    {
        var conversation = name == Sha1.Name ? Sha1 : Sha256;
        return (conversation, new ScramMechanism(name, Pencil, conversation.Nonce));
    }

    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);

    private static string? Said(SaslStep step) => step.Response is { } response ? Encoding.UTF8.GetString(response) : null;
}

/// <summary>What both sides say where the user is <c>user</c> and the password <c>pencil</c>.</summary>
internal sealed record ScramConversation(string Name, string Nonce, string ServerFirst, string ClientFinal, string ServerFinal);
