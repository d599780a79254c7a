using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sendwright.Tests.Testing;

namespace Sendwright.Tests.SmtpServer;

/// <summary>A client that knows lines and TLS and no SMTP: what a test writes is what goes out.</summary>
internal sealed class LineClient : IAsyncDisposable
{
    private readonly TcpClient _tcp = new(AddressFamily.InterNetwork);
    private Stream _stream = Stream.Null;
    private StreamReader _lines = StreamReader.Null;

    public Socket Socket => _tcp.Client;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<LineClient> ConnectAsync(IPEndPoint endPoint)
    {
        var client = new LineClient();
        await client._tcp.ConnectAsync(endPoint, Cancel);
        client.Use(client._tcp.GetStream());
        return client;
    }

    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), Cancel);

    /// <summary>Sends, and reads one whole reply.</summary>
    public async Task<string> AskAsync(string text)
    {
        await SendAsync(text);
        return await ReplyAsync();
    }

    /// <summary>One whole reply, its lines joined; empty where the server has closed.</summary>
    public async Task<string> ReplyAsync()
    {
        var lines = new List<string>();
        while (await _lines.ReadLineAsync(Cancel) is { } line)
        {
            lines.Add(line);
            if (line.Length < 4 || line[3] != '-')
                break;
        }

        return string.Join('|', lines);
    }

    public async Task StartTlsAsync(X509Certificate2 authority, string host = "mx.example")
    {
        var tls = new SslStream(_stream);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = TestCertificatesTests.TrustingOnly(authority) }, Cancel);
        Use(tls);
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Dispose();
        await _stream.DisposeAsync();
        _tcp.Dispose();
    }

    private void Use(Stream stream)
    {
        _stream = stream;
        _lines = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
    }
}
