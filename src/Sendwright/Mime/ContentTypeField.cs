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
        var isToken = MediaType.IsToken(value);
        // Quotes and backslashes are plain by the standard, but readers trip over their escapes.
        var canBeQuoted = HeaderText.IsSafe(value) && !value.AsSpan().ContainsAny('"', '\\');
        if (value.Length > MaxPlain || !(isToken || canBeQuoted))
        {
            ExtendedParameter.Write(ref writer, name, value, isLast);
            return;
        }

        writer.StartToken(name.Length + 1 + value.Length + (isToken ? 0 : 2) + (isLast ? 0 : 1));
        writer.Append(name);
        writer.Append(isToken ? "="u8 : "=\""u8);
        writer.Append(value);
        if (!isToken)
            writer.Append("\""u8);
        if (!isLast)
            writer.Append(";"u8);
    }
}
