using System.Net;
using System.Text;
using System.Text.Json;
using Sendwright.Integration.Tests.Programs;
using Sendwright.Settings;
using Sendwright.Transport;

namespace Sendwright.Integration.Tests.Servers;

/// <summary>Ready-made 8-bit messages through real servers: unchanged where the server takes 8-bit, and the same to a reader that is not ours where it does not.</summary>
public sealed class Raw_messages
{
    private static readonly byte[] Message = Encoding.UTF8.GetBytes(
        """
        From: =?utf-8?Q?=C3=84nn?= <ann@example.test>
        To: ann@example.test
        Date: Mon, 01 Jun 2026 10:00:00 +0000
        Message-ID: <raw.1@example.test>
        Subject: ready made,
          folded   as it came
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="=_b"
        Content-Transfer-Encoding: 8bit

        --=_b
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Grüße = aus Köln  
        .
        ..two dots
        日本語
        --inner
        Content-Type: text/html; charset=us-ascii

        <p>seven = bit</p>
        --inner--
        --=_b
        Content-Type: application/octet-stream; name=b
        Content-Disposition: attachment; filename=b

        äöü in no text
        --=_b
        Content-Type: message/rfc822

        From: bob@example.test
        MIME-Version: 1.0
        Content-Type: text/plain; charset=iso-8859-1
        Content-Transfer-Encoding: 8bit

        weitergeleitet: ÄÖÜ
        --=_b--

        """.ReplaceLineEndings("\r\n"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Through_Postfix(bool isEightBit)
    {
        var options = new MailServerOptions { Extra = isEightBit ? new Dictionary<string, string>() : new() { ["smtpd_discard_ehlo_keywords"] = "8bitmime" } };
        await using var postfix = await PostfixServer.StartAsync(options, Token);

        await SendAsync(postfix.Address, postfix.AuthorityFile);

        await AssertReceivedAsync(await postfix.Mailbox(MailAccount.Ann).SingleMessageAsync(Token), isEightBit);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Through_Exim(bool isEightBit)
    {
        var options = new MailServerOptions { Extra = new Dictionary<string, string> { ["accept_8bitmime"] = isEightBit ? "true" : "false" } };
        await using var exim = await EximServer.StartAsync(options, Token);

        await SendAsync(exim.Address, exim.AuthorityFile);

        await AssertReceivedAsync(await exim.Mailbox(MailAccount.Ann).SingleMessageAsync(Token), isEightBit);
    }

    private static async Task SendAsync(IPAddress address, string authorityFile)
    {
        await using var transport = new SmtpTransport(new MailSettings
        {
            Host = address.ToString(),
            Port = MailPort.Submission,
            Security = ConnectionSecurity.StartTls,
            Credentials = new MailCredentials(MailAccount.Ann.Address, new Secret(MailAccount.Ann.Password)),
            CaFile = authorityFile,
        });

        await new Mailer(transport).SendAsync(RawMessage.FromBytes(Message), new Envelope { Sender = MailAccount.Ann.Address, Recipients = [MailAccount.Ann.Address] }, Token);
    }

    private static async Task AssertReceivedAsync(byte[] received, bool isEightBit)
    {
        var sent = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Message).ReplaceLineEndings("\n"));

        Assert.Equal(isEightBit, received.Any(octet => octet > 127));
        if (isEightBit)
            Assert.True(received.AsSpan().EndsWith(sent), $"What arrived is not what was sent:\n{Encoding.UTF8.GetString(received)}");
        Assert.Equal(await ReadAsync(sent), await ReadAsync(received));
    }

    /// <summary>What Python's email package sees: the fields that the server does not add, and each part's type, name, octets and defects.</summary>
    private static async Task<string> ReadAsync(byte[] message)
    {
        var read = await PythonClient.RunAsync<JsonElement>(
            """
            import base64, email, email.policy, json, sys

            message = email.message_from_bytes(base64.b64decode(json.load(sys.stdin)["message"]), policy=email.policy.default)
            json.dump({
                "fields": [str(message[name]) for name in ("From", "To", "Date", "Message-ID", "Subject", "MIME-Version", "Content-Type")],
                "parts": [
                    [part.get_content_type(), part.get_content_charset(), part.get_filename(), [str(defect) for defect in part.defects],
                     None if part.is_multipart() else part.get_payload(decode=True).replace(b"\r\n", b"\n").hex()]
                    for part in message.walk()
                ],
            }, sys.stdout)
            """,
            new { Message = Convert.ToBase64String(message) },
            Token);
        return read.GetRawText();
    }
}
