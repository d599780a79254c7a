using Sendwright.Diagnosis;
using Sendwright.Doctor.Explain;
using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Tests.Explain;

/// <summary>Texts in the forms that Python's smtplib prints; the sentences of the servers are made up.</summary>
public sealed class SmtplibTextTests
{
    [Theory]
    [InlineData("smtplib.SMTPAuthenticationError: (535, b'5.7.8 Wrong user or secret')", "Refused at Auth: 535 5.7.8 Wrong user or secret")]
    [InlineData("SMTPAuthenticationError(535, b'5.7.8 Wrong user or secret')", "Refused at Auth: 535 5.7.8 Wrong user or secret")]
    [InlineData("SMTPSenderRefused: (553, b'5.7.1 Not your address', 'app@example.com')", "Refused at Sender: 553 5.7.1 Not your address")]
    [InlineData("smtplib.SMTPRecipientsRefused: {'bob@example.net': (550, b'5.1.1 Nobody of that name')}", "Refused at Recipient: 550 5.1.1 Nobody of that name")]
    [InlineData("{'bob@example.net': (450, b'4.2.0 Come back in a while')}", "Refused at Recipient: 450 4.2.0 Come back in a while")]
    [InlineData("smtplib.SMTPDataError: (554, b'5.7.1 This looks like spam')", "Refused at EndOfData: 554 5.7.1 This looks like spam")]
    [InlineData("smtplib.SMTPHeloError: (504, b'5.5.2 laptop: a full name please')", "Refused at Hello: 504 5.5.2 laptop: a full name please")]
    [InlineData("smtplib.SMTPConnectError: (421, b'4.3.2 Full house')", "Refused at Greeting: 421 4.3.2 Full house")]
    [InlineData("smtplib.SMTPException: (535, '5.7.8 from Python 2')", "Refused at Auth: 535 5.7.8 from Python 2")]
    public void The_exception_names_the_stage_of_its_reply(string text, string told) => Assert.Equal(told, Reading.Told(text));

    [Fact]
    public void The_lines_of_a_reply_are_told_apart_within_one_repr()
    {
        var reply = Reading.FaultIn("smtplib.SMTPAuthenticationError: (534, b'5.7.9 Use another secret.\\n5.7.9  https://help.example.com/secrets x12 - mx')").Reply;

        Assert.Equal(["534-5.7.9 Use another secret.", "534 5.7.9  https://help.example.com/secrets x12 - mx"], reply!.WireLines);
    }

    [Fact]
    public void A_repr_that_was_cut_off_still_tells_its_reply() =>
        Assert.Equal("Refused at EndOfData: 552 5.3.4 Larger than we", Reading.Told("smtplib.SMTPDataError: (552, b'5.3.4 Larger than we"));

    [Fact]
    public void A_closed_connection_without_more_is_told_without_a_stage()
    {
        var attempt = Reading.AttemptIn("smtplib.SMTPServerDisconnected: Connection unexpectedly closed");

        Assert.Equal(FaultKind.Disconnected, attempt.Fault!.Kind);
        Assert.Empty(attempt.Stages);
    }

    [Theory]
    [InlineData("timed out", FaultKind.ReplyTimedOut)]
    [InlineData("The read operation timed out", FaultKind.ReplyTimedOut)]
    [InlineData("[Errno 104] Connection reset by peer", FaultKind.ConnectionReset)]
    [InlineData("[WinError 10054] Eine vorhandene Verbindung wurde vom Remotehost geschlossen", FaultKind.ConnectionReset)]
    public void What_closed_the_connection_is_read_from_behind_the_sentence(string reason, FaultKind kind) =>
        Assert.Equal(kind, Reading.FaultIn($"smtplib.SMTPServerDisconnected: Connection unexpectedly closed: {reason}").Kind);

