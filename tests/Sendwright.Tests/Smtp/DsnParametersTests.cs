using Sendwright.Smtp;
using Sendwright.Smtp.Wire;
using Sendwright.Testing;
using Sendwright.Tests.Messages;
using Sendwright.Transport;

namespace Sendwright.Tests.Smtp;

public sealed class DsnParametersTests
{
    private static readonly SmtpCapabilities With = SmtpCapabilities.Parse(new SmtpReply(250, ["mail.example.com", "DSN"]));

    private static readonly EmailAddress Bob = "bob@example.net";

    [Fact]
    public void The_example_of_RFC_3461_is_written_as_it_stands_there()
    {
        var envelope = For(new Dsn { Return = DsnReturn.Headers, EnvelopeId = "QQ314159", Notify = DsnNotify.Success | DsnNotify.Failure });

        Assert.Equal(" RET=HDRS ENVID=QQ314159", DsnParameters.ForMail(envelope, With));
        Assert.Equal(" NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob@example.net", DsnParameters.ForRcpt(envelope, Bob, With));
    }

    [Theory]
    [InlineData(DsnNotify.Default, "")]
    [InlineData(DsnNotify.Never, " NOTIFY=NEVER")]
    [InlineData(DsnNotify.Delay, " NOTIFY=DELAY")]
    [InlineData(DsnNotify.Success | DsnNotify.Failure | DsnNotify.Delay, " NOTIFY=SUCCESS,FAILURE,DELAY")]
    public void Each_wish_has_its_words(DsnNotify notify, string words) =>
        Assert.Equal($"{words} ORCPT=rfc822;bob@example.net", DsnParameters.ForRcpt(For(new Dsn { Notify = notify }), Bob, With));

    [Fact]
    public void What_is_not_asked_for_is_not_written()
    {
        Assert.Equal("", DsnParameters.ForMail(For(new Dsn()), With));
        Assert.Equal("", DsnParameters.ForMail(For(null), With));
        Assert.Equal("", DsnParameters.ForRcpt(For(null), Bob, With));
        Assert.Null(DsnParameters.AreRequested(For(null), With));
    }

    [Fact]
    public void A_server_without_DSN_is_told_nothing()
    {
        var envelope = For(new Dsn { Return = DsnReturn.Full, EnvelopeId = "1", Notify = DsnNotify.Never });

        Assert.Equal("", DsnParameters.ForMail(envelope, SmtpCapabilities.None));
        Assert.Equal("", DsnParameters.ForRcpt(envelope, Bob, SmtpCapabilities.None));
        Assert.False(DsnParameters.AreRequested(envelope, SmtpCapabilities.None));
        Assert.True(DsnParameters.AreRequested(envelope, With));
    }

    [Fact]
    public void An_original_recipient_stands_in_for_the_one_it_was()
    {
        var envelope = For(new Dsn { OriginalRecipients = new Dictionary<EmailAddress, EmailAddress> { [Bob] = "list+x=y@example.org" } });

        Assert.Equal(" ORCPT=rfc822;list+2Bx+3Dy@example.org", DsnParameters.ForRcpt(envelope, Bob, With));
        Assert.Equal(" ORCPT=rfc822;cleo@example.net", DsnParameters.ForRcpt(envelope, "cleo@example.net", With));
    }

    [Theory]
    [InlineData("bob@b\u00FCcher.example", "rfc822;bob@xn--bcher-kva.example")]
    [InlineData("b\u00F6b@b\u00FCcher.example", @"utf-8;b\x{F6}b@b\x{FC}cher.example")]
    [InlineData("\U0001F600+x@example.net", @"utf-8;\x{1F600}\x{2B}x@example.net")]
    [InlineData("\"a b\"@example.net", "rfc822;\"a+20b\"@example.net")]
    public void Addresses_of_any_kind_are_one_word_of_ASCII(string address, string word) =>
        Assert.Equal($" ORCPT={word}", DsnParameters.ForRcpt(For(new Dsn()), address, With));

    [Theory]
    [InlineData("a b+c=d", "a+20b+2Bc+3Dd")]
    [InlineData("~!", "~!")]
    public void An_envelope_id_is_xtext(string id, string written) => Assert.Equal($" ENVID={written}", DsnParameters.ForMail(For(new Dsn { EnvelopeId = id }), With));

    [Fact]
    public void An_envelope_id_is_printable_ASCII_within_its_length_or_refused_by_name()
    {
        foreach (var id in (string[])["", "a\u00E9", .. InjectionTests.Hostile])
        {
            try
            {
                var written = DsnParameters.ForMail(For(new Dsn { EnvelopeId = id }), With);
                Assert.Matches("^ ENVID=[!-~]{1,100}$", written);
                Assert.DoesNotContain('=', written[7..]);
            }
            catch (ArgumentException refusal)
            {
                Assert.Contains("Dsn.EnvelopeId", refusal.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(refusal.Message, char.IsControl);
                Assert.InRange(refusal.Message.Length, 1, 300);
            }
        }

        Assert.Throws<ArgumentException>(() => new Dsn { EnvelopeId = new string('+', 34) });
        Assert.Equal(new string('x', 100), new Dsn { EnvelopeId = new string('x', 100) }.EnvelopeId);
    }

    [Theory]
    [InlineData(DsnNotify.Never | DsnNotify.Failure)]
    [InlineData((DsnNotify)16)]
    public void A_wish_that_contradicts_itself_is_refused_by_name(DsnNotify notify) =>
        Assert.Contains("Dsn.Notify", Assert.Throws<ArgumentException>(() => new Dsn { Notify = notify }).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_wish_goes_out_with_the_envelope()
    {
        await using var server = ScriptedSmtpServer.Start("""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250-mail.example.com
            S: 250 DSN
            C: MAIL FROM:<ann@example.com> RET=HDRS ENVID=a+20b
            S: 250 ok
            C: RCPT TO:<bob@example.net> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;bob@example.net
            S: 250 ok
            C: DATA
            S: 354 go
            DATA
            S: 250 queued
            CLOSE
            """);
        var envelope = For(new Dsn { Return = DsnReturn.Headers, EnvelopeId = "a b", Notify = DsnNotify.Success | DsnNotify.Delay });

        await new Mailer(new SmtpTransport(Sending.SettingsFor(server, Sendwright.Settings.ConnectionSecurity.None, hasLogin: false)))
            .SendAsync(RawMessage.FromBytes("Subject: x\r\n\r\nx\r\n"u8.ToArray()), envelope, TestContext.Current.CancellationToken);

        await server.CompleteAsync(TestContext.Current.CancellationToken);
    }

    private static Envelope For(Dsn? dsn) => new() { Sender = "ann@example.com", Recipients = [Bob], Dsn = dsn };
}
