using Sendwright.Diagnosis;
using Sendwright.Doctor.Explain;
using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Tests.Explain;

/// <summary>Texts in the forms that aiosmtplib prints; the sentences of the servers are made up.</summary>
public sealed class AiosmtplibTextTests
{
    [Theory]
    [InlineData("aiosmtplib.errors.SMTPAuthenticationError: (535, '5.7.8 Not this secret')", "Refused at Auth: 535 5.7.8 Not this secret")]
    [InlineData("aiosmtplib.errors.SMTPSenderRefused: (550, '5.7.60 Not yours to send as', 'app@example.com')", "Refused at Sender: 550 5.7.60 Not yours to send as")]
    [InlineData("aiosmtplib.errors.SMTPRecipientsRefused: [SMTPRecipientRefused(550, '5.1.1 Gone', 'bob@example.net')]", "Refused at Recipient: 550 5.1.1 Gone")]
    [InlineData("aiosmtplib.errors.SMTPDataError: (552, '5.3.4 Too big')", "Refused at EndOfData: 552 5.3.4 Too big")]
    [InlineData("aiosmtplib.errors.SMTPHeloError: (501, 'Bad name')", "Refused at Hello: 501 Bad name")]
    [InlineData("aiosmtplib.errors.SMTPConnectResponseError: (554, 'Go away')", "Refused at Greeting: 554 Go away")]
    [InlineData("aiosmtplib.errors.SMTPResponseException: (454, '4.7.0 TLS not available just now')", "Refused at Tls: 454 4.7.0 TLS not available just now")]
    public void The_exception_names_the_stage_of_its_reply(string text, string told) => Assert.Equal(told, Reading.Told(text));

    [Theory]
    [InlineData("[Errno 111] Connect call failed ('192.0.2.25', 2525)", FaultKind.ConnectionRefused, MailStage.Connect)]
    [InlineData("[Errno 61] Connect call failed ('192.0.2.25', 2525)", FaultKind.ConnectionRefused, MailStage.Connect)]
    [InlineData("[Errno 10061] Connect call failed ('192.0.2.25', 2525)", FaultKind.ConnectionRefused, MailStage.Connect)]
    [InlineData("[Errno 110] Connect call failed ('192.0.2.25', 2525)", FaultKind.ConnectionTimedOut, MailStage.Connect)]
    [InlineData("[Errno 113] Connect call failed ('192.0.2.25', 2525)", FaultKind.NetworkUnreachable, MailStage.Connect)]
    [InlineData("[Errno -2] Name or service not known", FaultKind.NameNotFound, MailStage.Dns)]
    [InlineData("[Errno -3] Temporary failure in name resolution", FaultKind.NameLookupFailed, MailStage.Dns)]
    [InlineData("[Errno 11001] getaddrinfo failed", FaultKind.NameNotFound, MailStage.Dns)]
    [InlineData("Unexpected EOF received", FaultKind.Disconnected, MailStage.Greeting)]
    [InlineData("Connection lost", FaultKind.Disconnected, MailStage.Greeting)]
    [InlineData("", FaultKind.ConnectionFailed, MailStage.Connect)]
    public void What_went_wrong_while_connecting_stands_behind_host_and_port(string reason, FaultKind kind, MailStage stage)
    {
        var attempt = Reading.AttemptIn($"aiosmtplib.errors.SMTPConnectError: Error connecting to mail.example.org on port 2525: {reason}");

        Assert.Equal(("mail.example.org", 2525), (attempt.Host, attempt.Port));
        Assert.Equal((kind, stage), (attempt.Fault!.Kind, attempt.Fault.Stage));
    }

    [Fact]
    public void Each_address_that_failed_is_told()
    {
        var attempt = Reading.AttemptIn(
            "Error connecting to mail.example.org on port 587: Multiple exceptions: [Errno 101] Connect call failed ('2001:db8::25', 587, 0, 0), [Errno 101] Connect call failed ('192.0.2.25', 587)");

        Assert.Equal(["2001:db8::25", "192.0.2.25"], attempt.Addresses.Select(address => address.Address.ToString()));
        Assert.All(attempt.Addresses, address => Assert.Equal(FaultKind.NetworkUnreachable, address.Failure));
    }

