using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sendwright.Mime;

namespace Sendwright.Messages;

/// <summary>
/// <c>Mailbox</c> of RFC 5321, 4.1.2, with the non-ASCII characters of RFC 6531, 3.3: the form that a server accepts in MAIL and RCPT. Comments and folding of RFC 5322
/// are not part of it.
/// </summary>
internal static class AddressGrammar
{
    /// <summary>RFC 5321, 4.5.3.1.1.</summary>
    private const int MaxLocalPartOctets = 64;

    /// <summary>RFC 5321, 4.5.3.1.2.</summary>
    private const int MaxDomainOctets = 255;

    /// <summary>RFC 5321, 4.5.3.1.3: a path has at most 256 octets, two of them its angle brackets (RFC 3696, erratum 1690).</summary>
    private const int MaxAddressOctets = 254;

    /// <summary>RFC 1035, 2.3.4.</summary>
    private const int MaxLabelOctets = 63;

    private const string Shape = "Write it as local@domain, such as ann@example.com.";

    private static readonly SearchValues<char> Atext =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~");

    private static readonly SearchValues<char> LettersDigitsHyphen =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly SearchValues<char> IPv4Characters = SearchValues.Create("0123456789.");

    private static readonly SearchValues<char> IPv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>Whether every character may stand in an atom (RFC 5322, 3.2.3), ASCII only.</summary>
    public static bool IsAtom(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Atext);

    /// <summary>Whether it is atoms joined by single dots (RFC 5322, 3.2.3), ASCII only.</summary>
    public static bool IsDotAtom(ReadOnlySpan<char> text)
    {
        foreach (var atom in text.Split('.'))
        {
            if (!IsAtom(text[atom]))
                return false;
        }

        return true;
    }

    /// <summary>Says what is wrong with an address; null where nothing is, and then where its "@" is and what its domain is in A-labels, if that differs.</summary>
    public static string? FaultIn(string address, out int at, out string? asciiDomain)
    {
        asciiDomain = null;
        at = address.LastIndexOf('@');
        if (UnwantedCharacter(address) is { } unwanted)
            return unwanted;
        // The last "@" is the right one: a domain has none, a quoted local part may.
        if (at < 0)
            return Fault(address, $"has no \"@\". {Shape}");
        if (at == 0)
            return Fault(address, $"has nothing before the \"@\". {Shape}");
        if (at == address.Length - 1)
            return Fault(address, $"has no domain after the \"@\". {Shape}");
        return FaultInLocalPart(address, address.AsSpan(0, at))
            ?? FaultInDomain(address, address[(at + 1)..], out asciiDomain)
            ?? FaultInLength(address, at, asciiDomain);
    }

    private static string? UnwantedCharacter(string address)
    {
        if (Ascii.IsValid(address) && !address.AsSpan().ContainsAnyInRange('\0', '\x1F') && !address.Contains('\x7F', StringComparison.Ordinal))
            return null;
        if (FieldCharacters.FaultIn("The e-mail address", address) is { } fault)
            return fault;
        for (var index = 0; index < address.Length; index++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(address, index);
            var isJoiner = address[index] is '\u200C' or '\u200D'; // letters of Persian and of Indic scripts need them
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || (category is UnicodeCategory.Format && !isJoiner)
                || (category is UnicodeCategory.SpaceSeparator && address[index] != ' '))
            {
                return FieldCharacters.Describe("The e-mail address", address, index, "which no address may hold; often it was copied along. Take it out.");
            }

            if (char.IsHighSurrogate(address[index]))
                index++;
        }

