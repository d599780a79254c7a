using System.Buffers;
using System.Text;

namespace Sendwright.Messages;

/// <summary><c>type/subtype; attribute=value</c> of RFC 2045, 5.1.</summary>
internal sealed class MediaType : IEquatable<MediaType>
{
    /// <summary>RFC 6838, 4.2: type and subtype have at most 127 characters each; a parameter's name has its limit from the line that it must fit.</summary>
    private const int MaxName = 127;

    private const int MaxParameterName = 50;

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`{|}~");

    private readonly string _text;

    private MediaType(string text, string name, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        _text = text;
        Name = name;
        Parameters = parameters;
    }

    /// <summary><c>type/subtype</c>, in the letters given.</summary>
    public string Name { get; }

    /// <summary>The parameters in their order, values without quotes.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; }

    /// <summary>Whether a text can be a parameter's value without quotes.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenCharacters);

    /// <summary>Reads the type of an attached file.</summary>
    /// <exception cref="ArgumentException">It is none, or a composite one.</exception>
    public static MediaType OfAttachment(string value)
    {
        var type = Parse(value);
        // RFC 2045, 6.4: a composite type cannot be base64, and an attachment is base64 so that each of its bytes arrives.
        if (type.IsComposite)
        {
            throw new ArgumentException(
                $"ContentType {VisibleText.Quote(value)} cannot be the type of a file, because its content may not be base64 (RFC 2045, 6.4). Use Attachment.FromMessage for a message, application/octet-stream for anything else.");
        }

        return type;
    }

    /// <summary>Reads a media type.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static MediaType Parse(string value)
    {
        FieldCharacters.Check("ContentType", value);
        if (value.Length > MessageLimits.MaxContentTypeLength || Read(value) is not { } type)
        {
            throw new ArgumentException(
                $"ContentType {VisibleText.Quote(value)} is not type/subtype with parameters, such as application/pdf or text/csv; charset=utf-8. Correct it, or leave it out: then the file's name decides.");
        }

        return type;
    }

    /// <summary>Whether it is <c>type/subtype</c>, in whatever case.</summary>
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>A parameter's value; null where it has none of that name.</summary>
    public string? this[string parameter]
    {
        get
        {
            foreach (var (name, value) in Parameters)
            {
                if (name.Equals(parameter, StringComparison.OrdinalIgnoreCase))
                    return value;
            }

            return null;
        }
    }

    /// <inheritdoc />
    public bool Equals(MediaType? other) => _text == other?._text;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as MediaType);

    /// <inheritdoc />
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>As it was given.</summary>
    public override string ToString() => _text;

    private bool IsComposite => Name.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) || Name.StartsWith("message/", StringComparison.OrdinalIgnoreCase);

    private static MediaType? Read(string text)
    {
        var rest = text.AsSpan();
        if (!TakeToken(ref rest, out var type) || !Take(ref rest, '/') || !TakeToken(ref rest, out var subtype) || type.Length > MaxName || subtype.Length > MaxName)
            return null;
        if (rest.IsEmpty)
            return new MediaType(text, text, []);
        var name = text[..(type.Length + 1 + subtype.Length)];
        List<KeyValuePair<string, string>> parameters = [];
        while (!rest.IsEmpty)
        {
            rest = rest.TrimStart(' ');
            if (!Take(ref rest, ';'))
                return null;
            rest = rest.TrimStart(' ');
            if (!TakeToken(ref rest, out var attribute) || !Take(ref rest, '=') || TakeValue(ref rest) is not { } value || !IsNewName(attribute, parameters))
                return null;
            parameters.Add(new(attribute.ToString(), value));
        }

        return new MediaType(text, name, parameters);
    }

    // The asterisk has a meaning of its own there (RFC 2231, 7), and of two values for one name each reader takes another.
    private static bool IsNewName(ReadOnlySpan<char> name, List<KeyValuePair<string, string>> parameters)
    {
        if (name.Length > MaxParameterName || name.ContainsAny('*', '\'', '%'))
            return false;
        foreach (var (other, _) in parameters)
        {
            if (name.Equals(other, StringComparison.OrdinalIgnoreCase))
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

    private static bool TakeToken(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> token)
    {
        var length = rest.IndexOfAnyExcept(TokenCharacters);
        token = length < 0 ? rest : rest[..length];
        rest = rest[token.Length..];
        return !token.IsEmpty;
    }

    private static string? TakeValue(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] != '"')
            return TakeToken(ref rest, out var token) ? token.ToString() : null;
        var value = new StringBuilder();
        for (var index = 1; index < rest.Length; index++)
        {
            if (rest[index] == '"')
            {
                rest = rest[(index + 1)..];
                return value.ToString();
            }

            if (rest[index] == '\\' && ++index == rest.Length)
                return null;
            if (char.IsControl(rest[index]))
                return null;
            value.Append(rest[index]);
        }

        return null;
    }
}