    [Fact]
    public void A_handshake_inside_connect_is_that_of_implicit_TLS()
    {
        var attempt = Reading.AttemptIn("SMTPConnectError: Error connecting to mail.example.org on port 587: [SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1007)");

        Assert.Equal(ConnectionSecurity.Implicit, attempt.Security);
        Assert.Equal((FaultKind.TlsHandshakeFailed, MailStage.Tls), (attempt.Fault!.Kind, attempt.Fault.Stage));
    }

    [Theory]
    [InlineData("Timed out connecting to mail.example.org on port 465", FaultKind.ConnectionTimedOut, MailStage.Connect)]
    [InlineData("Timed out waiting for server ready message", FaultKind.ReplyTimedOut, MailStage.Greeting)]
    [InlineData("Timed out while upgrading transport", FaultKind.ReplyTimedOut, MailStage.Tls)]
    [InlineData("Connection reset while upgrading transport", FaultKind.ConnectionReset, MailStage.Tls)]
    [InlineData("SMTP STARTTLS extension not supported by server.", FaultKind.StartTlsNotOffered, MailStage.Tls)]
    [InlineData("The SMTP AUTH extension is not supported by this server.", FaultKind.AuthNotOffered, MailStage.Auth)]
    [InlineData("No suitable authentication method found.", FaultKind.NoSharedMechanism, MailStage.Auth)]
    [InlineData("An address containing non-ASCII characters was provided, but SMTPUTF8 is not supported by this server", FaultKind.SmtpUtf8NotOffered, MailStage.Sender)]
    public void Sentences_without_a_reply_are_facts_too(string words, FaultKind kind, MailStage stage)
    {
        var fault = Reading.FaultIn($"aiosmtplib.errors.SMTPException: {words}");

        Assert.Equal((kind, stage), (fault.Kind, fault.Stage));
    }

    [Fact]
    public void The_hint_to_connect_via_TLS_says_that_there_was_none() => Assert.Equal(
        ConnectionSecurity.None,
        Reading.AttemptIn("aiosmtplib.errors.SMTPException: The SMTP AUTH extension is not supported by this server. Try connecting via TLS (or STARTTLS).").Security);

    [Fact]
    public void A_reply_that_is_none_is_what_answered()
    {
        var fault = Reading.FaultIn("aiosmtplib.errors.SMTPResponseException: (-1, 'Malformed SMTP response line: HTTP/1.0 501 Not Implemented\\r\\n')");

        Assert.Equal((FaultKind.NotSmtp, "HTTP/1.0 501 Not Implemented"), (fault.Kind, fault.UnexpectedText!.Trim()));
    }

    [Fact]
    public void The_frame_names_the_stage_of_a_time_out()
    {
        var fault = Reading.FaultIn("""
            Traceback (most recent call last):
              File "/venv/lib/python3.12/site-packages/aiosmtplib/smtp.py", line 650, in ehlo
                response = await self.execute_command(
              File "/venv/lib/python3.12/site-packages/aiosmtplib/protocol.py", line 293, in read_response
                raise SMTPReadTimeoutError("Timed out waiting for server response") from exc
            aiosmtplib.errors.SMTPReadTimeoutError: Timed out waiting for server response
            """);

        Assert.Equal((FaultKind.ReplyTimedOut, MailStage.Hello), (fault.Kind, fault.Stage));
    }

    [Theory]
    [InlineData("aiosmtplib.errors.SMTPException: Connection already using TLS", FaultCodes.ClientBug)]
    [InlineData("aiosmtplib.errors.SMTPException: SMTP instance is already connected", FaultCodes.ClientBug)]
    [InlineData("RuntimeError: asyncio.run() cannot be called from a running event loop", FaultCodes.EventLoopBlockedOrTimeout)]
    [InlineData("RuntimeError: Task got Future <Future pending> attached to a different loop", FaultCodes.EventLoopBlockedOrTimeout)]
    [InlineData("RuntimeWarning: coroutine 'FastMail.send_message' was never awaited", FaultCodes.ClientBug)]
    public void A_mistake_of_the_program_is_a_statement(string text, string code)
    {
        var evidence = ErrorTextReader.Read(text);

        Assert.Empty(evidence.Attempts);
        Assert.Equal([new ReportedStatement(code, text)], evidence.Statements);
    }

    [Fact]
    public void Both_TLS_flags_are_a_conflict_of_settings()
    {
        var problem = Assert.Single(ErrorTextReader.Read("ValueError: The start_tls and use_tls options are not compatible.").Settings!.Problems);

        Assert.Equal((FaultCodes.ConfigConflict, "start_tls"), (problem.Code, problem.Name));
    }
}
