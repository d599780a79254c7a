using System.Text;

namespace Sendwright.Mime;

/// <summary>The <c>filename</c> of Content-Disposition (RFC 2183, 2.3) in any script and length (RFC 2231).</summary>
internal static class FileNameParameter
{
    /// <summary>A longer name is continued over several parameters, so that no line is long.</summary>
    private const int MaxPlain = 60;

    /// <summary>Writes it as the last parameter of a field.</summary>
    public static void Write(ref HeaderWriter writer, string fileName)
    {
        if (IsPlain(fileName))
        {
            WritePlain(ref writer, fileName);
            return;
        }

        // A reader that knows RFC 2231 takes the first form it finds, Python's among them; one that does not takes the second.
        ExtendedParameter.Write(ref writer, "filename", fileName, isLast: false);
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
