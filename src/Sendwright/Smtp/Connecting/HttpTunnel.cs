using System.Globalization;
using System.Net;
using System.Text;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;

namespace Sendwright.Smtp.Connecting;

/// <summary>Asks an HTTP proxy for a connection (CONNECT, RFC 9110, 9.3.6). The name of the server goes to the proxy as it is: looking it up is the proxy's part.</summary>
internal static class HttpTunnel
{
    /// <summary>No proxy's answer to CONNECT is longer; what goes on beyond is no header.</summary>
    private const int LongestHeader = 16 * 1024;

    /// <summary>RFC 9110, 15.2: interim answers may come before the one that counts. Nobody needs more.</summary>
    private const int MostInterim = 4;

    /// <summary>Opens the tunnel; the stream begins with the first octet that the server says.</summary>
    /// <exception cref="SmtpSessionException">The proxy refuses, or speaks no HTTP.</exception>
    public static async Task<Stream> OpenAsync(Stream stream, ProxyServer proxy, IPEndPoint proxyAddress, ConnectionTarget target, SessionTime time, AttemptRecorder recorder)
    {
        var authority = AuthorityOf(target);
        var basic = proxy.Credentials is { } login ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.Username}:{login.Password.Reveal()}")) : null;
        var hide = Hiding(proxy, basic);
        try
        {
            var authorization = basic is null ? "" : $"Proxy-Authorization: Basic {basic}\r\n";
            var request = Encoding.ASCII.GetBytes($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n{authorization}\r\n");
            var (answer, behind) = await time.LimitAsync(
                time.Timeouts.Connect, MailStage.Connect, $"answer of the proxy {proxy.Name}", token => AskAsync(stream, request, proxy, hide, token)).ConfigureAwait(false);
            var reason = string.Create(CultureInfo.InvariantCulture, $"{answer.Status} {answer.Reason}").TrimEnd();
            recorder.Proxied(new ProxyEvidence { Proxy = proxy.Name, ConnectedTo = proxyAddress, Status = answer.Status, Answer = reason });
            if (answer.Status is >= 200 and < 300)
                return behind.IsEmpty ? stream : new PrefixedStream(behind, stream);
            throw Failed(Refusal(proxy, answer.Status, reason, authority), reason);
        }
        catch (Exception e) when (StreamFault.IsOfStream(e))
        {
            throw new SmtpSessionException(StreamFault.Describe(e, MailStage.Connect, "CONNECT"), e);
        }
    }

    private static string AuthorityOf(ConnectionTarget target)
    {
        var host = target.Host.Trim('[', ']');
        if (IPAddress.TryParse(host, out _))
            return host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{target.Port}" : $"{host}:{target.Port}";
        try
        {
            // Lookups of our own take names as people write them; a header takes ASCII.
            host = host.All(char.IsAscii) ? host : new IdnMapping().GetAscii(host);
        }
        catch (ArgumentException)
        {
            host = "";
        }

        return host.Length > 0 && !host.AsSpan().ContainsAnyExceptInRange('!', '~') ? $"{host}:{target.Port}" : throw Failed($"The proxy {target.Proxy?.Name} cannot be asked for the host {SettingMask.Printable(target.Host)}, which is no name.", null);
    }

    private static async ValueTask<(Answer Answer, ReadOnlyMemory<byte> Behind)> AskAsync(Stream stream, byte[] request, ProxyServer proxy, Func<string, string> hide, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[LongestHeader];
        var length = 0;
        for (var answers = 0; answers <= MostInterim; answers++)
        {
            int end;
            while ((end = EndOfHeader(buffer.AsSpan(0, length))) < 0)
            {
                // Whoever does not begin like HTTP would be waited for in vain.
                if (length == LongestHeader || !MayBeHttp(buffer.AsSpan(0, length)))
                    throw NotHttp(proxy, buffer.AsSpan(0, length), hide);
                var count = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (count == 0)
                    throw length == 0 ? new EndOfStreamException() : NotHttp(proxy, buffer.AsSpan(0, length), hide);
                length += count;
            }

            var answer = Answer.Read(buffer.AsSpan(0, end), hide) ?? throw NotHttp(proxy, buffer.AsSpan(0, end), hide);
            if (answer.Status is < 100 or >= 200)
                return (answer, buffer.AsMemory(end, length - end));
            buffer.AsSpan(end, length - end).CopyTo(buffer);
            length -= end;
        }

        throw Failed($"The proxy {proxy.Name} sends one interim answer after the other.", null);
    }