    [Theory]
    [InlineData("STARTTLS extension not supported by server.", FaultKind.StartTlsNotOffered, MailStage.Tls)]
    [InlineData("SMTP AUTH extension not supported by server.", FaultKind.AuthNotOffered, MailStage.Auth)]
    [InlineData("No suitable authentication method found.", FaultKind.NoSharedMechanism, MailStage.Auth)]
    [InlineData("One or more source or delivery addresses require internationalized email support, but the server does not advertise the required SMTPUTF8 capability", FaultKind.SmtpUtf8NotOffered, MailStage.Sender)]
    public void What_the_server_does_not_offer_is_a_fact(string words, FaultKind kind, MailStage stage)
    {
        var fault = Reading.FaultIn($"smtplib.SMTPNotSupportedError: {words}");

        Assert.Equal((kind, stage), (fault.Kind, fault.Stage));
    }

    [Theory]
    [InlineData("ehlo", "self.putcmd(self.ehlo_msg, name)", FaultKind.Disconnected, MailStage.Hello)]
    [InlineData("starttls", "(resp, reply) = self.docmd(\"STARTTLS\")", FaultKind.Disconnected, MailStage.Tls)]
    [InlineData("auth", "(code, resp) = self.docmd(\"AUTH\", mechanism)", FaultKind.Disconnected, MailStage.Auth)]
    [InlineData("mail", "return self.getreply()", FaultKind.Disconnected, MailStage.Sender)]
    [InlineData("rcpt", "return self.getreply()", FaultKind.Disconnected, MailStage.Recipient)]
    [InlineData("data", "(code, repl) = self.getreply()", FaultKind.Disconnected, MailStage.Data)]
    [InlineData("data", "(code, msg) = self.getreply()", FaultKind.OutcomeUnknown, MailStage.EndOfData)]
    [InlineData("connect", "(code, msg) = self.getreply()", FaultKind.Disconnected, MailStage.Greeting)]
    public void The_frame_that_waited_for_a_reply_names_the_stage(string function, string source, FaultKind kind, MailStage stage)
    {
        var attempt = Reading.AttemptIn($"""
            Traceback (most recent call last):
              File "/srv/app/mailer.py", line 20, in notify
                smtp.do_it()
              File "/usr/lib/python3.12/smtplib.py", line 500, in {function}
                {source}
                ^^^^^^^^^^^^
              File "/usr/lib/python3.12/smtplib.py", line 405, in getreply
                raise SMTPServerDisconnected("Connection unexpectedly closed")
            smtplib.SMTPServerDisconnected: Connection unexpectedly closed
            """);

        Assert.Equal((kind, stage), (attempt.Fault!.Kind, attempt.Fault.Stage));
        Assert.Equal(stage, Assert.Single(attempt.Stages).Stage);
    }

    [Theory]
    [InlineData("_get_socket", FaultKind.ConnectionTimedOut, MailStage.Connect)]
    [InlineData("getreply", FaultKind.ReplyTimedOut, MailStage.Greeting)]
    public void A_bare_time_out_is_told_by_its_frames(string inner, FaultKind kind, MailStage stage)
    {
        var fault = Reading.FaultIn($"""
              File "/usr/lib/python3.12/smtplib.py", line 341, in connect
                something()
              File "/usr/lib/python3.12/smtplib.py", line 312, in {inner}
                something()
            TimeoutError: timed out
            """);

        Assert.Equal((kind, stage), (fault.Kind, fault.Stage));
    }

    [Fact]
    public void What_was_raised_first_is_the_cause_of_what_was_raised_while_handling_it()
    {
        const string text = """
            Traceback (most recent call last):
              File "/usr/lib/python3.12/smtplib.py", line 662, in auth
                raise SMTPAuthenticationError(code, resp)
            smtplib.SMTPAuthenticationError: (535, b'5.7.8 Not this secret')

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "/usr/lib/python3.12/smtplib.py", line 365, in send
                raise SMTPServerDisconnected('please run connect() first')
            smtplib.SMTPServerDisconnected: please run connect() first
            """;

        Assert.Equal("Refused at Auth: 535 5.7.8 Not this secret", Reading.Told(text));
        Assert.Empty(ErrorTextReader.Read(text).Statements);
    }

