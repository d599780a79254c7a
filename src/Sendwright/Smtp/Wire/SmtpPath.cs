using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sendwright.Smtp.Wire;

/// <summary>The mailbox of <c>MAIL FROM:&lt;...&gt;</c> or <c>RCPT TO:&lt;...&gt;</c>, as it was on the wire (RFC 5321, 4.1.2).</summary>
public sealed record SmtpPath
{
    /// <summary>The longest local part (RFC 5321, 4.5.3.1.1).</summary>
    public const int MaxLocalPartOctets = 64;

    /// <summary>The longest domain (RFC 5321, 4.5.3.1.2).</summary>
    public const int MaxDomainOctets = 255;

    /// <summary>The longest path, angle brackets included (RFC 5321, 4.5.3.1.3).</summary>
    public const int MaxOctets = 256;

    private const int MaxLabelOctets = 63; // RFC 1035, 2.3.4

    private static readonly SearchValues<byte> Atext =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~"u8);

    private SmtpPath(string localPart, string? domain)
    {
        LocalPart = localPart;
        Domain = domain;
    }

    /// <summary>What stands before the <c>@</c>, with its quotes if it came with quotes.</summary>
    public string LocalPart { get; }

    /// <summary>The domain or address literal; null for <c>&lt;Postmaster&gt;</c>, which every server takes without one (RFC 5321, 4.5.1).</summary>
    public string? Domain { get; }

    /// <summary><c>local@domain</c>.</summary>
    public string Address => Domain is null ? LocalPart : $"{LocalPart}@{Domain}";

    /// <summary>Whether the address needs no SMTPUTF8 (RFC 6531).</summary>
    public bool IsAscii => Ascii.IsValid(LocalPart) && (Domain is null || Ascii.IsValid(Domain));

    /// <summary>Reads a path at the start of the text. <c>&lt;&gt;</c> is read as null; a source route is read over: it "MUST BE accepted, SHOULD NOT be generated, and SHOULD be ignored".</summary>
    /// <param name="text">Octets that are known to be UTF-8 without control characters.</param>
    /// <param name="path">The mailbox; null for the null path.</param>
    /// <param name="length">How many octets the path took, brackets included.</param>
    internal static bool TryRead(ReadOnlySpan<byte> text, out SmtpPath? path, out int length)
    {
        path = null;
        length = 0;
        if (text.IsEmpty || text[0] != '<')
            return false;
        var position = 1;
        if (position < text.Length && text[position] == '>')
        {
            length = 2;
            return true;
        }

        if (position < text.Length && text[position] == '@' && !TrySkipRoute(text, ref position))
            return false;

        var start = position;
        if (!TrySkipLocalPart(text, ref position) || position - start > MaxLocalPartOctets || position >= text.Length)
            return false;
        var local = text[start..position];
        string? domain = null;
        if (text[position] == '@')
        {
            var domainStart = ++position;
            if (!TrySkipDomain(text, ref position) || position - domainStart > MaxDomainOctets)
                return false;
            domain = Encoding.UTF8.GetString(text[domainStart..position]);
        }
        else if (!Ascii.EqualsIgnoreCase(local, "postmaster"u8))
        {
            return false;
        }

        if (position >= text.Length || text[position] != '>' || position - start > MaxOctets - 2)
            return false;
        path = new SmtpPath(Encoding.UTF8.GetString(local), domain);
        length = position + 1;
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => $"<{Address}>";

    // A-d-l = "@" Domain *( "," "@" Domain ) ":"
    private static bool TrySkipRoute(ReadOnlySpan<byte> text, ref int position)
    {
        while (position < text.Length && text[position] == '@')
        {
            position++;
            if (!TrySkipDomain(text, ref position) || position >= text.Length)
                return false;
            if (text[position] == ':')
            {
                position++;
                return true;
            }

            if (text[position] != ',')
                return false;
            position++;
        }

        return false;
    }

    // Local-part = Dot-string / Quoted-string
    private static bool TrySkipLocalPart(ReadOnlySpan<byte> text, ref int position)
    {
        if (position < text.Length && text[position] == '"')
            return TrySkipQuoted(text, ref position);
        while (true)
        {
            var start = position;
            while (position < text.Length && (text[position] >= 0x80 || Atext.Contains(text[position])))
                position++;
            if (position == start)
                return false; // empty, a leading or a trailing dot, or two in a row
            if (position >= text.Length || text[position] != '.')
                return true;
            position++;
        }
    }

    private static bool TrySkipQuoted(ReadOnlySpan<byte> text, ref int position)
    {
        for (position++; position < text.Length; position++)
        {
            switch (text[position])
            {
                case (byte)'"':
                    position++;
                    return true;
                // quoted-pairSMTP = "\" %d32-126
                case (byte)'\\' when ++position >= text.Length || text[position] is < 0x20 or > 0x7E:
                case < 0x20 or 0x7F:
                    return false;
            }
        }

        return false;
    }

    private static bool TrySkipDomain(ReadOnlySpan<byte> text, ref int position)
    {
        if (position < text.Length && text[position] == '[')
            return TrySkipLiteral(text, ref position);
        while (true)
        {
            var start = position;
            while (position < text.Length && (text[position] >= 0x80 || text[position] == '-' || char.IsAsciiLetterOrDigit((char)text[position])))
                position++;
            if (position == start || position - start > MaxLabelOctets || text[start] == '-' || text[position - 1] == '-')
                return false;
            if (position >= text.Length || text[position] != '.')
                return true;
            position++;
        }
    }

    // address-literal; only the two kinds that exist: "[192.0.2.1]" and "[IPv6:2001:db8::1]"
    private static bool TrySkipLiteral(ReadOnlySpan<byte> text, ref int position)
    {
        var end = text[position..].IndexOf((byte)']');
        if (end < 0 || !Ascii.IsValid(text.Slice(position, end)))
            return false;
        var literal = Encoding.ASCII.GetString(text.Slice(position + 1, end - 1));
        position += end + 1;
        if (literal.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase))
            return !literal.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(literal.AsSpan(5), out var six) && six.AddressFamily == AddressFamily.InterNetworkV6;
        // The platform also reads "1.2" and "0x7f.1"; only what it would write itself is the RFC's form.
        return IPAddress.TryParse(literal, out var four) && four.AddressFamily == AddressFamily.InterNetwork && four.ToString() == literal;
    }
}
