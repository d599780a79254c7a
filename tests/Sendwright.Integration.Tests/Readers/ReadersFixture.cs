using System.IO.Pipelines;
using Sendwright.Integration.Tests.Programs;
using Sendwright.Mime;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>Composes every message once and has every reader read them all.</summary>
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
        foreach (var (name, message) in ComposedMessages.All)
        {
            var composed = composer.Compose(message);
            var octets = await OctetsOfAsync(composed, token);
            samples.Add(name, new Sample(name, message, composed, octets));
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

    private static async Task<byte[]> OctetsOfAsync(ComposedMessage composed, CancellationToken cancellationToken)
    {
        using var octets = new MemoryStream();
        var writer = PipeWriter.Create(octets, new StreamPipeWriterOptions(leaveOpen: true));
        await composed.WriteToAsync(writer, cancellationToken);
        await writer.CompleteAsync();
        return octets.ToArray();
    }
}