    [Fact]
    public void A_session_that_was_never_opened_is_a_statement_without_a_connection()
    {
        var evidence = ErrorTextReader.Read("smtplib.SMTPServerDisconnected: please run connect() first");

        Assert.Empty(evidence.Attempts);
        Assert.Equal([FaultCodes.ConfigMissing, FaultCodes.ClientBug], evidence.Statements.Select(statement => statement.Code));
    }

    [Fact]
    public void A_secret_that_is_not_ASCII_breaks_the_login_inside_the_library()
    {
        var evidence = ErrorTextReader.Read("""
            Traceback (most recent call last):
              File "/usr/lib/python3.12/smtplib.py", line 644, in auth
                authobject(challenge).encode('ascii'), eol='')
            UnicodeEncodeError: 'ascii' codec can't encode character '\xe4' in position 4: ordinal not in range(128)
            """);

        Assert.Equal(FaultCodes.ClientBug, Assert.Single(evidence.Statements).Code);
    }

    [Theory]
    [InlineData("/1.1 400 Bad Request", "HTTP/1.1 400 Bad Request")]
    [InlineData("2.0-OpenSSH_9.2p1", "SSH-2.0-OpenSSH_9.2p1")]
    [InlineData("[CAPABILITY IMAP4rev1] ready", "* OK [CAPABILITY IMAP4rev1] ready")]
    [InlineData("Welcome", "Welcome")]
    public void What_came_instead_of_a_greeting_gets_back_the_start_that_smtplib_cuts_off(string rest, string whole)
    {
        var fault = Reading.FaultIn($"smtplib.SMTPConnectError: (-1, b'{rest}')");

        Assert.Equal((FaultKind.NotSmtp, MailStage.Greeting, whole), (fault.Kind, fault.Stage, fault.UnexpectedText));
    }

    [Fact]
    public void The_line_that_never_ends_is_the_librarys_own_500()
    {
        var fault = Reading.FaultIn("smtplib.SMTPResponseException: (500, 'Line too long.')");

        Assert.Equal((FaultKind.ProtocolViolation, null), (fault.Kind, fault.Reply));
    }

    [Fact]
    public void Quoted_source_lines_tell_where_the_connection_went_and_in_which_mode()
    {
        var attempt = Reading.AttemptIn("""
              File "/srv/app/mailer.py", line 12, in send
                with smtplib.SMTP_SSL("mail.example.org", 587) as smtp:
              File "/usr/lib/python3.12/ssl.py", line 1379, in do_handshake
                self._sslobj.do_handshake()
            ssl.SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)
            """);

        Assert.Equal(("mail.example.org", 587, ConnectionSecurity.Implicit), (attempt.Host, attempt.Port, attempt.Security));
        Assert.Equal(FaultKind.TlsHandshakeFailed, attempt.Fault!.Kind);
        Assert.Equal("wrong version number", attempt.Tls!.Error);
    }

    [Fact]
    public void An_error_that_source_code_only_mentions_did_not_happen()
    {
        Reading.TellsNothing("""
            Traceback (most recent call last):
              File "/srv/app/mailer.py", line 12, in send
                raise smtplib.SMTPAuthenticationError(535, b'5.7.8 only in the source')
              File "/srv/app/other.py", line 3, in unrelated
                assert reply != "550 5.1.1 no"
            AssertionError
            """);
    }