    // RFC 9112, 2.2: a line may end in LF alone.
    private static int EndOfHeader(ReadOnlySpan<byte> text)
    {
        for (var i = text.IndexOf((byte)'\n'); i >= 0 && i + 1 < text.Length;)
        {
            if (text[i + 1] == '\n')
                return i + 2;
            if (text[i + 1] == '\r' && i + 2 < text.Length && text[i + 2] == '\n')
                return i + 3;
            var next = text[(i + 1)..].IndexOf((byte)'\n');
            i = next < 0 ? -1 : i + 1 + next;
        }

        return -1;
    }

    private static bool MayBeHttp(ReadOnlySpan<byte> text)
    {
        var start = "HTTP/1."u8;
        var length = Math.Min(start.Length, text.Length);
        return text[..length].SequenceEqual(start[..length]);
    }

    private static SmtpSessionException NotHttp(ProxyServer proxy, ReadOnlySpan<byte> text, Func<string, string> hide)
    {
        var shown = SmtpReplyParser.Excerpt(text, hide);
        return Failed($"The proxy {proxy.Name} does not answer as an HTTP proxy does: \"{shown}\".", shown);
    }

    private static string Refusal(ProxyServer proxy, int status, string reason, string authority) => status switch
    {
        // 401 is what some proxies, tinyproxy among them, answer to a wrong login.
        401 or 407 when proxy.Credentials is null => $"The proxy {proxy.Name} wants a login, and none is set: {reason}.",
        401 or 407 => $"The proxy {proxy.Name} refuses the login as {proxy.Credentials.Username}: {reason}.",
        502 or 503 or 504 => $"The proxy {proxy.Name} cannot reach {authority}: {reason}.",
        _ => $"The proxy {proxy.Name} refuses to connect to {authority}: {reason}.",
    };

    // A proxy that repeats what it was sent must not carry the secret into a report.
    private static Func<string, string> Hiding(ProxyServer proxy, string? basic)
    {
        if (basic is null)
            return text => text;
        var masker = SecretMasker.For(proxy.Credentials);
        // The whole login first: the masker would leave the parts around the secret.
        return text => masker.Mask(text.Replace(basic, Secret.Mask, StringComparison.Ordinal));
    }

    private static SmtpSessionException Failed(string message, string? text) =>
        new(new AttemptFault { Stage = MailStage.Connect, Kind = FaultKind.ProxyFailed, Message = message, UnexpectedText = text });

    /// <summary>The first line of an HTTP answer (RFC 9112, 4).</summary>
    private sealed record Answer(int Status, string Reason)
    {
        private const int VersionLength = 8;

        public static Answer? Read(ReadOnlySpan<byte> header, Func<string, string> hide)
        {
            var line = header[..header.IndexOf((byte)'\n')].TrimEnd((byte)'\r');
            if (line.Length < VersionLength + 4 || !MayBeHttp(line) || line[VersionLength] != ' ')
                return null;
            var digits = line.Slice(VersionLength + 1, 3);
            if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') || digits[0] == '0')
                return null;
            var reason = line[(VersionLength + 4)..];
            if (reason.Length > 0 && reason[0] != ' ')
                return null;
            return new Answer(int.Parse(digits, CultureInfo.InvariantCulture), SmtpReplyParser.Excerpt(reason.Trim((byte)' '), hide));
        }
    }
}
