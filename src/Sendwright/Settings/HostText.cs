using System.Net;

namespace Sendwright.Settings;

/// <summary>What a text given as host really is: the host in it, and what is wrong with the text.</summary>
/// <param name="Host">The host that can be made out; null where none can.</param>
/// <param name="Wrong">What is wrong, as the end of a sentence; null where nothing is.</param>
/// <param name="Port">A port that stood in it.</param>
internal sealed record HostText(string? Host, string? Wrong = null, string? Port = null)
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    public static HostText Read(string text)
    {
        string? wrong = null;
        string? port = null;

        // Peels off one layer after the other, so that the host behind several mistakes is still found; the first mistake is the one that is told.
        Peel(ref text, text.Trim(), "has a blank at an end, which becomes part of the name", ref wrong);
        Peel(ref text, text.TrimEnd(';', ','), $"ends with \"{text[^1..]}\", which becomes part of the name", ref wrong);
        Peel(ref text, WithoutQuotes(text), "has quotes that become part of the name", ref wrong);
        Peel(ref text, WithoutScheme(text, out var scheme), scheme is "http" or "https" ? "is a web address, not a mail server's name" : "is a URL; only the name belongs here", ref wrong);
        Peel(ref text, text[(text.LastIndexOf('@') + 1)..], "has something before an @, as an address has; only the server's name belongs here", ref wrong);
        Peel(ref text, text.Split('/', '\\', '?', '#')[0], "has a path behind the name", ref wrong);
        Peel(ref text, WithoutPort(text, out port), "has the port in it, which is a setting of its own", ref wrong);
        if (text is ['[', .., ']'])
            text = text[1..^1];

        return Objection(text) is { } objection ? new HostText(null, wrong ?? objection, port) : new HostText(text, wrong, port);
    }

    /// <summary>Whether mail to it never leaves this machine (RFC 6761, 6.3 for the name).</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static void Peel(ref string text, string rest, string because, ref string? wrong)
    {
        if (rest == text || rest.Length == 0)
            return;
        wrong ??= because;
        text = rest;
    }

    private static string WithoutQuotes(string text) => text.Trim('"', '\'', '`', '“', '”', '‘', '’');

    private static string WithoutScheme(string text, out string? scheme)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        scheme = end > 0 ? text[..end].ToLowerInvariant() : null;
        return end > 0 ? text[(end + 3)..] : text;
    }

    private static string WithoutPort(string text, out string? port)
    {
        port = null;
        var colon = text.LastIndexOf(':');
        var isNameOrBracketed = colon > 0 && (text.IndexOf(':') == colon || text[colon - 1] == ']');
        if (!isNameOrBracketed || colon == text.Length - 1 || !text.AsSpan(colon + 1).ContainsOnlyDigits())
            return text;
        port = text[(colon + 1)..];
        return text[..colon];
    }

    private static string? Objection(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
            return IPAddress.TryParse(text, out _) ? null : "is neither a name nor an address";
        if (text.AsSpan().ContainsOnlyDigits())
            return "is a number, not a server's name";
        if (text.Length > LongestName)
            return $"is longer than the {LongestName} characters of a host name";
        foreach (var label in text.TrimEnd('.').Split('.'))
        {
            if (label.Length == 0)
                return "has an empty part between two dots";
            if (label.Length > LongestLabel)
                return $"has a part longer than the {LongestLabel} characters of a host name's part";
            if (label.Where(c => !IsNameCharacter(c)).Take(1).ToArray() is [var odd])
                return char.IsWhiteSpace(odd) ? "has a blank in it" : char.IsControl(odd) ? "has a control character in it" : $"has a \"{odd}\" in it, which no host name has";
        }

        return null;
    }

    // The underscore is no host name character, but names of containers have it and resolve.
    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || (c > '\u007f' && (char.IsLetterOrDigit(c) || char.IsSurrogate(c)));
}
