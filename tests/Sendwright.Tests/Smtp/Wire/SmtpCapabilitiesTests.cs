using Sendwright.Smtp.Wire;

namespace Sendwright.Tests.Smtp.Wire;

public sealed class SmtpCapabilitiesTests
{
    [Fact]
    public void Reads_keywords_whatever_their_case_and_their_parameters()
    {
        var offer = Of("mail.example.com greets you", "pipelining", "SIZE 35882577", "StartTLS", "AUTH PLAIN LOGIN", "ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8", "CHUNKING");

        Assert.Equal("mail.example.com", offer.ServerName);
        Assert.True(offer is { Pipelining: true, StartTls: true, Auth: true, EnhancedStatusCodes: true, EightBitMime: true, SmtpUtf8: true, Chunking: true, Size: true });
        Assert.Equal(35882577, offer.MaxSize);
        Assert.Equal(["PLAIN", "LOGIN"], offer.AuthMechanisms);
    }

    [Fact]
    public void The_old_form_of_AUTH_counts_too() => Assert.Equal(["LOGIN", "PLAIN"], Of("x", "AUTH=LOGIN", "AUTH LOGIN PLAIN").AuthMechanisms);

    [Theory]
    [InlineData("SIZE")]
    [InlineData("SIZE 0")]
    [InlineData("SIZE unlimited")]
    public void SIZE_without_a_limit_is_offered_and_limits_nothing(string line)
    {
        var offer = Of("x", line);

        Assert.True(offer.Size);
        Assert.Null(offer.MaxSize);
    }

    [Fact]
    public void What_a_server_that_knows_only_HELO_offers_is_nothing() => Assert.Empty(Of("mail.example.com").Lines);

    private static SmtpCapabilities Of(params string[] lines) => SmtpCapabilities.Parse(new SmtpReply(250, lines));
}
