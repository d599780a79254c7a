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

        // Alone: of a plain form for old readers beside it, some new ones take that instead, among them Python's email by default.
        ExtendedParameter.Write(ref writer, "filename", fileName, isLast: true);
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
}
