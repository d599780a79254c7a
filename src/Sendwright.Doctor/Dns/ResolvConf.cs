using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Sendwright.Doctor.Dns;

/// <summary>The name servers of a <c>resolv.conf</c> (resolv.conf(5)). <c>search</c>, <c>domain</c> and <c>ndots</c> are for short names, which no mail host has.</summary>
internal static class ResolvConf
{
    public const string Path = "/etc/resolv.conf";

    // MAXNS of <resolv.h>: the system's own resolver never asks a fourth, so a diagnosis must not either.
    private const int MaxServers = 3;
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads the file; empty where there is none or it cannot be read.</summary>
    public static IReadOnlyList<IPEndPoint> Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[MaxBytes];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Parse(System.Text.Encoding.UTF8.GetString(bytes, 0, length));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Reads the text of such a file.</summary>
    public static IReadOnlyList<IPEndPoint> Parse(string text)
    {
        List<IPEndPoint> servers = [];
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            // resolv.conf(5): "The keyword and value must appear on a single line, and the keyword (e.g., nameserver) must start the line."
            if (!line.StartsWith("nameserver", StringComparison.Ordinal))
                continue;
            var value = line["nameserver".Length..];
            if (value.IsEmpty || value[0] is not (' ' or '\t'))
                continue;
            value = value.Trim();
            var end = value.IndexOfAny(" \t;#");
            if (TryParseAddress(end < 0 ? value : value[..end], out var address) && servers.Count < MaxServers)
                servers.Add(new IPEndPoint(address, NameServers.Port));
        }

        return servers;
    }

    // A link-local address needs its zone (fe80::1%eth0); an interface that is not here leaves an address nobody can reach, which is still what is configured.
    private static bool TryParseAddress(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        var zone = text.IndexOf('%');
        return IPAddress.TryParse(text, out address) || (zone > 0 && IPAddress.TryParse(text[..zone], out address));
    }
}
