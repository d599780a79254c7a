using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sendwright.Mime;

/// <summary>A parameter in any script and length: <c>name*=utf-8''...</c>, continued over several where one line does not hold it (RFC 2231, 3 and 4).</summary>
internal static class ExtendedParameter
{
    /// <summary>
    /// Some readers put the tenth section, <c>*10*</c>, before <c>*2*</c>. A value that ten lines of 76 cannot hold has longer lines: RFC 5322, 2.1.1 recommends 78 and demands 998.
    /// </summary>
    private const int MaxSections = 10;

    /// <summary>Four octets, which are not divided.</summary>
    private const int LongestCharacter = 4 * HexEscape.Length;

    /// <summary><c>attribute-char</c> of RFC 2231, 7.</summary>
    private static readonly SearchValues<char> AttributeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`{|}~");

    /// <summary>Writes the parameter, with a semicolon behind it unless it is the last of its field.</summary>
    public static void Write(ref HeaderWriter writer, string name, ReadOnlySpan<char> value, bool isLast)
    {
        const string Charset = "*=utf-8''";
        var encoded = EncodedLength(value);
        var length = name.Length + Charset.Length + encoded + ";".Length;
        if (length < HeaderWriter.MaxLine)
        {
            writer.StartToken(length);
            writer.Append(name);
            writer.Append(Charset);
            WriteSection(ref writer, ref value, length);
            if (!isLast)
                writer.Append(";"u8);
            return;
        }

        var least = (encoded / MaxSections) + LongestCharacter;
        for (var section = 0; !value.IsEmpty; section++)
        {
            writer.Fold();
            writer.Append(name);
            writer.Append(string.Create(CultureInfo.InvariantCulture, $"*{section}*="));
            if (section == 0)
                writer.Append("utf-8''"u8);
            WriteSection(ref writer, ref value, Math.Max(writer.Room - ";".Length, least));
            if (!isLast || !value.IsEmpty)
                writer.Append(";"u8);
        }
    }

    // Sections end between characters: some readers decode each by itself.
    private static void WriteSection(ref HeaderWriter writer, ref ReadOnlySpan<char> rest, int capacity)
    {
        Span<byte> octets = stackalloc byte[4];
        Span<byte> escape = stackalloc byte[HexEscape.Length];
        while (!rest.IsEmpty)
        {
            _ = Rune.DecodeFromUtf16(rest, out var rune, out var units);
            var isLiteral = AttributeCharacters.Contains(rest[0]);
            capacity -= isLiteral ? 1 : HexEscape.Length * rune.Utf8SequenceLength;
            if (capacity < 0)
                return;
            if (isLiteral)
            {
                writer.Append(rest[..1]);
            }
            else
            {
                foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
                {
                    HexEscape.Write(octet, escape, (byte)'%');
                    writer.Append(escape);
                }
            }

            rest = rest[units..];
        }
    }

    private static int EncodedLength(ReadOnlySpan<char> value)
    {
        var length = 0;
        foreach (var rune in value.EnumerateRunes())
            length += rune.IsAscii && AttributeCharacters.Contains((char)rune.Value) ? 1 : HexEscape.Length * rune.Utf8SequenceLength;
        return length;
    }
}
