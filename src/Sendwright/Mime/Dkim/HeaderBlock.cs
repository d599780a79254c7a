using System.Text;
using Sendwright.Messages;

namespace Sendwright.Mime.Dkim;

/// <summary>A message's header, taken apart into its fields.</summary>
internal sealed class HeaderBlock
{
    private readonly ReadOnlyMemory<byte> _octets;
    private readonly List<Field> _fields = [];

    /// <exception cref="InvalidDataException">A line is neither a field nor the continuation of one.</exception>
    public HeaderBlock(ReadOnlyMemory<byte> octets)
    {
        _octets = octets;
        var start = 0;
        while (start < octets.Length)
        {
            var length = LengthOfField(octets.Span[start..]);
            var colon = octets.Span.Slice(start, length).IndexOf((byte)':');
            if (colon <= 0 || octets.Span[start] is (byte)' ' or (byte)'\t')
                throw NoField(octets.Span.Slice(start, length));
            // RFC 5322, 4.5.3: the obsolete form has blanks in front of the colon.
            _fields.Add(new Field(start, octets.Span.Slice(start, colon).TrimEnd(" \t"u8).Length, length));
            start += length;
        }
    }

    public int Count => _fields.Count;

    /// <summary>The whole field with its line end.</summary>
    public ReadOnlySpan<byte> this[int index] => _octets.Span.Slice(_fields[index].Start, _fields[index].Length);

    /// <summary>What stands behind the colon, with its line end.</summary>
    public ReadOnlySpan<byte> Value(int index) => this[index][(this[index].IndexOf((byte)':') + 1)..];

    public bool IsNamed(int index, ReadOnlySpan<char> name) =>
        _fields[index].NameLength == name.Length && Ascii.EqualsIgnoreCase(_octets.Span.Slice(_fields[index].Start, name.Length), name);

    private static int LengthOfField(ReadOnlySpan<byte> octets)
    {
        var length = 0;
        while (true)
        {
            var end = octets[length..].IndexOf("\r\n"u8);
            if (end < 0)
                return octets.Length;
            length += end + 2;
            if (length == octets.Length || octets[length] is not ((byte)' ' or (byte)'\t'))
                return length;
        }
    }

    private static InvalidDataException NoField(ReadOnlySpan<byte> line) => new(
        $"The message's header has the line {VisibleText.Quote(Encoding.Latin1.GetString(line.TrimEnd("\r\n"u8)))}, which is no header field (RFC 5322, 2.2), so the message cannot be signed. Remove the line, or put a blank line before the body.");

    /// <summary>Where a field is.</summary>
    private readonly record struct Field(int Start, int NameLength, int Length);
}