    [Fact]
    public void Debug_output_tells_the_whole_session()
    {
        var attempt = Reading.AttemptIn("""
            connect: to ('mail.example.org', 587) None
            reply: b'220 mail.example.org ESMTP\r\n'
            reply: retcode (220); Msg: b'mail.example.org ESMTP'
            connect: b'mail.example.org ESMTP'
            send: 'ehlo [192.0.2.7]\r\n'
            reply: b'250-mail.example.org\r\n'
            reply: b'250-AUTH PLAIN LOGIN\r\n'
            reply: b'250 SIZE 1000000\r\n'
            reply: retcode (250); Msg: b'mail.example.org\nAUTH PLAIN LOGIN\nSIZE 1000000'
            send: 'AUTH PLAIN AGFubgBodW50ZXI=\r\n'
            reply: b'535 5.7.8 Not you\r\n'
            reply: retcode (535); Msg: b'5.7.8 Not you'
            send: 'AUTH LOGIN YW5u\r\n'
            reply: b'334 UGFzc3dvcmQ6\r\n'
            reply: retcode (334); Msg: b'UGFzc3dvcmQ6'
            send: 'aHVudGVy\r\n'
            reply: b'535 5.7.8 Still not you\r\n'
            reply: retcode (535); Msg: b'5.7.8 Still not you'
            """);

        Assert.Equal(("mail.example.org", 587), (attempt.Host, attempt.Port));
        Assert.Equal("220 mail.example.org ESMTP", attempt.Greeting!.ToString());
        Assert.Equal(["PLAIN", "LOGIN"], attempt.Capabilities!.AuthMechanisms);
        Assert.Equal(("LOGIN", false), (attempt.Auth!.Mechanism, attempt.Auth.Accepted));
        Assert.Equal("535 5.7.8 Still not you", attempt.Fault!.Reply!.ToString());
        Assert.Equal(["AUTH PLAIN ***", "AUTH LOGIN ***", "***"], attempt.Exchanges.Where(exchange => exchange.Stage == MailStage.Auth).Select(exchange => exchange.Command));
    }

    [Fact]
    public void A_session_that_went_well_in_the_end_tells_of_no_failure() => Reading.TellsNothing("""
        send: 'ehlo client.example.com\r\n'
        reply: b'502 5.5.1 What?\r\n'
        send: 'helo client.example.com\r\n'
        reply: b'250 mail.example.org\r\n'
        send: 'mail FROM:<app@example.com>\r\n'
        reply: b'250 2.1.0 Ok\r\n'
        send: 'rcpt TO:<bob@example.net>\r\n'
        reply: b'250 2.1.5 Ok\r\n'
        send: 'data\r\n'
        reply: b'354 Go on\r\n'
        reply: retcode (354); Msg: b'Go on'
        data: (354, b'Go on')
        send: b'Subject: 550 5.1.1 not a reply\r\n\r\n535 5.7.8 nor this\r\n.\r\n'
        reply: b'250 2.0.0 Taken\r\n'
        data: (250, b'2.0.0 Taken')
        """);

    [Fact]
    public void A_connection_that_ends_after_the_final_dot_leaves_the_outcome_unknown() => Assert.Equal("OutcomeUnknown at EndOfData", Reading.Told("""
        send: 'data\r\n'
        reply: b'354 Go on\r\n'
        send: b'Subject: hello\r\n\r\nhello\r\n.\r\n'
        smtplib.SMTPServerDisconnected: Connection unexpectedly closed
        """));

    [Fact]
    public void The_command_without_a_reply_is_where_the_connection_ended() => Assert.Equal("Disconnected at Recipient", Reading.Told("""
        send: 'mail FROM:<app@example.com>\r\n'
        reply: b'250 Ok\r\n'
        send: 'rcpt TO:<bob@example.net>\r\n'
        smtplib.SMTPServerDisconnected: Connection unexpectedly closed
        """));

    [Fact]
    public void A_traceback_inside_a_JSON_log_is_read_like_any_other() => Assert.Equal("Refused at Auth: 535 5.7.8 No", Reading.Told(
        """{"level":"error","exc":"Traceback (most recent call last):\n  File \"/usr/lib/smtplib.py\", line 662, in auth\n    raise SMTPAuthenticationError(code, resp)\nsmtplib.SMTPAuthenticationError: (535, b'5.7.8 No')"}"""));
}
