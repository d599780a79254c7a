using Sendwright.Messages;

namespace Sendwright.Mime;

/// <summary>The Content-Type of a part, with the parameters that its author gave it.</summary>
internal static class ContentTypeField
{
    /// <summary>A longer value is continued over several parameters, so that no line is long.</summary>
    private const int MaxPlain = 60;

    /// <summary>Writes the field of a file, whose octets are its author's business.</summary>
    public static void Write(ref HeaderWriter writer, MediaType type) => Write(ref writer, type, withCharset: false);

    /// <summary>Writes the field of a text, which is in UTF-8.</summary>
    public static void WriteOfText(ref HeaderWriter writer, MediaType type) => Write(ref writer, type, withCharset: type["charset"] is null);

    private static void Write(ref HeaderWriter writer, MediaType type, bool withCharset)
    {
        writer.Field("Content-Type:"u8);
        var parameters = type.Parameters;
        var hasParameters = withCharset || parameters.Count > 0;
        writer.StartToken(type.Name.Length + (hasParameters ? 1 : 0));
        writer.Append(type.Name);
        if (hasParameters)
            writer.Append(";"u8);
        for (var index = 0; index < parameters.Count; index++)
            WriteParameter(ref writer, parameters[index].Key, parameters[index].Value, isLast: !withCharset && index == parameters.Count - 1);
        if (withCharset)
            writer.Token("charset=utf-8"u8);
        writer.EndField();
    }

    private static void WriteParameter(ref HeaderWriter writer, string name, string value, bool isLast)
    {
        // An apostrophe may stand in a token, but readers take it for the form of RFC 2231, where it has a meaning.
        var isToken = MediaType.IsToken(value) && !value.Contains('\'', StringComparison.Ordinal);
        if (value.Length > MaxPlain || !(isToken || HeaderText.IsSafe(value)))
        {
            ExtendedParameter.Write(ref writer, name, value, isLast);
            return;
        }

        // More readers know the escapes of a quoted string than the other form for a parameter that is no file name.
        var shown = isToken ? value : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        writer.StartToken(name.Length + 1 + shown.Length + (isLast ? 0 : 1));
        writer.Append(name);
        writer.Append("="u8);
        writer.Append(shown);
        if (!isLast)
            writer.Append(";"u8);
    }
}
