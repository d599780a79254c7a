namespace Sendwright.Mime;

/// <summary>The body of a MIME field, read as generously as mail programs do: <c>value; attribute=value; attribute="value"</c> (RFC 2045, 5.1; RFC 2183, 2).</summary>
internal sealed class MimeValue
{
    private readonly List<(string Name, string Value)> _parameters = [];

    private MimeValue(string value) => Value = value;

    /// <summary>What stands before the first semicolon.</summary>
    public string Value { get; }

    public IReadOnlyList<(string Name, string Value)> Parameters => _parameters;

    /// <summary>Whether something in it is neither a parameter nor empty, so that it cannot be written anew from what was read.</summary>
    public bool IsDoubtful { get; private set; }

    public bool Is(string value) => string.Equals(Value, value, StringComparison.OrdinalIgnoreCase);

    /// <summary>The parameter's value; null where there is none, or several.</summary>
    public string? Parameter(string name)
    {
        var found = _parameters.Where(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        return found is [var only] ? only.Value : null;
    }

    public static MimeValue Parse(string body)
    {
        var pieces = Split(WithoutComments(body), ';');
        var read = new MimeValue(pieces[0].Trim(' ', '\t'));
        foreach (var piece in pieces.Skip(1))
        {
            var equals = piece.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                read._parameters.Add((piece[..equals].Trim(' ', '\t'), Unquote(piece[(equals + 1)..].Trim(' ', '\t'))));
            else if (!string.IsNullOrWhiteSpace(piece))
                read.IsDoubtful = true;
        }

        return read;
    }

    /// <summary>Cuts at a separator that stands outside quotes.</summary>
    public static List<string> Split(string text, char separator)
    {
        var pieces = new List<string>();
        var (start, isQuoted) = (0, false);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted && text[index] == '\\')
            {
                index++;
            }
            else if (!isQuoted && text[index] == separator)
            {
                pieces.Add(text[start..index]);
                start = index + 1;
            }
        }

        pieces.Add(text[start..]);
        return pieces;
    }

    /// <summary>RFC 2045, 5.1: <c>text/plain; charset=us-ascii (Plain text)</c> is the same as without the comment.</summary>
    public static string WithoutComments(string body)
    {
        if (!body.Contains('(', StringComparison.Ordinal))
            return body;
        var kept = new System.Text.StringBuilder(body.Length);
        var (depth, isQuoted) = (0, false);
        for (var index = 0; index < body.Length; index++)
        {
            var character = body[index];
            if (character == '\\' && (isQuoted || depth > 0) && index + 1 < body.Length)
            {
                if (depth == 0)
                    kept.Append(character).Append(body[index + 1]);
                index++;
                continue;
            }

            if (character == '"' && depth == 0)
                isQuoted = !isQuoted;
            if (character == '(' && !isQuoted)
                depth++;
            if (depth == 0)
                kept.Append(character);
            if (character == ')' && depth > 0)
                depth--;
        }

        return kept.ToString();
    }

    private static string Unquote(string value)
    {
        if (value is not ['"', .., '"'])
            return value;
        var read = new System.Text.StringBuilder(value.Length);
        for (var index = 1; index < value.Length - 1; index++)
        {
            if (value[index] == '\\' && index + 1 < value.Length - 1)
                index++;
            read.Append(value[index]);
        }

        return read.ToString();
    }
}
