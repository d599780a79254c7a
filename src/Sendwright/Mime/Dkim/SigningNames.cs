using System.Buffers;
using System.Text;
using Sendwright.Messages;

namespace Sendwright.Mime.Dkim;

/// <summary>The names in a signature: domain, selector, identity. They go into a header field and a DNS query, so what is no plain name is refused.</summary>
internal static class SigningNames
{
    /// <summary>RFC 1035, 2.3.4.</summary>
    private const int LongestLabel = 63;

    /// <summary>RFC 1035, 2.3.4: 255 octets on the wire, of which one is the first length and one the root.</summary>
    private const int LongestName = 253;

    private static readonly SearchValues<char> LettersDigitsHyphen = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Where the public key is looked up (RFC 6376, 3.6.2.1).</summary>
    public static string RecordName(string selector, string domain) => $"{selector}._domainkey.{domain}";

    /// <exception cref="ArgumentException">It is no domain name.</exception>
    public static string Domain(string domain)
    {
        var ascii = Ascii.IsValid(domain) ? domain.ToLowerInvariant() : InternationalDomain.ToAscii(domain)?.ToLowerInvariant();
        return ascii is not null && IsName(ascii)
            ? ascii
            : throw new ArgumentException($"The signing domain {VisibleText.Quote(domain)} is no domain name. Write it as example.com.");
    }

    /// <exception cref="ArgumentException">It is no selector (RFC 6376, 3.1), or too long.</exception>
    public static string Selector(string selector, string domain)
    {
        var lower = selector.ToLowerInvariant();
        if (!IsName(lower))
            throw new ArgumentException($"The selector {VisibleText.Quote(selector)} is not letters, digits and inner hyphens, with dots between (RFC 6376, 3.1). Write it as s1.");
        return RecordName(lower, domain).Length <= LongestName
            ? lower
            : throw new ArgumentException($"The selector {VisibleText.Quote(selector)} and the domain {VisibleText.Quote(domain)} together are longer than a DNS name may be. Shorten the selector.");
    }

    /// <exception cref="ArgumentException">It is no address, or not of the signing domain.</exception>
    public static string Identity(string identity, string signingDomain)
    {
        var at = identity.LastIndexOf('@');
        if (at < 0 || !Ascii.IsValid(identity.AsSpan(0, at)) || (at > 0 && !EmailAddress.TryParse(identity, out _)))
            throw new ArgumentException($"Identity {VisibleText.Quote(identity)} is neither an address in ASCII nor @domain. Write it as @{signingDomain}, or leave it out.");
        var domain = Domain(identity[(at + 1)..]);
        return IsWithin(domain, signingDomain)
            ? $"{identity.AsSpan(0, at)}@{domain}"
            : throw new ArgumentException(
                $"Identity {VisibleText.Quote(identity)} is not in the signing domain {signingDomain}, so receivers would ignore the signature (RFC 6376, 3.5). Write it as @{signingDomain}, or leave it out.");
    }

    /// <summary>Whether a domain is another, or lies beneath it.</summary>
    public static bool IsWithin(string domain, string parent) =>
        domain.EndsWith(parent, StringComparison.Ordinal) && (domain.Length == parent.Length || domain[^(parent.Length + 1)] == '.');

    private static bool IsName(string name)
    {
        if (name.Length > LongestName)
            return false;
        foreach (var range in name.AsSpan().Split('.'))
        {
            var label = name.AsSpan(range);
            if (label.Length is 0 or > LongestLabel || label.ContainsAnyExcept(LettersDigitsHyphen) || label[0] == '-' || label[^1] == '-')
                return false;
        }

        return true;
    }
}
