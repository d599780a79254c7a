using Sendwright.Testing;

namespace Sendwright.Tests.Smtp;

public sealed class TranscriptReplayTests : IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sendwright-tests-");

    public static TheoryData<string, ByteDelivery> Replays
    {
        get
        {
            var data = new TheoryData<string, ByteDelivery>();
            foreach (var name in Transcript.Names)
            {
                foreach (var delivery in Enum.GetValues<ByteDelivery>())
                {
                    if (delivery == ByteDelivery.Whole || !Transcript.Load(name).WholeOnly)
                        data.Add(name, delivery);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Replays))]
    public async Task A_conversation_ends_as_its_transcript_says(string name, ByteDelivery delivery)
    {
        var transcript = Transcript.Load(name);
        var caFile = Path.Combine(_folder.FullName, "ca.pem");
        await File.WriteAllTextAsync(caFile, _certificates.AuthorityPem, TestContext.Current.CancellationToken);
        await using var server = ScriptedSmtpServer.Start(
            transcript.Script, new ScriptedServerOptions { Certificate = _certificates.Server("127.0.0.1"), Delivery = delivery });
        var settings = Sending.SettingsFor(server, transcript.Security, transcript.HasLogin, caFile);

        if (transcript.Expect == "sent")
        {
            var receipt = await Sending.SendAsync(settings, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(250, receipt.Reply.Code);
            Assert.All(receipt.Recipients, recipient => Assert.True(recipient.Accepted));
            Assert.Equal(".a line with a dot\r\nand another\r\n", Assert.Single(server.ParsedMessages).Text);
        }
        else
        {
            var failure = await Assert.ThrowsAnyAsync<MailException>(() => Sending.SendAsync(settings, cancellationToken: TestContext.Current.CancellationToken));
            Assert.Equal(transcript.Expect, failure.Failure.FaultCode);
            Assert.All(Sending.SecretForms, form => Assert.DoesNotContain(form, Sending.Everything(failure), StringComparison.Ordinal));
        }

        await server.CompleteAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Delete(recursive: true);
    }
}
