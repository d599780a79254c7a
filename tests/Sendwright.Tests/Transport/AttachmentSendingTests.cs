using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Testing;
using Sendwright.Tests.Smtp;

namespace Sendwright.Tests.Transport;

/// <summary>Attachments whose streams fail while the server is already taking the message.</summary>
public sealed class AttachmentSendingTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    public async Task An_attachment_of_another_length_than_announced_is_the_contents_fault(int held)
    {
        await using var server = BrokenOff();

        var failure = await Assert.ThrowsAsync<MailContentException>(() => SendAsync(server, _ => ValueTask.FromResult<Stream>(new MemoryStream(new byte[held]))));

        Assert.Equal(FaultCodes.ContentChanged, failure.Failure.FaultCode);
        Assert.Contains("\"a.bin\"", failure.Message, StringComparison.Ordinal);
        await server.CompleteAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_attachment_that_never_comes_is_waited_for_no_longer_than_everything_together()
    {
        await using var server = BrokenOff();
        var limit = TimeSpan.FromMilliseconds(300);

        var failure = await Assert.ThrowsAsync<MailTimeoutException>(() => SendAsync(
            server,
            async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                return Stream.Null;
            },
            limit));

        Assert.Equal((MailStage.Data, FaultKind.TotalTimedOut), (failure.Failure.Stage, failure.Failure.Kind));
    }

    [Fact]
    public async Task A_source_that_cancels_its_reading_is_not_taken_for_the_caller_who_cancels()
    {
        await using var server = BrokenOff();

        var failure = await Assert.ThrowsAsync<MailContentException>(() => SendAsync(server, _ => throw new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing.")));

        Assert.Equal(FaultCodes.ContentUnreadable, failure.Failure.FaultCode);
        Assert.Contains("HttpClient.Timeout", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_went_away_is_named()
    {
        await using var server = BrokenOff();
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        var failure = await Assert.ThrowsAsync<MailContentException>(() => SendAsync(server, _ => ValueTask.FromResult<Stream>(File.OpenRead(path))));

        Assert.Equal(FaultCodes.ContentUnreadable, failure.Failure.FaultCode);
        Assert.Contains("\"a.bin\"", failure.Message, StringComparison.Ordinal);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        await server.CompleteAsync(TestContext.Current.CancellationToken);
    }

    private static Task<DeliveryReceipt> SendAsync(ScriptedSmtpServer server, Func<CancellationToken, ValueTask<Stream>> open, TimeSpan? total = null)
    {
        var settings = Sending.SettingsFor(server, ConnectionSecurity.None, hasLogin: false);
        if (total is { } limit)
            settings = settings with { Timeouts = new MailTimeouts { Total = limit } };
        return Sending.SendAsync(
            settings, new EmailMessage { From = "ann@example.com", To = ["bob@example.net"], Attachments = [Attachment.FromStream("a.bin", open, 3)] }, TestContext.Current.CancellationToken);
    }

    private static ScriptedSmtpServer BrokenOff() => ScriptedSmtpServer.Start("""
        S: 220 mail.example.com ESMTP
        C: EHLO *
        S: 250 mail.example.com
        C: MAIL FROM:<ann@example.com>
        S: 250 ok
        C: RCPT TO:<bob@example.net>
        S: 250 ok
        C: DATA
        S: 354 go
        EOF
        """);
}
