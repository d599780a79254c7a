using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sendwright.SmtpServer;

namespace Sendwright.Tests.SmtpServer;

public sealed class SmtpCommandParserTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true);

    [Theory]
    [InlineData("EHLO app.example", nameof(SmtpVerb.Ehlo), "app.example")]
    [InlineData("ehlo [192.0.2.1]", nameof(SmtpVerb.Ehlo), "[192.0.2.1]")]
    [InlineData("HELO my_pc  ", nameof(SmtpVerb.Helo), "my_pc")]
    public void Reads_the_name_a_client_gives_itself(string line, string verb, string name)
    {
        var hello = Assert.IsType<HelloCommand>(Parse(line));
        Assert.Equal((verb, name), (hello.Verb.ToString(), hello.ClientName));
    }

    [Fact]
    public void Reads_a_sender_with_its_parameters()
    {
        var mail = Assert.IsType<MailCommand>(Parse("mail FROM:<ann@example.com> size=1234 BODY=8BITMIME SMTPUTF8 AUTH=a+2Bb"));
        Assert.Equal(("ann@example.com", 1234L, true, true), (mail.Sender!.Address, mail.Size, mail.IsEightBit, mail.SmtpUtf8));
    }

    [Theory]
    [InlineData("MAIL FROM:<>")]
    [InlineData("MAIL FROM: <> BODY=7BIT")]
    public void Reads_the_null_sender(string line) => Assert.Null(Assert.IsType<MailCommand>(Parse(line)).Sender);

    [Fact]
    public void A_size_beyond_every_number_is_still_a_size() =>
        Assert.Equal(long.MaxValue, Assert.IsType<MailCommand>(Parse("MAIL FROM:<> SIZE=99999999999999999999")).Size);

    [Fact]
    public void Reads_a_recipient() =>
        Assert.Equal("bob@example.net", Assert.IsType<RcptCommand>(Parse("RCPT TO:<bob@example.net>")).Recipient.Address);

    [Theory]
    [InlineData("BDAT 0 LAST", 0, true)]
    [InlineData("bdat 86400", 86400, false)]
    public void Reads_a_chunk(string line, long size, bool isLast) => Assert.Equal(new BdatCommand(size, isLast), Parse(line));

    [Fact]
    public void Reads_a_login_and_shows_its_response_to_nobody()
    {
        var auth = Assert.IsType<AuthCommand>(Parse("AUTH plain AGFubgBzM2NyM3Q="));
        Assert.Equal(("PLAIN", "AGFubgBzM2NyM3Q="), (auth.Mechanism, auth.InitialResponse!.Reveal()));
        Assert.DoesNotContain("AGFubgBz", auth.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("QUIT ")]
    [InlineData("noop anything at all")]
    [InlineData("DATA")]
    [InlineData("RSET")]
    [InlineData("STARTTLS")]
    [InlineData("VRFY ann")]
    [InlineData("HELP")]
    [InlineData("HELP MAIL")]
    public void Reads_what_has_no_arguments_that_matter(string line) => Assert.Equal(typeof(SmtpCommand), Parse(line).GetType());

    [Theory]
    [InlineData("", nameof(SmtpRejection.UnknownCommand))]
    [InlineData(" NOOP", nameof(SmtpRejection.UnknownCommand))]
    [InlineData("GET / HTTP/1.1", nameof(SmtpRejection.UnknownCommand))]
    [InlineData("MAILFROM:<a@b.example>", nameof(SmtpRejection.UnknownCommand))]
    [InlineData("EHLO", nameof(SmtpRejection.ArgumentMissing))]
    [InlineData("EHLO a b", nameof(SmtpRejection.ArgumentInvalid))]
    [InlineData("EHLO münchen.example", nameof(SmtpRejection.ArgumentInvalid))]
    [InlineData("AUTH", nameof(SmtpRejection.ArgumentMissing))]
    [InlineData("AUTH PLAIN a b", nameof(SmtpRejection.ArgumentNotAllowed))]
    [InlineData("AUTH ABCDEFGHIJKLMNOPQRSTU", nameof(SmtpRejection.MechanismUnknown))]
    [InlineData("MAIL", nameof(SmtpRejection.SenderMalformed))]
    [InlineData("MAIL <a@b.example>", nameof(SmtpRejection.SenderMalformed))]
    [InlineData("MAIL FROM:a@b.example", nameof(SmtpRejection.SenderMalformed))]
    [InlineData("MAIL FROM:<a@b.example>SIZE=3", nameof(SmtpRejection.SenderMalformed))]
    [InlineData("MAIL FROM:<Postmaster>", nameof(SmtpRejection.SenderMalformed))]
    [InlineData("MAIL FROM:<> SIZE", nameof(SmtpRejection.ParameterInvalid))]
    [InlineData("MAIL FROM:<> SIZE=", nameof(SmtpRejection.ParameterInvalid))]
    [InlineData("MAIL FROM:<> SIZE=-1", nameof(SmtpRejection.ParameterInvalid))]
    [InlineData("MAIL FROM:<> SIZE=999999999999999999999", nameof(SmtpRejection.ParameterInvalid))]
    [InlineData("MAIL FROM:<> SIZE=1 size=2", nameof(SmtpRejection.ParameterInvalid))]
    [InlineData("MAIL FROM:<> -X", nameof(SmtpRejection.ParameterInvalid))]
    [InlineData("MAIL FROM:<> SMTPUTF8=yes", nameof(SmtpRejection.ParameterInvalid))]
    [InlineData("MAIL FROM:<> AUTH=a+2b", nameof(SmtpRejection.ParameterInvalid))]
    [InlineData("MAIL FROM:<> BODY=BINARYMIME", nameof(SmtpRejection.ParameterUnknown))]
    [InlineData("MAIL FROM:<> RET=HDRS", nameof(SmtpRejection.ParameterUnknown))]
    [InlineData("RCPT TO:<>", nameof(SmtpRejection.RecipientMalformed))]
    [InlineData("RCPT FROM:<a@b.example>", nameof(SmtpRejection.RecipientMalformed))]
    [InlineData("RCPT TO:<a@b.example> NOTIFY=NEVER", nameof(SmtpRejection.ParameterUnknown))]
    [InlineData("BDAT", nameof(SmtpRejection.ChunkMalformed))]
    [InlineData("BDAT -1", nameof(SmtpRejection.ChunkMalformed))]
    [InlineData("BDAT 1 2", nameof(SmtpRejection.ChunkMalformed))]
    [InlineData("BDAT 99999999999999999999", nameof(SmtpRejection.ChunkMalformed))]
    [InlineData("DATA now", nameof(SmtpRejection.ArgumentNotAllowed))]
    [InlineData("QUIT now", nameof(SmtpRejection.ArgumentNotAllowed))]
    [InlineData("VRFY", nameof(SmtpRejection.ArgumentMissing))]
    public void Refuses_what_is_malformed(string line, string rejection) =>
        Assert.Equal(rejection, Assert.IsType<MalformedCommand>(Parse(line)).Rejection.ToString());

    // A second command inside an argument, for each verb that has one (CRLF injection: CWE-93).
    [Theory]
    [InlineData("EHLO a\rQUIT")]
    [InlineData("HELO a\nQUIT")]
    [InlineData("MAIL FROM:<a@b.example\r\nRCPT TO:<evil@example.com>")]
    [InlineData("MAIL FROM:<\"a\nb\"@b.example>")]
    [InlineData("MAIL FROM:<a@b.example> SIZE=1\rDATA")]
    [InlineData("RCPT TO:<a@b.example>\nDATA")]
    [InlineData("RCPT TO:<a\0@b.example>")]
    [InlineData("AUTH PLAIN AGEAYg==\rQUIT")]
    [InlineData("BDAT 3\nLAST")]
    [InlineData("NOOP \0")]
    [InlineData("NOOP \u007f")]
    [InlineData("RSET\t")]
    public void Refuses_every_control_character(string line) =>
        Assert.Equal(SmtpRejection.ControlCharacter, Assert.IsType<MalformedCommand>(Parse(line)).Rejection);

    [Fact]
    public void Refuses_octets_that_are_no_UTF8() =>
        Assert.Equal(SmtpRejection.NotUtf8, Assert.IsType<MalformedCommand>(SmtpCommandParser.Parse([.. "MAIL FROM:<j"u8, 0xF6, .. "rg@b.example>"u8])).Rejection);

    [Fact]
    public void Whatever_comes_it_never_throws() =>
        Prop.ForAll(Lines.ToArbitrary(), line => SmtpCommandParser.Parse(line) is not null).Check(Thorough);

    [Fact]
    public void What_it_accepts_can_be_said_again_on_one_line() =>
        Prop.ForAll(Lines.ToArbitrary(), line => SmtpCommandParser.Parse(line) switch
        {
            MailCommand { Sender: { } sender } => IsOneWord(sender.Address),
            RcptCommand rcpt => IsOneWord(rcpt.Recipient.Address),
            HelloCommand hello => IsOneWord(hello.ClientName),
            _ => true,
        }).Check(Thorough);

    /// <summary>Pieces of real commands with random octets between: nearly right is what breaks parsers.</summary>
    private static Gen<byte[]> Lines
    {
        get
        {
            var pieces = Gen.Elements("MAIL ", "FROM:", "RCPT ", "TO:", "<", ">", "@", "a", "b.example", "[127.0.0.1]", "\"", "\\", " ", "SIZE=", "12", "BODY=", "8BITMIME", "EHLO ", "BDAT ", "LAST", "AUTH ", "\r", "\n", "\0", "ä")
                .Select(Encoding.UTF8.GetBytes);
            var octets = Gen.ArrayOf(Gen.Choose(0, 255).Select(octet => (byte)octet), 2);
            return Gen.ListOf(Gen.Frequency((9, pieces), (1, octets))).Select(parts => parts.SelectMany(part => part).ToArray());
        }
    }

    private static bool IsOneWord(string text) => !text.Any(char.IsControl) && (text.StartsWith('"') || !text.Contains(' ', StringComparison.Ordinal));

    private static SmtpCommand Parse(string line) => SmtpCommandParser.Parse(Encoding.UTF8.GetBytes(line));
}
