using System.Text;
using Sendwright.SmtpServer;
using Sendwright.Testing;

namespace Sendwright.Tests.SmtpServer;

/// <summary>Whole conversations as text. Each is replayed whole, by line and by byte, and must read the same.</summary>
public sealed class ConversationTests
{
    private static readonly string[] Hello = ["C: EHLO app.example", "S: 250-mx.example", "S: 250-PIPELINING", "S: 250-SIZE 37748736", "S: 250-8BITMIME", "S: 250-SMTPUTF8", "S: 250-CHUNKING", "S: 250-ENHANCEDSTATUSCODES", "S: 250 AUTH PLAIN LOGIN"];

    [Theory]
    [EachDelivery]
    public async Task A_message_with_login_and_dots(ByteDelivery delivery)
    {
        var messages = await PlayAsync(delivery, """
            S: 220 mx.example ESMTP
            HELLO
            C: AUTH PLAIN AGFubgBjb3JyM2N0LWhvcnNl
            S: 235 2.7.0 Logged in
            C: MAIL FROM:<ann@example.com> SIZE=64
            S: 250 2.1.0 Sender ok
            C: RCPT TO:<bob@example.net>
            S: 250 2.1.5 Recipient ok
            C: RCPT TO:<cid@example.net>
            S: 250 2.1.5 Recipient ok
            C: DATA
            S: 354 End with a dot on a line of its own
            C: Subject: dots
            C:
            C: ..
            C: ..two
            C: mid.dle
            C: .
            S: 250 2.0.0 queued
            C: QUIT
            S: 221 2.0.0 Bye
            """);

        var message = Assert.Single(messages);
        Assert.Equal("Subject: dots\r\n\r\n.\r\n.two\r\nmid.dle\r\n", Encoding.ASCII.GetString(message.Content.Span));
        Assert.Equal("ann@example.com", message.Sender!.Address);
        Assert.Equal(["bob@example.net", "cid@example.net"], message.Recipients.Select(recipient => recipient.Address));
        Assert.Equal(("ann", "app.example", true, false), (message.Session.AuthenticatedUser, message.Session.ClientName, message.Session.IsExtended, message.Session.IsEncrypted));
    }

    [Theory]
    [EachDelivery]
    public async Task Two_messages_in_chunks(ByteDelivery delivery)
    {
        var messages = await PlayAsync(delivery, """
            S: 220 mx.example ESMTP
            HELLO
            C: MAIL FROM:<> BODY=8BITMIME
            S: 250 2.1.0 Sender ok
            C: RCPT TO:<bob@example.net>
            S: 250 2.1.5 Recipient ok
            C: BDAT 10
            RAW A: b\r\n\r\n.\r
            S: 250 2.0.0 10 octets received
            C: BDAT 6
            RAW \n.\r\nQU
            S: 250 2.0.0 6 octets received
            C: BDAT 4 LAST
            RAW IT\r\n
            S: 250 2.0.0 queued
            C: MAIL FROM:<ann@example.com>
            S: 250 2.1.0 Sender ok
            C: RCPT TO:<bob@example.net>
            S: 250 2.1.5 Recipient ok
            C: BDAT 3 LAST
            RAW b\r\n
            S: 250 2.0.0 queued
            C: QUIT
            S: 221 2.0.0 Bye
            """);

        Assert.Equal(["A: b\r\n\r\n.\r\n.\r\nQUIT\r\n", "b\r\n"], messages.Select(message => Encoding.ASCII.GetString(message.Content.Span)));
        Assert.True(messages[0].IsEightBit);
        Assert.Null(messages[0].Sender);
    }

    [Theory]
    [EachDelivery]
    public async Task A_login_in_steps_cancelled_mistyped_and_done(ByteDelivery delivery) =>
        await PlayAsync(delivery, """
            S: 220 mx.example ESMTP
            HELLO
            C: AUTH PLAIN
            S: 334
            C: *
            S: 501 5.7.0 Login cancelled
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: YW5u
            S: 334 UGFzc3dvcmQ6
            C: *
            S: 501 5.7.0 Login cancelled
            C: AUTH LOGIN YW5u
            S: 334 UGFzc3dvcmQ6
            C: d3Jvbmc=
            S: 535 5.7.8 User name or password is wrong
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: not base64!
            S: 501 5.5.2 The login's response is malformed
            C: AUTH PLAIN =
            S: 501 5.5.2 The login's response is malformed
            C: AUTH PLAIN /////w==
            S: 501 5.5.2 The login's response is malformed
            C: AUTH PLAIN Ym9iAGFubgBjb3JyM2N0LWhvcnNl
            S: 535 5.7.8 User name or password is wrong
            C: AUTH CRAM-MD5
            S: 504 5.5.4 The login mechanisms are PLAIN and LOGIN
            C: AUTH PLAIN
            S: 334
            C: AGFubgBjb3JyM2N0LWhvcnNl
            S: 235 2.7.0 Logged in
            C: AUTH PLAIN AGFubgBjb3JyM2N0LWhvcnNl
            S: 503 5.5.1 Already logged in
            C: QUIT
            S: 221 2.0.0 Bye
            """);