        return null;
    }

    private static string? FaultInLocalPart(string address, ReadOnlySpan<char> local)
    {
        // Some readers decode it wherever it stands, and then the address is another one.
        if (EncodedWordReader.IsIn(local))
            return Fault(address, "has an encoded-word in its local part, which RFC 2047, 5 forbids. Write the address itself.");
        if (local[0] == '"')
            return FaultInQuotedString(address, local);
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
            return Fault(address, "has a dot at the start or the end of its local part, or two in a row. Remove it, or quote the local part: \"a..b\"@example.com.");
        for (var index = 0; index < local.Length; index++)
        {
            if (local[index] != '.' && local[index] < 128 && !Atext.Contains(local[index]))
                return FieldCharacters.Describe("The e-mail address", address, index, "which its local part may hold only in quotes: \"a b\"@example.com. Remove or quote it.");
        }

        return null;
    }

    private static string? FaultInQuotedString(string address, ReadOnlySpan<char> local)
    {
        var index = 1;
        while (index < local.Length && local[index] != '"')
            index += local[index] == '\\' ? 2 : 1;
        return index == local.Length - 1
            ? null
            : Fault(address, "has a quoted local part whose quotes do not close right before the \"@\". Write it as \"local part\"@domain, with \\\" for a quote inside.");
    }

    private static string? FaultInDomain(string address, string domain, out string? asciiDomain)
    {
        asciiDomain = null;
        if (domain[0] == '[')
        {
            return IsAddressLiteral(domain)
                ? null
                : Fault(address, "has a domain in brackets that is no IP address. Write [192.0.2.1] or [IPv6:2001:db8::1], or a domain name without brackets.");
        }

        if (Ascii.IsValid(domain))
            return FaultInHostName(address, domain);
        asciiDomain = InternationalDomain.ToAscii(domain);
        // What comes out is checked like any other name: a mapping may turn one harmless character into several that are not.
        return asciiDomain is null
            ? Fault(address, "has a domain that cannot be written in A-labels (RFC 5890). Check its spelling, or give the domain in its xn-- form.")
            : FaultInHostName(address, asciiDomain);
    }

    private static string? FaultInHostName(string address, ReadOnlySpan<char> host)
    {
        foreach (var range in host.Split('.'))
        {
            var label = host[range];
            if (label.IsEmpty)
                return Fault(address, "has a dot at the start or the end of its domain, or two in a row. Remove it.");
            if (label.Length > MaxLabelOctets)
                return Fault(address, $"has a domain whose part {VisibleText.Quote(label.ToString())} has {label.Length} characters; at most {MaxLabelOctets} are allowed. Shorten it.");
            if (label.ContainsAnyExcept(LettersDigitsHyphen) || label[0] == '-' || label[^1] == '-')
                return Fault(address, $"has a domain whose part {VisibleText.Quote(label.ToString())} is not letters, digits and inner hyphens (RFC 5321, 4.1.2). Correct it.");
        }

        return null;
    }

    private static bool IsAddressLiteral(ReadOnlySpan<char> domain)
    {
        if (domain[^1] != ']')
            return false;
        var inside = domain[1..^1];
        const string IPv6 = "IPv6:";
        if (inside.StartsWith(IPv6, StringComparison.OrdinalIgnoreCase))
        {
            var text = inside[IPv6.Length..];
            // The runtime also reads zones (%eth0), ports and inner brackets; a literal has none.
            return !text.ContainsAnyExcept(IPv6Characters) && IPAddress.TryParse(text, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6;
        }

        // The runtime also reads "1.2" and "0x7f.1"; a literal is four decimal numbers.
        return inside.Count('.') == 3 && !inside.ContainsAnyExcept(IPv4Characters) && IPAddress.TryParse(inside, out var four)
            && inside.SequenceEqual(four.ToString());
    }

    private static string? FaultInLength(string address, int at, string? asciiDomain)
    {
        var local = Encoding.UTF8.GetByteCount(address.AsSpan(0, at));
        if (local > MaxLocalPartOctets)
            return Fault(address, $"has a local part of {local} octets; at most {MaxLocalPartOctets} are allowed. Shorten it.");
        var domain = Math.Max(Encoding.UTF8.GetByteCount(address.AsSpan(at + 1)), asciiDomain?.Length ?? 0);
        if (domain > MaxDomainOctets)
            return Fault(address, $"has a domain of {domain} octets; at most {MaxDomainOctets} are allowed. Shorten it.");
        return local + 1 + domain > MaxAddressOctets
            ? Fault(address, $"has {local + 1 + domain} octets; at most {MaxAddressOctets} are allowed. Shorten it.")
            : null;
    }

    private static string Fault(string address, string problem) => $"The e-mail address {VisibleText.Quote(address)} {problem}";
}
