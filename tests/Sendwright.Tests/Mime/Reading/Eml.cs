using System.Text;
using Sendwright.Mime.Reading;

namespace Sendwright.Tests.Mime.Reading;

/// <summary>Messages as they stand in a file, and what is read from them.</summary>
internal static class Eml
{
    /// <summary>Reads a text whose line ends become CRLF.</summary>
    public static ParsedMessage Read(string text) => ReadOctets(text.ReplaceLineEndings("\r\n"));

    /// <summary>Reads a text as it is; each character is an octet.</summary>
    public static ParsedMessage ReadOctets(string text) => ParsedMessage.Read(Encoding.Latin1.GetBytes(text));

    /// <summary>The types of the parts, inside one another.</summary>
    public static string Structure(ParsedPart part) => part.Parts.Count == 0 ? part.ContentType : $"{part.ContentType}({string.Join(',', part.Parts.Select(Structure))})";

    public static string Ascii(ReadOnlyMemory<byte> octets) => Encoding.ASCII.GetString(octets.Span);
}
