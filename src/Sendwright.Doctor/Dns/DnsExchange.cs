using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Sendwright.Doctor.Dns;

/// <summary>What came of asking one server one question: a message that belongs to the question, or why there is none.</summary>
/// <param name="Message">The answer; null where none came or it was broken.</param>
/// <param name="Problem">Why there is no answer; null where there is one.</param>
/// <param name="Answered">Whether the server said anything at all.</param>
internal sealed record DnsReply(DnsMessage? Message, string? Problem, bool Answered);

/// <summary>One question to one server: over UDP, and over TCP where the answer does not fit a datagram (RFC 1123, 6.1.3.2; RFC 7766).</summary>
internal static class DnsExchange
{
    /// <summary>Asks until an answer to this very question comes or <paramref name="cancellationToken"/> ends it.</summary>
    public static async Task<DnsReply> AskAsync(IPEndPoint server, DnsName name, DnsRecordType type, CancellationToken cancellationToken)
    {
        var reply = await AskWithEdnsAsync(server, name, type, edns: true, cancellationToken).ConfigureAwait(false);
        // RFC 6891, 7: a server without EDNS answers FORMERR; it is asked again in the old form.
        return reply.Message is { ResponseCode: DnsResponseCode.FormatError or DnsResponseCode.NotImplemented or DnsResponseCode.BadVersion }
            ? await AskWithEdnsAsync(server, name, type, edns: false, cancellationToken).ConfigureAwait(false)
            : reply;
    }

    private static async Task<DnsReply> AskWithEdnsAsync(IPEndPoint server, DnsName name, DnsRecordType type, bool edns, CancellationToken cancellationToken)
    {
        // RFC 5452, 4.3 and 9.1: the id and the port are what a forger has to guess, so both are fresh for each question: the id here, the port by binding to none.
        var id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        var query = DnsMessage.EncodeQuery(id, name, type, edns);
        var reply = await AskOverUdpAsync(server, query, id, name, type, cancellationToken).ConfigureAwait(false);
        return reply.Message is { IsTruncated: true }
            ? await AskOverTcpAsync(server, query, id, name, type, cancellationToken).ConfigureAwait(false)
            : reply;
    }

    private static async Task<DnsReply> AskOverUdpAsync(
        IPEndPoint server, byte[] query, ushort id, DnsName name, DnsRecordType type, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            // A connected socket takes datagrams of this server only, and hears its ICMP "port unreachable" instead of waiting in vain.
            await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
            await socket.SendAsync(query, cancellationToken).ConfigureAwait(false);
            var buffer = new byte[4096];
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (Judge(buffer.AsSpan(0, length), id, name, type) is { } reply)
                    return reply;
            }
        }
        catch (SocketException exception)
        {
            return Failed(exception);
        }
    }

    private static async Task<DnsReply> AskOverTcpAsync(
        IPEndPoint server, byte[] query, ushort id, DnsName name, DnsRecordType type, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
            var stream = new NetworkStream(socket);
            await using (stream.ConfigureAwait(false))
            {
                // RFC 7766, 8: length and message in one write, so that they travel in one segment.
                var framed = new byte[query.Length + 2];
                BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)query.Length);
                query.CopyTo(framed.AsSpan(2));
                await stream.WriteAsync(framed, cancellationToken).ConfigureAwait(false);
                var prefix = new byte[2];
                await stream.ReadExactlyAsync(prefix, cancellationToken).ConfigureAwait(false);
                var buffer = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
                await stream.ReadExactlyAsync(buffer, cancellationToken).ConfigureAwait(false);
                return Judge(buffer, id, name, type) ?? new DnsReply(null, "an answer to another question", Answered: true);
            }
        }
        catch (SocketException exception)
        {
            return Failed(exception);
        }
        catch (IOException exception) when (exception.InnerException is SocketException inner)
        {
            return Failed(inner);
        }
        catch (EndOfStreamException)
        {
            return new DnsReply(null, "the TCP connection ended in mid-answer", Answered: true);
        }
    }

    // Null for what is no answer to this question: a forger's, or a late one to an earlier question. It is dropped and the wait goes on (RFC 5452, 9.1).
    private static DnsReply? Judge(ReadOnlySpan<byte> bytes, ushort id, DnsName name, DnsRecordType type)
    {
        if (bytes.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(bytes) != id)
            return null;
        if (!DnsMessage.TryDecode(bytes, out var message, out var problem))
            return new DnsReply(null, $"a broken answer ({problem})", Answered: true);
        if (!message.IsResponse)
            return null;
        var repeatsQuestion = message.Questions is [var question] && question.Type == type && name.Matches(question.Name);
        // A server that could not read the question, or refuses to look at it, may leave it out.
        var leavesQuestionOut = message.Questions.Count == 0 && message.ResponseCode != DnsResponseCode.NoError && message.Answers.Count == 0;
        return repeatsQuestion || leavesQuestionOut ? new DnsReply(message, null, Answered: true) : null;
    }

    private static DnsReply Failed(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused or SocketError.ConnectionReset => new DnsReply(null, "nothing listens there", Answered: false),
        _ => new DnsReply(null, exception.Message, Answered: false),
    };
}
