using System.Security.Authentication;

namespace Sendwright.Testing;

/// <summary>One connection to a <see cref="ScriptedSmtpServer"/> and what was said on it.</summary>
public sealed class ScriptedConnection
{
    private readonly Lock _gate = new();
    private readonly List<string> _received = [];
    private readonly List<byte[]> _messages = [];
    private readonly List<string> _transcript = [];

    internal ScriptedConnection(int number) => Number = number;

    /// <summary>1 for the server's first connection, 2 for its second.</summary>
    public int Number { get; }

    /// <summary>The client's lines, without those of messages.</summary>
    public IReadOnlyList<string> Received => Copy(_received);

    /// <summary>The messages' bytes, without dot-stuffing.</summary>
    public IReadOnlyList<byte[]> Messages => Copy(_messages);

    /// <summary>Everything said so far, a line each: <c>S: ...</c>, <c>C: ...</c>.</summary>
    public IReadOnlyList<string> Transcript => Copy(_transcript);

    /// <summary>The TLS version agreed on; null before a handshake.</summary>
    public SslProtocols? TlsProtocol { get; private set; }

    /// <summary>The host name the client named in the handshake (SNI); null before a handshake or without one.</summary>
    public string? TlsServerName { get; private set; }

    internal void NoteTls(SslProtocols protocol, string? serverName)
    {
        TlsProtocol = protocol;
        TlsServerName = serverName;
        Note($"S: ({protocol})");
    }

    internal void NoteLine(string line)
    {
        lock (_gate)
            _received.Add(line);
        Note($"C: {line}");
    }

    internal void Keep(byte[] message)
    {
        lock (_gate)
            _messages.Add(message);
        Note($"C: ({message.Length} octets of message)");
    }

    internal void Note(string line)
    {
        lock (_gate)
            _transcript.Add(line);
    }

    private List<T> Copy<T>(List<T> list)
    {
        lock (_gate)
            return [.. list];
    }
}
