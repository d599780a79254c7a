using System.Buffers;
using System.Globalization;
using Sendwright.Doctor.Explain.Replies;
using Sendwright.Settings;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>Where a text says that it connected, and in which mode: calls in quoted source lines, debug output, and URLs.</summary>
internal sealed class EndpointReader : IFactReader
{
    private static readonly SearchValues<char> UrlEnds = SearchValues.Create(" \"'<>`)");

    // Calls and debug lines in which a quoted host is followed by a port.
    private static readonly (string Words, ConnectionSecurity? Security)[] Calls =
    [
        ("SMTP_SSL(", ConnectionSecurity.Implicit),
        ("smtplib.SMTP(", null),
        ("connect: to (", null),
        ("connect: (", null),
        ("create_connection((", null),
    ];

    private static readonly (string Scheme, ConnectionSecurity? Security)[] Schemes =
        [("smtps://", ConnectionSecurity.Implicit), ("smtp+starttls://", ConnectionSecurity.StartTls), ("smtp://", null), ("ssl://", ConnectionSecurity.Implicit)];

    public void Read(PastedText text, ReportedFacts facts)
    {
        foreach (var (words, security) in Calls)
        {
            foreach (var at in text.FindInCode(words))
            {
                if (security is { } mode)
                    facts.Mode(mode);
                ReadCall(text.Code, at + words.Length, facts);
            }
        }

        foreach (var (scheme, security) in Schemes)
        {
            foreach (var at in text.FindInCode(scheme))
            {
                if (security is { } mode)
                    facts.Mode(mode);
                ReadAuthority(text.Code, at + scheme.Length, facts);
            }
        }

        // Java: "Could not connect to SMTP host: smtp.example.com, port: 465".
        foreach (var words in new[] { "SMTP host: ", "connect to host, port: " })
        {
            foreach (var at in text.FindInCode(words))
                ReadPair(text.Code.AsSpan(at + words.Length, Math.Min(300, text.Code.Length - at - words.Length)), facts);
        }

        if (facts.Security is null && text.Has("use_tls=True"))
            facts.Mode(ConnectionSecurity.Implicit);
        else if (facts.Security is null && (text.Has(".starttls(") || text.Has("start_tls=True")))
            facts.Mode(ConnectionSecurity.StartTls);
    }

    private static void ReadCall(string flat, int at, ReportedFacts facts)
    {
        while (at < flat.Length && flat[at] is ' ' or '(')
            at++;
        if (at + 5 < flat.Length && flat.AsSpan(at).StartsWith("host=", StringComparison.Ordinal))
            at += 5;
        if (PythonLiteral.TryRead(flat, at, out var host, out var end) && IsHost(host))
            facts.Endpoint(host, PortIn(flat.AsSpan(end, Math.Min(16, flat.Length - end)).TrimStart(", ")));
    }

    private static void ReadAuthority(string flat, int at, ReportedFacts facts)
    {
        var rest = flat.AsSpan(at, Math.Min(400, flat.Length - at));
        var end = rest.IndexOfAny(UrlEnds);
        rest = end < 0 ? rest : rest[..end];
        rest = rest[(rest.LastIndexOf('@') + 1)..];
        var path = rest.IndexOfAny("/?#");
        rest = path < 0 ? rest : rest[..path];
        var colon = rest.LastIndexOf(':');
        var host = (colon < 0 ? rest : rest[..colon]).Trim("[],.").ToString();
        if (IsHost(host))
            facts.Endpoint(host, colon < 0 ? null : PortIn(rest[(colon + 1)..]));
    }

    private static void ReadPair(ReadOnlySpan<char> words, ReportedFacts facts)
    {
        var comma = words.IndexOf(',');
        var host = comma <= 0 ? "" : words[..comma].Trim().ToString();
        if (!IsHost(host))
            return;
        var behind = words[(comma + 1)..].TrimStart();
        if (behind.StartsWith("port: "))
            behind = behind["port: ".Length..];
        facts.Endpoint(host, PortIn(behind));
    }

    private static int? PortIn(ReadOnlySpan<char> words)
    {
        var digits = words.Length - words.TrimStart("0123456789").Length;
        return digits is > 0 and <= 5 ? int.Parse(words[..digits], NumberStyles.None, CultureInfo.InvariantCulture) : null;
    }

    private static bool IsHost(string host) => host.Length is > 0 and <= 253 && Dns.DnsName.TryParse(host, out _, out _);
}
