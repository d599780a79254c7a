using System.IO.Pipelines;
using Sendwright.Integration.Tests.Programs;
using Sendwright.Mime;
using Sendwright.Transport;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>Composes every message once, unless it is ready-made, and has every reader read them all.</summary>
public sealed class ReadersFixture : IAsyncLifetime
{
    private readonly TestFolder _folder = new();

    internal IReadOnlyDictionary<string, Sample> Samples { get; private set; } = new Dictionary<string, Sample>();

    internal IReadOnlyDictionary<MessageReader, IReadOnlyDictionary<string, ReadMessage>> Read { get; private set; } =
        new Dictionary<MessageReader, IReadOnlyDictionary<string, ReadMessage>>();

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var composer = new MimeComposer(TimeProvider.System);
        var samples = new Dictionary<string, Sample>();
        foreach (var (name, asked) in AskedMessage.All)
        {
            var composed = asked.ReadyMade is null ? composer.Compose(asked.Meaning) : null;
            var message = asked.ReadyMade ?? composed!;
            var octets = await OctetsOfAsync(message, token);
            var meant = MeantMessage.Of(asked.Meaning, message.MessageId!, composed?.Date ?? asked.Meaning.Date!.Value);
            samples.Add(name, new Sample(name, meant, message.NeedsSmtpUtf8, octets));
            await File.WriteAllBytesAsync(_folder.PathOf(Sample.FileOf(name)), octets, token);
        }

        Samples = samples;
        var readings = MessageReader.All.Select(reader => (Reader: reader, Reading: reader.ReadAsync(_folder.Root, token))).ToList();
        await Task.WhenAll(readings.Select(reading => reading.Reading));
        Read = readings.ToDictionary(reading => reading.Reader, reading => reading.Reading.Result);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<byte[]> OctetsOfAsync(IMessageContent message, CancellationToken cancellationToken)
    {
        using var octets = new MemoryStream();
        var writer = PipeWriter.Create(octets, new StreamPipeWriterOptions(leaveOpen: true));
        await message.WriteToAsync(writer, cancellationToken);
        await writer.CompleteAsync();
        return octets.ToArray();
    }
}
