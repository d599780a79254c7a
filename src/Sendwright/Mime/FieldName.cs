using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sendwright.Mime;

/// <summary><c>field-name</c> of RFC 5322, 3.6.8, at the start of a line.</summary>
internal static class FieldName
{
    /// <summary><c>ftext</c>: printable ASCII without the colon.</summary>
    private static readonly SearchValues<byte> NameOctets = SearchValues.Create([.. Enumerable.Range(33, 94).Where(octet => octet != ':').Select(octet => (byte)octet)]);

    /// <summary>Reads the name before the first colon of a line, and says where the field's body starts: behind the colon.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out string? name, out int bodyStart)
    {
        (name, bodyStart) = (null, 0);
        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
            return false;
        // Blanks before the colon are an obsolete form (RFC 5322, 4.5). A "Bcc :" is a Bcc.
        var octets = line[..colon].TrimEnd(" \t"u8);
        if (octets.IsEmpty || octets.ContainsAnyExcept(NameOctets))
            return false;
        name = Encoding.ASCII.GetString(octets);
        bodyStart = colon + 1;
        return true;
    }
}
