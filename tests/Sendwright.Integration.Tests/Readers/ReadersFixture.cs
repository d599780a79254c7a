using System.IO.Pipelines;
using Sendwright.Mime;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>Composes every message once and has every reader read them all.</summary>
public sealed class ReadersFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sendwright-readers-").FullName;

    internal IReadOnlyDictionary<string, ReadMessage> ByPython { get; private set; } = new Dictionary<string, ReadMessage>();

    internal IReadOnlyDictionary<string, ReadMessage> ByMailparser { get; private set; } = new Dictionary<string, ReadMessage>();

    internal Dictionary<string, ComposedMessage> Composed { get; } = [];

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var composer = new MimeComposer(TimeProvider.System);
        foreach (var (name, message) in ComposedMessages.All)
        {
            var composed = composer.Compose(message);
            Composed.Add(name, composed);
            await using var file = File.Create(Path.Combine(_folder, FileOf(name)));
            var writer = PipeWriter.Create(file);
            await composed.WriteToAsync(writer, token);
            await writer.CompleteAsync();
        }

        var python = MessageReader.Python.ReadAsync(_folder, token);
        var mailparser = MessageReader.Mailparser.ReadAsync(_folder, token);
        ByPython = await python;
        ByMailparser = await mailparser;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal static string FileOf(string name) => name.Replace(' ', '-') + ".eml";
}
