using System.IO.Pipelines;
using System.Text;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;
using Sendwright.SmtpServer;
using Sendwright.Testing;

namespace Sendwright.Tests.SmtpServer;

/// <summary>A session in memory. What is written to it is worked off before the write returns: no waiting, no races.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string Password = "corr3ct-horse";

    private readonly Pipe _toServer = new(Inline);
    private readonly Pipe _toClient = new(Inline);
    private readonly CancellationTokenSource _stopping = new();
    private readonly StringBuilder _said = new();
    private readonly Task _session;

    public TestServer(Func<SmtpServerOptions, SmtpServerOptions>? change = null)
    {
        var options = new SmtpServerOptions
        {
            HostName = "mx.example",
            Authenticate = new SmtpCredentials(("ann", new Secret(Password))).CheckAsync,
            AllowLoginInClear = true,
            AcceptMessage = (message, _) =>
            {
                Messages.Add(message);
                return ValueTask.FromResult(new SmtpReply(250, "2.0.0 queued"));
            },
        };
        _session = SmtpServerSession.RunAsync(
            new Transport(_toServer.Reader, _toClient.Writer), change?.Invoke(options) ?? options, timeProvider: Time, stopping: _stopping.Token);
    }

    public ManualTimeProvider Time { get; } = new();

    public List<ReceivedMessage> Messages { get; } = [];

    /// <summary>Whether the session is over.</summary>
    public bool HasEnded => _session.IsCompleted;

    private static PipeOptions Inline => new(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false);

    public async Task SendAsync(ReadOnlyMemory<byte> octets) => await _toServer.Writer.WriteAsync(octets);

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends and gives what was said since the last look.</summary>
    public async Task<string> AskAsync(string text)
    {
        await SendAsync(text);
        return Said();
    }

    /// <summary>What was said since the last look.</summary>
    public string Said()
    {
        _said.Clear();
        while (_toClient.Reader.TryRead(out var result))
        {
            _said.Append(Encoding.ASCII.GetString(result.Buffer));
            _toClient.Reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                break;
        }

        return _said.ToString();
    }

    public Task StopAsync() => _stopping.CancelAsync();

    /// <summary>The client closes; the session ends.</summary>
    public async Task CloseAsync()
    {
        await _toServer.Writer.CompleteAsync();
        await _session;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _stopping.Dispose();
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
