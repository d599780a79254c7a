using System.Text;
using System.Text.Unicode;

namespace Sendwright.Mime;

/// <summary>The charsets that a label in a message may mean (RFC 2046, 4.1.2; RFC 2047, 2).</summary>
internal static class Charsets
{
    /// <summary>The charset of a name, in whatever case; null where the runtime does not know it.</summary>
    public static Encoding? Named(string name) => name.ToLowerInvariant() switch
    {
        // US-ASCII is part of UTF-8. ISO 8859-1 is part of windows-1252 but for control characters, which nobody means in mail.
        "utf-8" or "utf8" or "us-ascii" or "ascii" => Encoding.UTF8,
        "utf-16" or "utf-16le" => Encoding.Unicode,
        "utf-16be" => Encoding.BigEndianUnicode,
        "iso-8859-1" or "latin1" => CodePagesEncodingProvider.Instance.GetEncoding("windows-1252"),
        var other => CodePagesEncodingProvider.Instance.GetEncoding(other),
    };

    /// <summary>The charset of octets that say nothing about it, or nothing that is true: UTF-8 where they are that, which no other text is by chance, else ISO 8859-1, where each octet is a character.</summary>
    public static Encoding Of(ReadOnlySpan<byte> octets) => Utf8.IsValid(octets) ? Encoding.UTF8 : Encoding.Latin1;

    /// <summary>The text of octets by the charset of a name. One that is missing or unknown, or US-ASCII with octets over 127, is no help.</summary>
    public static string Decode(ReadOnlySpan<byte> octets, string? name)
    {
        var isHelpful = name is not null && !(name.EndsWith("ascii", StringComparison.OrdinalIgnoreCase) && !Ascii.IsValid(octets));
        return ((isHelpful ? Named(name!.Trim()) : null) ?? Of(octets)).GetString(octets);
    }
}
