using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sendwright.Mime;

/// <summary>The <c>filename</c> of Content-Disposition (RFC 2183, 2.3) in any script and length (RFC 2231).</summary>
internal static class FileNameParameter
{
    /// <summary>A longer name is continued over several parameters, so that no line is long.</summary>
    private const int MaxPlain = 60;

    /// <summary><c>attribute-char</c> of RFC 2231, 7.</summary>
    private static readonly SearchValues<char> AttributeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`{|}~");

    /// <summary>Writes it as the last parameter of a field.</summary>
    public static void Write(ref HeaderWriter writer, string fileName)
    {
        if (IsPlain(fileName))
        {
            WritePlain(ref writer, fileName);
            return;
        }

        // A reader that knows RFC 2231 takes the first form it finds, Python's among them; one that does not takes the second.
        WriteExtended(ref writer, fileName);
        WritePlain(ref writer, Fallback(fileName));
    }

    // Quotes and backslashes are plain by the standard, but readers trip over their escapes.
    private static bool IsPlain(string fileName) =>
        fileName.Length <= MaxPlain && HeaderText.IsSafe(fileName) && !fileName.AsSpan().ContainsAny('"', '\\');

    // Always in quotes: of the characters that a token may hold, readers stumble over the apostrophe, which RFC 2231 gives a meaning.
    private static void WritePlain(ref HeaderWriter writer, ReadOnlySpan<char> fileName)
    {
        writer.StartToken("filename=\"\"".Length + fileName.Length);
        writer.Append("filename=\""u8);
        writer.Append(fileName);
        writer.Append("\""u8);
    }

    private static void WriteExtended(ref HeaderWriter writer, ReadOnlySpan<char> fileName)
    {
        const string Single = "filename*=utf-8''";
        var length = Single.Length + EncodedLength(fileName) + ";".Length;
        if (length < HeaderWriter.MaxLine)
        {
            writer.StartToken(length);
            writer.Append(Single);
            WriteSection(ref writer, ref fileName, length);
            writer.Append(";"u8);
            return;
        }

        for (var section = 0; !fileName.IsEmpty; section++)
        {
            writer.Fold();
            writer.Append(string.Create(CultureInfo.InvariantCulture, $"filename*{section}*="));
            if (section == 0)
                writer.Append("utf-8''"u8);
            WriteSection(ref writer, ref fileName, writer.Room - ";".Length);
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

    private static int EncodedLength(ReadOnlySpan<char> fileName)
    {
        var length = 0;
        foreach (var rune in fileName.EnumerateRunes())
            length += rune.IsAscii && AttributeCharacters.Contains((char)rune.Value) ? 1 : HexEscape.Length * rune.Utf8SequenceLength;
        return length;
    }

    /// <summary>What a reader without RFC 2231 shows: the ASCII of the name, its extension whole.</summary>
    private static string Fallback(string fileName)
    {
        var ascii = new StringBuilder(fileName.Length);
        foreach (var rune in fileName.EnumerateRunes())
            ascii.Append(rune.IsAscii && rune.Value is not ('"' or '\\' or '?') ? (char)rune.Value : '_');
        if (ascii.Length <= MaxPlain)
            return ascii.ToString();
        var extension = Path.GetExtension(ascii.ToString());
        if (extension.Length > MaxPlain / 2)
            extension = "";
        return string.Concat(ascii.ToString().AsSpan(0, MaxPlain - extension.Length), extension);
    }
}
