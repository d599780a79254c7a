using System.Text;

namespace Sendwright.Mime;

/// <summary>The TXT record by which receivers find the public half of a <see cref="DkimKey"/> (RFC 6376, 3.6).</summary>
/// <param name="Name">The name, such as <c>s1._domainkey.example.com</c>.</param>
/// <param name="Value">The value as one text, such as <c>v=DKIM1; k=rsa; p=MIIB...</c>. A web form of a DNS provider wants it like this.</param>
public sealed record DkimDnsRecord(string Name, string Value)
{
    /// <summary>RFC 1035, 3.3: one character-string has a length octet, and a 2048-bit key needs two of them.</summary>
    private const int LongestString = 255;

    /// <summary>The record as a line of a zone file, its value in strings of at most 255 octets.</summary>
    public string ToZoneLine()
    {
        var line = new StringBuilder($"{Name}. IN TXT (");
        for (var start = 0; start < Value.Length; start += LongestString)
            line.Append(" \"").Append(Value.AsSpan(start, Math.Min(LongestString, Value.Length - start))).Append('"');
        return line.Append(" )").ToString();
    }

    /// <summary>The record as a line of a zone file.</summary>
    public override string ToString() => ToZoneLine();
}
