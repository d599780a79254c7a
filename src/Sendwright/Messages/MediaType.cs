using System.Buffers;

namespace Sendwright.Messages;

/// <summary><c>type/subtype; attribute=value</c> of RFC 2045, 5.1.</summary>
internal static class MediaType
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`{|}~");

    /// <summary>Refuses what is no media type, or one that an attachment cannot have.</summary>
    /// <exception cref="ArgumentException">It is refused.</exception>
    public static void Check(string value)
    {
        FieldCharacters.Check("ContentType", value);
        if (value.Length > MessageLimits.MaxContentTypeLength || !IsMediaType(value))
        {
            throw new ArgumentException(
                $"ContentType {VisibleText.Quote(value)} is not type/subtype with ASCII parameters, such as application/pdf or text/csv; charset=utf-8. Correct it, or leave it out: then the file's name decides.");
        }

        // RFC 2045, 6.4: a composite type cannot be base64, and an attachment is base64 so that each of its bytes arrives.
        if (value.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) || value.StartsWith("message/", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"ContentType {VisibleText.Quote(value)} cannot be the type of an attachment, because its content may not be base64 (RFC 2045, 6.4). Use application/octet-stream.");
        }
    }

    private static bool IsMediaType(ReadOnlySpan<char> text)
    {
        var rest = text;
        if (!TakeToken(ref rest) || !Take(ref rest, '/') || !TakeToken(ref rest))
            return false;
        while (!rest.IsEmpty)
        {
            rest = rest.TrimStart(' ');
            if (!Take(ref rest, ';'))
                return false;
            rest = rest.TrimStart(' ');
            if (!TakeToken(ref rest) || !Take(ref rest, '=') || !(TakeToken(ref rest) || TakeQuoted(ref rest)))
                return false;
        }

        return true;
    }

    private static bool Take(ref ReadOnlySpan<char> rest, char expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
            return false;
        rest = rest[1..];
        return true;
    }

    private static bool TakeToken(ref ReadOnlySpan<char> rest)
    {
        var length = rest.IndexOfAnyExcept(TokenCharacters);
        if (length < 0)
            length = rest.Length;
        rest = rest[length..];
        return length > 0;
    }

    private static bool TakeQuoted(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] != '"')
            return false;
        for (var index = 1; index < rest.Length; index++)
        {
            if (rest[index] is < ' ' or > '~')
                return false;
            if (rest[index] == '\\')
            {
                index++;
            }
            else if (rest[index] == '"')
            {
                rest = rest[(index + 1)..];
                return true;
            }
        }

        return false;
    }
}
