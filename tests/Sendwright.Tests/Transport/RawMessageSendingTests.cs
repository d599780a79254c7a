using System.IO.Pipelines;
using System.Text;
using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Testing;
using Sendwright.Tests.Smtp;
using Sendwright.Transport;

namespace Sendwright.Tests.Transport;

public sealed class RawMessageSendingTests
{
    private const string EightBit = "From: ann@example.com\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGrüße, and many plain words behind it\r\n";

    private static readonly Envelope ToBob = new() { Sender = "ann@example.com", Recipients = ["bob@example.net"] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_bit_content_goes_as_it_is_to_a_server_with_8BITMIME()
    {
        await using var server = Taking($"SIZE={Encoding.UTF8.GetByteCount(EightBit)} BODY=8BITMIME", "SIZE", "8BITMIME");

        await SendAsync(server, Raw(EightBit));

        Assert.Equal(EightBit, Received(server));
    }

    [Fact]
    public async Task To_a_server_without_8BITMIME_it_goes_re_encoded_and_SIZE_is_that_of_what_is_sent()
    {
        var message = Raw(EightBit);
        await using var server = Taking($"SIZE={message.ToSevenBit()!.Size}", "SIZE");

        await SendAsync(server, message);

        Assert.Equal(EightBit.Replace("8bit", "quoted-printable", StringComparison.Ordinal).Replace("üß", "=C3=BC=C3=9F", StringComparison.Ordinal), Received(server));
        Assert.Equal(message.ToSevenBit()!.Size, Encoding.UTF8.GetByteCount(Received(server)));
    }

    [Fact]
    public async Task A_signed_8bit_message_is_refused_before_MAIL_where_there_is_no_8BITMIME()
    {
        await using var server = ScriptedSmtpServer.Start("""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250 mail.example.com
            C: QUIT
            S: 221 bye
            """);

        var failure = await Assert.ThrowsAsync<MailRefusedException>(() => SendAsync(server, Raw($"DKIM-Signature: v=1\r\n{EightBit}")));

        await server.CompleteAsync(Cancellation);
        Assert.Equal(FaultKind.EightBitMimeNotOffered, failure.Failure.Kind);
        Assert.Equal(FaultCodes.EightBitMimeUnsupported, failure.Failure.FaultCode);
        Assert.Equal(RetryKind.OtherRoute, failure.Failure.Retry.Kind);
        Assert.Contains("5.6.3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_in_UTF8_is_encoded_for_a_server_without_SMTPUTF8()
    {
        await using var plain = Taking("");
        const string Message = "Subject: Grüße\r\n\r\nx\r\n";
        await using var international = Taking("BODY=8BITMIME SMTPUTF8", "8BITMIME", "SMTPUTF8");

        await SendAsync(international, Raw(Message));
        await SendAsync(plain, Raw(Message));

        Assert.Equal(Message, Received(international));
        Assert.Equal("Subject: =?utf-8?B?R3LDvMOfZQ==?=\r\n\r\nx\r\n", Received(plain));
    }

    [Fact]
    public async Task A_line_over_998_octets_goes_re_encoded_and_in_a_signed_message_as_it_is()
    {
        await using var server = Taking("");
        await using var signed = Taking("");
        var message = $"Subject: x\r\n\r\n{new string('x', 999)}\r\n";

        await SendAsync(server, Raw(message));
        await SendAsync(signed, Raw($"DKIM-Signature: v=1\r\n{message}"));

        Assert.DoesNotContain(Received(server).Split("\r\n"), line => line.Length > 998);
        Assert.Equal($"DKIM-Signature: v=1\r\n{message}", Received(signed));
    }

    [Theory]
    [InlineData("a\nb\r\n", FaultCodes.BareNewline, "bare LF", "offset 1, in line 1")]
    [InlineData("a\r\nb\r\r\n", FaultCodes.BareNewline, "bare CR", "offset 4, in line 2")]
    [InlineData("a\0\r\n", FaultCodes.BareNewline, "NUL", "offset 1, in line 1")]
    public async Task Content_of_whatever_origin_never_brings_a_bare_line_end_to_the_wire(string text, string code, string what, string where)
    {
        await using var server = BrokenOff();
        var content = new Content(async (writer, token) => await writer.WriteAsync(Encoding.ASCII.GetBytes(text), token));

        var failure = await Assert.ThrowsAsync<MailContentException>(() => SendAsync(server, content));

        await server.CompleteAsync(Cancellation);
        Assert.Empty(server.Messages);
        Assert.Equal((MailStage.Data, code), (failure.Failure.Stage, failure.Failure.FaultCode));
        Assert.Contains(what, failure.Failure.Message, StringComparison.Ordinal);
        Assert.Contains(where, failure.Failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    public async Task Content_of_another_size_than_announced_is_never_taken_for_whole(long size)
    {
        await using var server = BrokenOff();
        var content = new Content(async (writer, token) => await writer.WriteAsync("a\r\n"u8.ToArray(), token)) { Size = size };

        var failure = await Assert.ThrowsAsync<MailContentException>(() => SendAsync(server, content));

        await server.CompleteAsync(Cancellation);
        Assert.Equal(FaultCodes.ContentChanged, failure.Failure.FaultCode);
    }

    [Fact]
    public async Task A_message_whose_source_changed_is_broken_off()
    {
        var readings = new Queue<string>(["Subject: x\r\n\r\nold\r\n", "Subject: x\r\n\r\nnew\r\n"]);
        var message = await RawMessage.OpenAsync(_ => ValueTask.FromResult<Stream>(new MemoryStream(Encoding.ASCII.GetBytes(readings.Dequeue()))), Cancellation);
        await using var server = BrokenOff();

        var failure = await Assert.ThrowsAsync<MailContentException>(() => SendAsync(server, message));

        await server.CompleteAsync(Cancellation);
        Assert.Equal(FaultCodes.ContentChanged, failure.Failure.FaultCode);
    }

    [Fact]
    public async Task A_large_message_stops_when_the_server_is_gone()
    {
        await using var server = ScriptedSmtpServer.Start(Script("", isTaken: false) + "BYTES\nRESET");
        var (written, wasTold) = (0, false);
        var content = new Content(async (writer, token) =>
        {
            var piece = Encoding.ASCII.GetBytes(new string('x', 510) + "\r\n");
            for (; written < 500_000 && !wasTold; written++)
                wasTold = (await writer.WriteAsync(piece, token)).IsCompleted;
        });

        var failure = await Assert.ThrowsAsync<MailDisconnectedException>(() => SendAsync(server, content));

        Assert.True(wasTold);
        Assert.Equal(FaultCodes.ServerDisconnected, failure.Failure.FaultCode);
    }

    [Fact]
    public async Task A_mailer_sends_a_raw_message_to_the_envelope_of_its_header()
    {
        await using var server = ScriptedSmtpServer.Start("""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250 mail.example.com
            C: MAIL FROM:<boss@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: RCPT TO:<cleo@example.net>
            S: 250 ok
            C: RCPT TO:<eve@example.net>
            S: 250 ok
            C: DATA
            S: 354 go
            DATA
            S: 250 ok
            C: QUIT
            S: 221 bye
            """);
        var message = Raw("From: Ann <ann@example.com>\r\nSender: boss@example.com\r\nTo: \"Bob, B.\" <bob@example.net>,\r\n Team: cleo@example.net, bob@EXAMPLE.net;\r\nBcc: eve@example.net\r\n\r\nx\r\n");
        await using (var transport = new SmtpTransport(Sending.SettingsFor(server, ConnectionSecurity.None, hasLogin: false)))
            await new Mailer(transport).SendAsync(message, message.ReadEnvelope(), Cancellation);

        await server.CompleteAsync(Cancellation);
        Assert.DoesNotContain("eve", Received(server), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("To: b@example.net", "0 addresses in From")]
    [InlineData("From: a@example.com, b@example.com\r\nTo: b@example.net", "2 addresses in From")]
    [InlineData("From: a@example.com", "no recipient")]
    [InlineData("From: a@example.com\r\nTo: nobody", "The field To")]
    [InlineData("From: a@example.com\r\nTo: \"b@example.net", "The field To")]
    [InlineData("From: a@example.com\r\nTo: b@example.net\r\nResent-To: c@example.net", "Resent-To")]
    public void An_envelope_that_the_header_does_not_tell_is_an_error_that_says_why(string header, string words) =>
        Assert.Contains(words, Assert.Throws<FormatException>(() => Raw($"{header}\r\n\r\nx\r\n").ReadEnvelope()).Message, StringComparison.Ordinal);

    private static RawMessage Raw(string text) => RawMessage.FromBytes(Encoding.UTF8.GetBytes(text));

    private static ScriptedSmtpServer Taking(string parameters, params string[] capabilities) => ScriptedSmtpServer.Start(Script(parameters, capabilities));

    private static ScriptedSmtpServer BrokenOff() => ScriptedSmtpServer.Start(Script("", isTaken: false) + "EOF");

    private static string Script(string parameters, params string[] capabilities) => Script(parameters, isTaken: true, capabilities);

    private static string Script(string parameters, bool isTaken, params string[] capabilities) => $"""
        S: 220 mail.example.com ESMTP
        C: EHLO *
        S: 250-mail.example.com
        {string.Concat(capabilities.Select(capability => $"S: 250-{capability}\n"))}
        S: 250 HELP
        C: MAIL FROM:<ann@example.com>{(parameters.Length == 0 ? "" : " ")}{parameters}
        S: 250 ok
        C: RCPT TO:<bob@example.net>
        S: 250 ok
        C: DATA
        S: 354 go
        {(isTaken ? "DATA\nS: 250 ok\nC: QUIT\nS: 221 bye" : "")}

        """;

    private static async Task<DeliveryReceipt> SendAsync(ScriptedSmtpServer server, IMessageContent content)
    {
        await using var transport = new SmtpTransport(Sending.SettingsFor(server, ConnectionSecurity.None, hasLogin: false));
        return await transport.SendAsync(ToBob, content, Cancellation);
    }

    private static string Received(ScriptedSmtpServer server) => Assert.Single(server.Messages);

    private sealed class Content(Func<PipeWriter, CancellationToken, ValueTask> write) : IMessageContent
    {
        public long? Size { get; init; }

        public string? MessageId => null;

        public bool IsEightBit => false;

        public async ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default) => await write(writer, cancellationToken);
    }
}
