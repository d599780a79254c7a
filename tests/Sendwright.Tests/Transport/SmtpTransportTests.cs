using System.IO.Pipelines;
using System.Text;
using Sendwright.Diagnosis;
using Sendwright.Settings;
using Sendwright.Testing;
using Sendwright.Tests.Smtp;
using Sendwright.Transport;

namespace Sendwright.Tests.Transport;

public sealed class SmtpTransportTests
{
    private const string UpToData = """
        S: 220 mail.example.com ESMTP
        C: EHLO *
        S: 250 mail.example.com
        C: MAIL FROM:<ann@example.com>
        S: 250 ok
        C: RCPT TO:<bob@example.net>
        S: 250 ok
        C: DATA
        S: 354 go

        """;

    private static readonly Envelope ToBob = new() { Sender = "ann@example.com", Recipients = ["bob@example.net"] };

    private static readonly Envelope ToBobAndCleo = ToBob with { Recipients = ["bob@example.net", "cleo@example.net"] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_that_the_server_echoes_is_in_no_part_of_the_exception()
    {
        await using var server = ScriptedSmtpServer.Start($"""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250-mail.example.com
            S: 250 AUTH PLAIN
            C: AUTH PLAIN *
            S: 535 5.7.8 no such login: ann/{Sending.Secret} ({Sending.SecretForms[2].TrimEnd('=')})
            C: QUIT
            S: 221 bye
            """);

        var failure = await Assert.ThrowsAsync<MailAuthenticationException>(() => Sending.SendAsync(Sending.SettingsFor(server, ConnectionSecurity.None, hasLogin: true), cancellationToken: Cancellation));

        Assert.Contains("ann/***", failure.Message, StringComparison.Ordinal);
        AssertNoSecret(Sending.Everything(failure));
    }

    [Fact]
    public async Task A_secret_that_the_server_echoes_is_in_no_recipients_outcome_and_no_receipt()
    {
        await using var server = ScriptedSmtpServer.Start($"""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250-mail.example.com
            S: 250 AUTH PLAIN
            C: AUTH PLAIN *
            S: 235 ok
            C: MAIL FROM:<ann@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok, ann/{Sending.Secret}
            C: DATA
            S: 354 go
            DATA
            S: 250 queued for ann/{Sending.Secret}
            C: QUIT
            S: 221 bye
            """);

        var receipt = await Sending.SendAsync(Sending.SettingsFor(server, ConnectionSecurity.None, hasLogin: true), cancellationToken: Cancellation);

        Assert.Equal("250 queued for ann/***", receipt.Reply.ToString());
        AssertNoSecret($"{receipt.Reply}{receipt.Recipients[0].Reply}");
    }

    [Fact]
    public async Task Content_that_fails_half_way_is_broken_off_and_nothing_is_said_in_its_midst()
    {
        await using var server = ScriptedSmtpServer.Start(UpToData + "EOF");
        var content = new Content(async (writer, token) =>
        {
            await writer.WriteAsync("Subject: half\r\n"u8.ToArray(), token);
            throw new InvalidDataException("The attachment's file is gone.");
        });

        await Assert.ThrowsAsync<InvalidDataException>(() => SendAsync(server, ToBob, content));

        // A QUIT would have become part of the message.
        await server.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task A_caller_who_cancels_before_the_final_dot_is_out_has_cancelled()
    {
        await using var server = ScriptedSmtpServer.Start(UpToData + "EOF");
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var content = new Content(async (writer, _) =>
        {
            await writer.WriteAsync("Subject: never\r\n"u8.ToArray(), CancellationToken.None);
            await caller.CancelAsync();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(server, ToBob, content, caller.Token));

        await server.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task A_caller_who_cancels_behind_the_final_dot_is_told_that_the_outcome_is_unknown_and_whom_the_server_refused()
    {
        await using var server = ScriptedSmtpServer.Start("""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250-mail.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<ann@example.com>
            C: RCPT TO:<bob@example.net>
            C: RCPT TO:<cleo@example.net>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 550 5.1.1 no such user
            S: 354 go
            DATA
            EOF
            """);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var sending = SendAsync(server, ToBobAndCleo, Text("Subject: x\r\n\r\nx\r\n"), caller.Token);
        while (server.Messages.Count == 0)
            await Task.Yield();
        await caller.CancelAsync();

        var failure = await Assert.ThrowsAsync<MailOutcomeUnknownException>(() => sending);
        Assert.Equal([true, false], failure.Failure.Recipients.Select(recipient => recipient.Accepted));
        await server.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task A_server_that_refuses_in_the_middle_of_the_content_has_refused_and_nothing_is_unknown()
    {
        await using var server = ScriptedSmtpServer.Start(UpToData + "BYTES\nS: 552 5.3.4 message too large\nRESET");
        var content = new Content(async (writer, token) =>
        {
            for (var i = 0; i < 400; i++)
                await writer.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 64 * 1024) + "\r\n"), token);
        });

        var failure = await Assert.ThrowsAnyAsync<MailException>(() => SendAsync(server, ToBob, content));

        // A reset may overtake the reply; that the message was not sent is certain either way.
        Assert.IsNotType<MailOutcomeUnknownException>(failure);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task A_421_to_one_of_several_recipients_is_the_reason_for_the_end_of_the_session()
    {
        await using var server = ScriptedSmtpServer.Start("""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250-mail.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<ann@example.com>
            C: RCPT TO:<bob@example.net>
            C: RCPT TO:<cleo@example.net>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 421 4.7.0 too many messages, closing
            CLOSE
            """);

        var failure = await Assert.ThrowsAsync<MailRefusedException>(() => SendAsync(server, ToBobAndCleo, Text("Subject: x\r\n\r\nx\r\n")));

        Assert.Equal(FaultCodes.RateLimited, failure.Failure.FaultCode);
        Assert.Equal(421, failure.Failure.Reply?.Code);
        Assert.True(failure.Failure.IsTransient);
    }

    [Theory]
    [InlineData("450 4.1.1 user unknown in virtual alias table")]
    [InlineData("450 4.2.1 mailbox temporarily disabled")]
    [InlineData("455 4.9.9 words of no known meaning")]
    public async Task A_4yz_reply_is_never_final_whatever_its_words_mean_elsewhere(string reply)
    {
        await using var server = ScriptedSmtpServer.Start($"""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250 mail.example.com
            C: MAIL FROM:<ann@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: {reply}
            C: QUIT
            S: 221 bye
            """);

        var failure = await Assert.ThrowsAsync<MailRefusedException>(() => SendAsync(server, ToBob, Text("Subject: x\r\n\r\nx\r\n")));

        Assert.True(failure.Failure.IsTransient);
    }

    [Fact]
    public async Task A_header_in_UTF8_needs_SMTPUTF8_though_the_envelope_is_ASCII()
    {
        await using var with = ScriptedSmtpServer.Start("""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250-mail.example.com
            S: 250-8BITMIME
            S: 250 SMTPUTF8
            C: MAIL FROM:<ann@example.com> BODY=8BITMIME SMTPUTF8
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go
            DATA
            S: 250 ok
            C: QUIT
            S: 221 bye
            """);
        await using var without = ScriptedSmtpServer.Start("""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250 mail.example.com
            C: QUIT
            S: 221 bye
            """);
        var message = Sending.Message with { ReplyTo = ["jürgen@example.com"] };

        await Sending.SendAsync(Sending.SettingsFor(with, ConnectionSecurity.None, hasLogin: false), message, Cancellation);
        var failure = await Assert.ThrowsAsync<MailRefusedException>(() => Sending.SendAsync(Sending.SettingsFor(without, ConnectionSecurity.None, hasLogin: false), message, Cancellation));

        Assert.Equal(FaultCodes.SmtpUtf8Unsupported, failure.Failure.FaultCode);
        await without.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task An_international_domain_goes_out_in_A_labels_and_a_null_sender_as_nothing()
    {
        await using var server = ScriptedSmtpServer.Start("""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250-mail.example.com
            S: 250 SIZE
            C: MAIL FROM:<> SIZE=17
            S: 250 ok
            C: RCPT TO:<info@xn--bcher-kva.example>
            S: 250 ok
            C: DATA
            S: 354 go
            DATA
            S: 250 ok
            C: QUIT
            S: 221 bye
            """);

        await SendAsync(server, new Envelope { Sender = null, Recipients = ["info@bücher.example"] }, Text("Subject: x\r\n\r\nx\r\n"));

        await server.CompleteAsync(Cancellation);
    }

    [Fact]
    public async Task An_envelope_without_a_recipient_is_refused_before_anything_is_tried()
    {
        using var closed = new ClosedPort();
        await using var transport = new SmtpTransport(new MailSettings { Host = "127.0.0.1", Port = closed.Port, Security = ConnectionSecurity.None });

        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(new Envelope { Recipients = [] }, Text("x"), Cancellation));
    }

    [Fact]
    public async Task A_CA_file_that_went_away_is_named_and_is_used_again_when_it_is_back()
    {
        var folder = Directory.CreateTempSubdirectory("sendwright-tests-");
        try
        {
            using var certificates = new TestCertificates();
            var caFile = Path.Combine(folder.FullName, "ca.pem");
            await using var server = ScriptedSmtpServer.Start("TLS\n" + UpToData + "DATA\nS: 250 ok\nC: QUIT\nS: 221 bye", new ScriptedServerOptions { Certificate = certificates.Server("127.0.0.1") });
            await using var transport = new SmtpTransport(Sending.SettingsFor(server, ConnectionSecurity.Implicit, hasLogin: false, caFile));

            var failure = await Assert.ThrowsAsync<MailConfigurationException>(() => transport.SendAsync(ToBob, Text("Subject: x\r\n\r\nx\r\n"), Cancellation));
            await File.WriteAllTextAsync(caFile, certificates.AuthorityPem, Cancellation);
            var receipt = await transport.SendAsync(ToBob, Text("Subject: x\r\n\r\nx\r\n"), Cancellation);

            Assert.Equal(FaultCodes.ConfigInvalid, failure.Failure.FaultCode);
            Assert.Contains(caFile, failure.Message, StringComparison.Ordinal);
            Assert.Equal(250, receipt.Reply.Code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<DeliveryReceipt> SendAsync(ScriptedSmtpServer server, Envelope envelope, IMessageContent content, CancellationToken? cancellationToken = null)
    {
        await using var transport = new SmtpTransport(Sending.SettingsFor(server, ConnectionSecurity.None, hasLogin: false));
        return await transport.SendAsync(envelope, content, cancellationToken ?? Cancellation);
    }

    private static Content Text(string text) => new(async (writer, token) => await writer.WriteAsync(Encoding.UTF8.GetBytes(text), token)) { Size = text.Length };

    private static void AssertNoSecret(string shown) =>
        Assert.All(Sending.SecretForms.SelectMany(form => (string[])[form, form.TrimEnd('=')]), form => Assert.DoesNotContain(form, shown, StringComparison.Ordinal));

    private sealed class Content(Func<PipeWriter, CancellationToken, ValueTask> write) : IMessageContent
    {
        public long? Size { get; init; }

        public string? MessageId => null;

        public bool IsEightBit => false;

        public async ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default) => await write(writer, cancellationToken);
    }
}
