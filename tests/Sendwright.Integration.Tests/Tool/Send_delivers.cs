using Sendwright.Integration.Tests.Programs;
using Sendwright.Integration.Tests.Servers;

namespace Sendwright.Integration.Tests.Tool;

/// <summary>The main job, seen from the recipient's mailbox: what was meant is what a parser that is not ours reads.</summary>
public sealed class Send_delivers
{
    private const string Text = "Grüße aus Köln.\n\n.Eine Zeile mit Punkt.\nFrom the start of a line.\n日本語 📮\n";
    private const string Html = "<p>Grüße aus <b>Köln</b>, 日本語</p>\n";

    private static readonly MailAccount Bob = new($"bob@{MailAccount.Domain}", "another");
    private static readonly MailServerOptions TwoAccounts = new() { Accounts = [MailAccount.Ann, Bob] };

    [Theory]
    [InlineData(MailPort.Submission)]
    [InlineData(MailPort.ImplicitTls)]
    public async Task Through_Postfix_what_was_written(int port)
    {
        await using var postfix = await PostfixServer.StartAsync(TwoAccounts, Token);
        await using var target = new MailTarget { Host = postfix.Address.ToString() };

        await SendAsync(target, postfix.AuthorityFile, port);

        await AssertReceivedAsync(postfix.Mailbox(Bob));
    }

    [Theory]
    [InlineData(MailPort.Submission)]
    [InlineData(MailPort.ImplicitTls)]
    public async Task Through_Exim_what_was_written(int port)
    {
        await using var exim = await EximServer.StartAsync(TwoAccounts, Token);
        await using var target = new MailTarget { Host = exim.Address.ToString() };

        await SendAsync(target, exim.AuthorityFile, port);

        await AssertReceivedAsync(exim.Mailbox(Bob));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static byte[] Attachment => [.. Enumerable.Range(0, 2000).Select(i => (byte)(i * 7))];

    private static async Task SendAsync(MailTarget target, string authorityFile, int port)
    {
        using var folder = new TestFolder();
        var html = folder.Write("body.html", Html);
        var attachment = folder.PathOf("Übersicht Köln.bin");
        await File.WriteAllBytesAsync(attachment, Attachment, Token);
        var startTls = port == MailPort.Submission;
        var settings = new Dictionary<string, string?>
        {
            ["MAIL_PORT"] = $"{port}",
            ["MAIL_STARTTLS"] = $"{startTls}",
            ["MAIL_SSL_TLS"] = $"{!startTls}",
            ["MAIL_FROM_NAME"] = "Änn Müller, Köln",
            ["CERT_BUNDLE"] = authorityFile,
        };

        var result = await FastApiProject.SendAsync(
            target,
            settings,
            ["--to", $"\"Bøb (日本)\" <{Bob.Address}>", "--subject", "Grüße: 日本語, and long enough to be folded 📮 more than once", "--text", Text, "--html", html, "--attach", attachment],
            Token);

        Assert.Equal(0, result.Successful.ExitCode);
        SecretForms.AssertAbsent(MailAccount.Ann.Password, result.Everything);
    }

    private static async Task AssertReceivedAsync(Maildir mailbox)
    {
        var received = await ReceivedMessage.ReadAsync(await mailbox.SingleMessageAsync(Token), Token);

        Assert.Equal([$"\"Änn Müller, Köln\" <{MailAccount.Ann.Address}>"], received.From);
        Assert.Equal([$"\"Bøb (日本)\" <{Bob.Address}>"], received.To);
        Assert.Equal("Grüße: 日本語, and long enough to be folded 📮 more than once", received.Subject);
        Assert.InRange(DateTimeOffset.Parse(received.Date), TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow());
        Assert.EndsWith($"@{MailAccount.Domain}>", received.MessageId, StringComparison.Ordinal);
        Assert.Equal(["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/octet-stream"], received.Structure);
        // On the wire every line of text ends in CRLF (RFC 2046, 4.1.1); inside base64 it stays so.
        Assert.Equal(Text, received.Text.ReplaceLineEndings("\n"));
        Assert.Equal(Html, received.Html.ReplaceLineEndings("\n"));
        var attachment = Assert.Single(received.Attachments);
        Assert.Equal(("Übersicht Köln.bin", Convert.ToBase64String(Attachment)), (attachment.FileName, attachment.Content));
        Assert.Empty(received.Defects);
        Assert.True(received.Ascii);
    }
}
