using System.Text;

namespace Sendwright.Mime;

/// <summary>The charsets that a label in a message may mean (RFC 2046, 4.1.2; RFC 2047, 2).</summary>
internal static class Charsets
{
    /// <summary>The charset of a name, in whatever case; null where the runtime does not know it.</summary>
    public static Encoding? Named(string name) => name.ToLowerInvariant() switch
    {
        // US-ASCII is part of UTF-8. ISO 8859-1 is part of windows-1252 but for control characters, which nobody means in mail.
        "utf-8" or "utf8" or "us-ascii" or "ascii" => Encoding.UTF8,
        "iso-8859-1" or "latin1" => CodePagesEncodingProvider.Instance.GetEncoding("windows-1252"),
        var other => CodePagesEncodingProvider.Instance.GetEncoding(other),
    };
}