    [Theory]
    [EachDelivery]
    public async Task Refused_chunks_are_read_over_and_never_obeyed(ByteDelivery delivery)
    {
        var messages = await PlayAsync(delivery, """
            S: 220 mx.example ESMTP
            HELLO
            C: BDAT 6
            RAW RSET\r\n
            S: 503 5.5.1 Say MAIL first
            C: MAIL FROM:<ann@example.com>
            S: 250 2.1.0 Sender ok
            C: RCPT TO:<bob@example.net>
            S: 250 2.1.5 Recipient ok
            C: BDAT 3
            RAW a\nb
            S: 554 5.6.0 The content has a bare LF; lines end with CR LF
            C: BDAT 6 LAST
            RAW QUIT\r\n
            S: 503 5.5.1 Say MAIL first
            C: BDAT what
            S: 501 5.5.4 BDAT needs its size, and LAST or nothing behind it; this session ends
            """);

        Assert.Empty(messages);
    }

    [Theory]
    [EachDelivery]
    public async Task A_session_of_mistakes_goes_on(ByteDelivery delivery)
    {
        var messages = await PlayAsync(delivery, """
            S: 220 mx.example ESMTP
            C: MAIL FROM:<ann@example.com>
            S: 503 5.5.1 Say EHLO first
            C: HELO app.example
            S: 250 mx.example
            C: MAIL FROM:<a b@example.com>
            S: 501 5.1.7 Give the sender as MAIL FROM:<local@domain> or MAIL FROM:<>
            C: MAIL FROM:<ann@example.com> SIZE=99999999999999999999
            S: 552 5.3.4 The message is larger than SIZE allows
            C: MAIL FROM:<jörg@example.com>
            S: 553 5.6.7 An address beyond ASCII needs SMTPUTF8 with MAIL
            C: MAIL FROM:<ann@example.com> RET=FULL
            S: 555 5.5.4 A parameter is not one that EHLO offers
            C: MAIL FROM:<ann@example.com>
            S: 250 2.1.0 Sender ok
            C: RCPT TO:bob@example.net
            S: 501 5.1.3 Give the recipient as RCPT TO:<local@domain>
            C: RCPT TO:<bob@münchen.example>
            S: 553 5.6.7 An address beyond ASCII needs SMTPUTF8 with MAIL
            C: DATA
            S: 554 5.5.1 No valid recipients
            C: RCPT TO:<bob@example.net>
            S: 250 2.1.5 Recipient ok
            C: DATA
            S: 354 End with a dot on a line of its own
            RAW smuggled\n.\r\nMAIL FROM:<evil@example.com>\r\n.\r\n
            S: 554 5.6.0 The content has a bare LF; lines end with CR LF
            C: MAIL FROM:<jörg@example.com> SMTPUTF8
            S: 250 2.1.0 Sender ok
            C: RCPT TO:<bob@münchen.example>
            S: 250 2.1.5 Recipient ok
            C: DATA
            S: 354 End with a dot on a line of its own
            C: .
            S: 250 2.0.0 queued
            C: QUIT
            S: 221 2.0.0 Bye
            """);

        var message = Assert.Single(messages);
        Assert.True(message.SmtpUtf8);
        Assert.Equal("jörg@example.com", message.Sender!.Address);
        Assert.Equal("bob@münchen.example", Assert.Single(message.Recipients).Address);
        Assert.True(message.Content.IsEmpty);
    }

    [Theory]
    [EachDelivery]
    public async Task EHLO_and_RSET_forget_the_message(ByteDelivery delivery) =>
        await PlayAsync(delivery, """
            S: 220 mx.example ESMTP
            HELLO
            C: MAIL FROM:<ann@example.com>
            S: 250 2.1.0 Sender ok
            C: RCPT TO:<bob@example.net>
            S: 250 2.1.5 Recipient ok
            HELLO
            C: DATA
            S: 503 5.5.1 Say MAIL first
            C: MAIL FROM:<ann@example.com>
            S: 250 2.1.0 Sender ok
            C: RSET
            S: 250 2.0.0 Ok
            C: RCPT TO:<bob@example.net>
            S: 503 5.5.1 Say MAIL first
            C: QUIT
            S: 221 2.0.0 Bye
            """);

    /// <summary>Plays the client's side in the given pieces. By line, each reply must also be there before the next line is sent.</summary>
    private static async Task<List<ReceivedMessage>> PlayAsync(ByteDelivery delivery, string conversation)
    {
        var lines = conversation.Split('\n').SelectMany(line => line == "HELLO" ? Hello : [line]).ToList();
        var expected = new StringBuilder();
        var said = new StringBuilder();
        await using var server = new TestServer();
        if (delivery == ByteDelivery.Whole)
        {
            await server.SendAsync(lines.SelectMany(Octets).ToArray());
            said.Append(server.Said());
        }

        foreach (var line in lines)
        {
            if (line.StartsWith("S:", StringComparison.Ordinal))
            {
                expected.Append(line == "S: 334" ? "334 " : line[3..]).Append("\r\n");
                continue;
            }

            if (delivery == ByteDelivery.Whole)
                continue;
            said.Append(server.Said());
            Assert.Equal(expected.ToString(), said.ToString());
            foreach (var piece in Octets(line).Chunk(delivery == ByteDelivery.ByByte ? 1 : int.MaxValue))
                await server.SendAsync(piece);
        }

        said.Append(server.Said());
        Assert.Equal(expected.ToString(), said.ToString());
        Assert.True(server.HasEnded);
        return server.Messages;
    }

    private static byte[] Octets(string line)
    {
        if (line.StartsWith("RAW ", StringComparison.Ordinal))
        {
            Assert.True(ScriptText.TryUnescape(line[4..], out var octets));
            return octets;
        }

        return line.StartsWith("C:", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(line[2..].TrimStart(' ') + "\r\n") : [];
    }
}
