namespace Sendwright.Settings;

/// <summary>Reads a proxy's URL, <c>http://[user:secret@]host:port</c>.</summary>
/// <param name="Proxy">The proxy; null where none can be made out.</param>
/// <param name="Wrong">What is wrong, as the end of a sentence; null where nothing is.</param>
/// <param name="Fix">What to do about it, as a sentence.</param>
internal sealed record ProxyText(ProxyServer? Proxy, string? Wrong = null, string? Fix = null)
{
    private const string Form = "Write it as http://host:port, or http://user:secret@host:port.";

    public static ProxyText Read(string text)
    {
        text = text.Trim();
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
            return new ProxyText(null, "is not a URL: it has no scheme", Form);
        if (!text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            var isSocks = text.StartsWith("socks", StringComparison.OrdinalIgnoreCase);
            return new ProxyText(null, isSocks ? "names a SOCKS proxy, and only HTTP proxies (CONNECT) are supported" : "has a scheme other than http, and proxies are spoken to by plain HTTP", Form);
        }

        var rest = text[(scheme + 3)..];
        // The last @ ends the login: a secret with an unencoded @ is then cut off whole, and never taken for the host.
        var at = rest.LastIndexOf('@');
        var server = rest[(at + 1)..];
        if (server.EndsWith('/'))
            server = server[..^1];
        var colon = server.LastIndexOf(':');
        if (colon == 0 || server.Length == 0)
            return new ProxyText(null, "has no host", Form);
        if (colon <= server.LastIndexOf(']'))
            return new ProxyText(null, "has no port", Form);
        var port = PortText.Read(server[(colon + 1)..]);
        if (port is not { Wrong: null, Port: { } number })
            return new ProxyText(null, $"has a port that {port.Wrong}", Form);
        var host = HostText.Read(server[..colon]);
        if (host is not { Wrong: null, Host: { } name })
            return new ProxyText(null, $"has a host that {host.Wrong}", Form);
        var proxy = new ProxyServer { Host = name, Port = number };
        return at < 0 ? new ProxyText(proxy) : WithLogin(proxy, rest[..at]);
    }

    private static ProxyText WithLogin(ProxyServer proxy, string login)
    {
        var colon = login.IndexOf(':');
        if (colon < 0)
            return new ProxyText(null, "has a user name and no secret", Form);
        foreach (var odd in "@/#?")
        {
            if (login.Contains(odd))
                return new ProxyText(null, $"has an unencoded \"{odd}\" in the login, which ends that part of a URL", $"Write {Uri.HexEscape(odd)} for {odd}.");
        }

        var user = Uri.UnescapeDataString(login[..colon]);
        var secret = Uri.UnescapeDataString(login[(colon + 1)..]);
        // RFC 7617, 2: the first colon parts the two, and neither may hold a control character.
        if (user.Length == 0 || user.Contains(':', StringComparison.Ordinal))
            return new ProxyText(null, user.Length == 0 ? "has a secret and no user name" : "has a colon in the user name, which no Basic login can carry", Form);
        return user.Any(char.IsControl) || secret.Any(char.IsControl)
            ? new ProxyText(null, "has a control character in the login", Form)
            : new ProxyText(proxy with { Credentials = new MailCredentials(user, new Secret(secret)) });
    }
}
