using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sendwright.Doctor.Explain;

namespace Sendwright.Tests.Explain;

/// <summary>Texts that are about something else, that are enormous, or that mean harm.</summary>
public sealed class HostileTextTests
{
    private static readonly string[] Pieces =
    [
        "550 ", "550-", "5.7.1 ", "\n", "(550, b'", "'", "\"", "\\n", "\\x", "334 ", "AUTH PLAIN ", "AUTH LOGIN ", "S: ", "C: ", "<< ", ">> ", "reply: b'", "send: '", "reply: retcode (5); Msg: b'",
        "  File \"/a/smtplib.py\", line 1, in data\n", "    x = 1\n", "Traceback (most recent call last):\n", "[Errno ", "111] ", "Connect call failed ('", "1.2.3.4', 25)", "password=", "smtp://a:b@c",
        "login(", "Error connecting to ", " on port ", "99999999999", "[SSL: ", "alert number ", "\u001b[31m", "\u001b]0;", "\0", "\r", "validation error\n", "MAIL_PORT\n", "input_value=", "EHLO x\n", "DATA\n", "354 go\n", "-1, '",
        "{'a@b': (", "said: ", "(in reply to ", "\ud800", "ö", "www", "SG.aaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    [Theory]
    [InlineData("Traceback (most recent call last):\n  File \"/srv/app/main.py\", line 3, in <module>\n    print(settings['missing'])\nKeyError: 'missing'")]
    [InlineData("redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.")]
    [InlineData("psycopg2.OperationalError: could not connect to server: Connection refused\n\tIs the server running on host \"db\" (192.0.2.9) and accepting TCP/IP connections on port 5432?")]
    [InlineData("requests.exceptions.SSLError: HTTPSConnectionPool(host='api.example.com', port=443): Max retries exceeded with url: / (Caused by SSLError(1, '[SSL: WRONG_VERSION_NUMBER] wrong version number'))")]
    [InlineData("INFO:     127.0.0.1:53211 - \"POST /signup HTTP/1.1\" 200 OK\nINFO:     mail sent to bob@example.net in 421 ms")]
    [InlineData("")]
    [InlineData("\n\n   \n")]
    public void A_text_about_something_else_tells_nothing(string text) => Reading.TellsNothing(text);

    [Fact]
    public void Any_mixture_of_telling_pieces_is_read_without_an_exception_and_bounded()
    {
        var texts = Gen.ArrayOf(Gen.Elements(Pieces)).Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var evidence = ErrorTextReader.Read(text);
            return evidence.Attempts.Count <= 1 && evidence.Attempts.All(attempt => attempt.Fault is not null && attempt.Fault.Message.Length <= 2500);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void Random_text_is_read_without_an_exception() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(text => text is not null), text => ErrorTextReader.Read(text).Attempts.Count <= 1).QuickCheckThrowOnFailure();

    [Fact]
    public void A_number_that_is_no_reply_code_is_read_as_none() =>
        Assert.Empty(ErrorTextReader.Read("reply: retcode (5); Msg: b'www.example.com 5 5'").Attempts);

    [Fact]
    public void Evidence_holds_no_control_characters()
    {
        var evidence = ErrorTextReader.Read("\u001b[31m535 5.7.8 \u001b]0;title\u0007Not\u0000 you\u001b[0m\u202e ever\nS: 550 5.1.1 \u0008\u0008no");
        var texts = new[] { evidence.Subject!.Fault!.Message, evidence.Subject.Fault.Reply!.ToString() };

        Assert.All(texts, text => Assert.DoesNotContain(text, c => char.IsControl(c) || c == '\u202e'));
        Assert.Equal("535 5.7.8 Not you ever", texts[1]);
    }

    [Fact]
    public void The_end_of_an_enormous_log_is_read() =>
        Assert.Equal("Refused at Auth: 535 5.7.8 Not you", Reading.Told(new string('x', 10 * TextCleaner.MaxLength) + "\nsmtplib.SMTPAuthenticationError: (535, b'5.7.8 Not you')"));

    [Fact]
    public void What_one_text_gives_is_bounded()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 5000; i++)
            text.Append("C: RCPT TO:<bob").Append(i).Append("@example.net>\nS: 550 5.1.1 ").Append('y', 20).Append('\n');

        Assert.InRange(JsonSerializer.Serialize(ErrorTextReader.Read(text.ToString())).Length, 1, 100_000);
    }

    // Not a benchmark: a reader that turns quadratic needs minutes for this, a linear one a fraction of a second.
    [Theory]
    [InlineData("550 ")]
    [InlineData("550-5.7.1 a ")]
    [InlineData("550 5.1.1 no\n")]
    [InlineData("(550, b'")]
    [InlineData("(550, b'\\xff")]
    [InlineData("'")]
    [InlineData("[ response [550 x ")]
    [InlineData("password=")]
    [InlineData("smtp://a:b@")]
    [InlineData("login(\"")]
    [InlineData(" << 250 ok >> EHLO x")]
    [InlineData("  File \"/a/smtplib.py\", line 1, in data\n    x\nFoo: connection reset by peer\n")]
    [InlineData("C: RCPT TO:<a>\nS: 550 no\n")]
    [InlineData("334 abcd ")]
    [InlineData("\u001b[")]
    public async Task A_hostile_text_is_read_in_time_linear_in_its_size(string piece)
    {
        var text = new StringBuilder();
        while (text.Length < TextCleaner.MaxLength)
            text.Append(piece);

        var reading = Task.Run(() => ErrorTextReader.Read(text.ToString()), TestContext.Current.CancellationToken);

        Assert.NotNull(await reading.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }
}
