using System.Diagnostics;
using System.Net;
using System.Text;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;
using Sendwright.SmtpServer;
using Sendwright.Testing;

namespace Sendwright.Integration.Tests.SmtpServer;

/// <summary>Our server and a client we did not write: what Python's smtplib sends is what arrives.</summary>
public sealed class PythonSmtplibTests
{
    private const string Python = "/usr/bin/python3";

    // The message comes on standard input, the secret in the environment: neither is in the process list.
    private const string Script = """
        import os, smtplib, ssl, sys
        port, ca, mechanism = sys.argv[1:4]
        password = os.environ["SMTP_PASSWORD"]
        with smtplib.SMTP("127.0.0.1", int(port), local_hostname="python.example", timeout=20) as smtp:
            smtp.starttls(context=ssl.create_default_context(cafile=ca))
            smtp.ehlo()
            smtp.user, smtp.password = "ann", password
            try:
                smtp.auth(mechanism, getattr(smtp, "auth_" + mechanism.lower()))
                refused = smtp.sendmail("ann@example.com", ["bob@example.net", "nobody@example.net", "cid@example.net"], sys.stdin.buffer.read(), ["BODY=8BITMIME"])
                print(refused)
            except smtplib.SMTPResponseException as e:
                print(e.smtp_code, e.smtp_error)
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task Smtplib_delivers_the_very_octets_over_STARTTLS_with_login(string mechanism)
    {
        var content = Encoding.UTF8.GetBytes("Subject: dots\r\n\r\n.\r\n..\r\n.leading\r\nin.side\r\n" + new string('x', 200_000) + "\r\nGrüße\r\n\r\n.\r\n");
        var messages = new List<ReceivedMessage>();

        var said = await SendAsync(messages, mechanism, "corr3ct-horse", content);

        Assert.Contains("'nobody@example.net': (550, b'5.1.1 No such user')", said, StringComparison.Ordinal);
        var message = Assert.Single(messages);
        Assert.Equal(content, message.Content.ToArray());
        Assert.Equal(["bob@example.net", "cid@example.net"], message.Recipients.Select(recipient => recipient.Address));
        Assert.Equal(("ann@example.com", "ann", "python.example", true), (message.Sender!.Address, message.Session.AuthenticatedUser, message.Session.ClientName, message.IsEightBit));
        Assert.True(message.Session.IsEncrypted);
    }

    [Fact]
    public async Task Smtplib_hears_why_a_login_is_refused()
    {
        var messages = new List<ReceivedMessage>();

        var said = await SendAsync(messages, "PLAIN", "wrong", []);

        Assert.StartsWith("535 b'5.7.8", said, StringComparison.Ordinal);
        Assert.Empty(messages);
    }

    private static async Task<string> SendAsync(List<ReceivedMessage> messages, string mechanism, string password, byte[] content)
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is not there.");
        using var certificates = new TestCertificates();
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var certificate = certificates.ServerWithIntermediate("127.0.0.1");
            var files = await certificate.WriteToAsync(folder.FullName, cancellationToken: Cancel);
            await using var listener = SmtpListener.Start(new IPEndPoint(IPAddress.Loopback, 0), new SmtpServerOptions
            {
                HostName = "mx.example",
                Certificate = certificate.Context,
                RequireTls = true,
                RequireLogin = true,
                Authenticate = new SmtpCredentials(("ann", new Secret("corr3ct-horse"))).CheckAsync,
                AcceptRecipient = (recipient, _, _) => ValueTask.FromResult(recipient.LocalPart == "nobody" ? new SmtpReply(550, "5.1.1 No such user") : null),
                AcceptMessage = (message, _) =>
                {
                    messages.Add(message);
                    return ValueTask.FromResult(new SmtpReply(250, "2.0.0 queued"));
                },
            });
            return await RunAsync(["-c", Script, $"{listener.EndPoint.Port}", files.AuthorityFile, mechanism], password, content);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string[] arguments, string password, byte[] input)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SMTP_PASSWORD"] = password;
        using var python = Process.Start(start)!;
        var output = python.StandardOutput.ReadToEndAsync(Cancel);
        var errors = python.StandardError.ReadToEndAsync(Cancel);
        await python.StandardInput.BaseStream.WriteAsync(input, Cancel);
        python.StandardInput.Close();
        await python.WaitForExitAsync(Cancel);
        Assert.True(python.ExitCode == 0, await errors);
        return await output;
    }
}
