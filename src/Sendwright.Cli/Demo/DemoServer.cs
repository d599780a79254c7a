using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;
using Sendwright.SmtpServer;
using Sendwright.Testing;

namespace Sendwright.Cli.Demo;

/// <summary>The demo's mail server: loopback, STARTTLS with a certificate of its own CA, one account.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    public const string UserName = "shop@example.org";

    private readonly TestCertificates _authority;
    private readonly SmtpListener _listener;
    private readonly ConcurrentQueue<ReceivedMessage> _received = new();

    public DemoServer(TimeProvider clock)
    {
        _authority = new TestCertificates(clock);
        Password = RandomNumberGenerator.GetHexString(16, lowercase: true);
        _listener = SmtpListener.Start(
            new IPEndPoint(IPAddress.Loopback, 0),
            new SmtpServerOptions
            {
                HostName = "mail.demo.example",
                Certificate = _authority.Server("localhost", "127.0.0.1").Context,
                RequireTls = true,
                RequireLogin = true,
                Authenticate = new SmtpCredentials((UserName, new Secret(Password))).CheckAsync,
                AcceptMessage = Keep,
            },
            clock);
    }

    public string Password { get; }

    public IPEndPoint EndPoint => _listener.EndPoint;

    public string AuthorityPem => _authority.AuthorityPem;

    public IReadOnlyList<ReceivedMessage> Received => [.. _received];

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _authority.Dispose();
    }

    private ValueTask<SmtpReply> Keep(ReceivedMessage message, CancellationToken cancellationToken)
    {
        _received.Enqueue(message);
        return ValueTask.FromResult(new SmtpReply(250, $"2.0.0 kept as demo-{_received.Count}"));
    }
}
