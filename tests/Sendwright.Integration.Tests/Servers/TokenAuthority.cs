using System.Net;
using System.Net.Sockets;
using System.Text;
using Sendwright.Integration.Tests.Network;

namespace Sendwright.Integration.Tests.Servers;

/// <summary>Says to Dovecot which tokens are good, and whose (RFC 7662): the part of a provider that judges tokens.</summary>
internal sealed class TokenAuthority : IAsyncDisposable
{
    /// <summary>How Dovecot asks: <c>GET /introspect?token=...&amp;client_id=...</c>.</summary>
    private const string Question = "GET /introspect?token=";

    private readonly TcpListener _listener = new(LoopbackAddress.Next(), 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _owners = [];
    private readonly List<string> _asked = [];
    private readonly Task _serving;

    public TokenAuthority()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>What Dovecot puts a token behind.</summary>
    public string Introspection => $"http://{_listener.LocalEndpoint}/introspect?token=";

    /// <summary>The tokens it was asked about.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_gate)
                return [.. _asked];
        }
    }

    /// <summary>Makes a token good for a user.</summary>
    public void Issue(string token, string username)
    {
        lock (_gate)
            _owners[token] = username;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        var answering = new List<Task>();
        try
        {
            while (true)
                answering.Add(AnswerAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }

        await Task.WhenAll(answering);
    }

    private async Task AnswerAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            while (await reader.ReadLineAsync(_stopping.Token) is { } request)
            {
                while (await reader.ReadLineAsync(_stopping.Token) is { Length: > 0 })
                {
                    // The header says nothing that matters here.
                }

                var body = Judge(request);
                var answer = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), _stopping.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Dovecot keeps its connection until it is ended.
        }
    }

    private string Judge(string request)
    {
        var token = request.StartsWith(Question, StringComparison.Ordinal) ? WebUtility.UrlDecode(request[Question.Length..].Split(' ', '&')[0]) : "";
        lock (_gate)
        {
            _asked.Add(token);
            return _owners.TryGetValue(token, out var owner) ? $$"""{"active":true,"username":"{{owner}}"}""" : """{"active":false}""";
        }
    }
}
