using System.Buffers;
using System.Text;
using Sendwright.Mime;

namespace Sendwright.Messages;

/// <summary>
/// The tokens of an address field, one after the other, the obsolete ones included (RFC 5322, 3.2 and 4.1). It goes through the text once and counts the depth of comments
/// instead of calling itself, so no text makes it slow or deep. What does not end stays unread: <see cref="Position"/> is then where it starts.
/// </summary>
internal struct AddressScanner(string text)
{
    // Brackets and what is not ASCII are left to the grammar of addresses; in names they are common.
    private static readonly SearchValues<char> EndOfAtom = SearchValues.Create(" \t\"(),.:;<>@\\");

    private static readonly SearchValues<char> EndOfDomainAtom = SearchValues.Create(" \t\"(),.:;<>@\\[]");

    /// <summary>Where the next token starts.</summary>
    public int Position { get; private set; }

    /// <summary>Whether all is read.</summary>
    public readonly bool IsAtEnd => Position == text.Length;

    /// <summary>The next character; NUL, which no text here holds, behind the last.</summary>
    public readonly char Current => IsAtEnd ? '\0' : text[Position];

    /// <summary>The text of the last comment that <see cref="TrySkip"/> went over when it was last called; null where there was none.</summary>
    public string? Comment { get; private set; }

    /// <summary>Whether <see cref="TrySkip"/> went over anything when it was last called.</summary>
    public bool HasSkipped { get; private set; }

    /// <summary>Takes the next character if it is this one.</summary>
    public bool Take(char expected)
    {
        if (Current != expected || IsAtEnd)
            return false;
        Position++;
        return true;
    }

    /// <summary>Goes over blanks and comments (CFWS).</summary>
    /// <returns>False where a comment is not closed.</returns>
    public bool TrySkip()
    {
        Comment = null;
        var start = Position;
        while (Current is ' ' or '\t' or '(')
        {
            if (Current != '(')
            {
                Position++;
                continue;
            }

            var end = EndOfComment();
            if (end < 0)
                return false;
            Comment = EncodedWordReader.Decode(new StringBuilder().AppendUnquoted(text.AsSpan((Position + 1)..(end - 1))).ToString());
            Position = end;
        }

        HasSkipped = Position > start;
        return true;
    }

    /// <summary>Reads a word of a name or a local part. The next character can start one.</summary>
    /// <returns>False where a quoted string is not closed.</returns>
    public bool TryReadWord(out AddressWord word)
    {
        var rest = text.AsSpan(Position);
        var (kind, length) = rest[0] switch
        {
            '"' => (AddressWordKind.QuotedString, LengthOfQuotedString(rest)),
            '.' => (AddressWordKind.Dot, 1),
            _ when LengthOfEncodedWord(rest) is var encoded and > 0 => (AddressWordKind.EncodedWord, encoded),
            _ => (AddressWordKind.Atom, LengthUntil(rest, EndOfAtom)),
        };
        word = new AddressWord(kind, Position, Position + length, HasSkipped, Comment is not null);
        Position += length;
        return length > 0;
    }

    /// <summary>Reads what stands between the dots of a domain; nothing where the next character cannot.</summary>
    public ReadOnlySpan<char> ReadDomainAtom()
    {
        var start = Position;
        Position += LengthUntil(text.AsSpan(start), EndOfDomainAtom);
        return text.AsSpan(start..Position);
    }

    /// <summary>Reads a domain literal, its blanks and backslashes taken out (RFC 5322, 4.4). The next character is its bracket.</summary>
    /// <returns>False where it is not closed.</returns>
    public bool TryReadLiteral(StringBuilder literal)
    {
        var end = Position + 1;
        while (end < text.Length && text[end] != ']')
            end += text[end] == '\\' ? 2 : 1;
        if (end >= text.Length)
            return false;
        var inside = new StringBuilder().AppendUnquoted(text.AsSpan((Position + 1)..end)).Replace(" ", "").Replace("\t", "");
        literal.Append('[').Append(inside).Append(']');
        Position = end + 1;
        return true;
    }

    private readonly int EndOfComment()
    {
        var depth = 0;
        for (var index = Position; index < text.Length; index++)
        {
            if (text[index] == '\\')
                index++;
            else if (text[index] == '(')
                depth++;
            else if (text[index] == ')' && --depth == 0)
                return index + 1;
        }

        return -1;
    }

    private static int LengthUntil(ReadOnlySpan<char> rest, SearchValues<char> ends)
    {
        var length = rest.IndexOfAny(ends);
        return length < 0 ? rest.Length : length;
    }

    private static int LengthOfQuotedString(ReadOnlySpan<char> rest)
    {
        for (var index = 1; index < rest.Length; index++)
        {
            if (rest[index] == '"')
                return index + 1;
            if (rest[index] == '\\')
                index++;
        }

        return 0;
    }

    // Looked for before atoms, because what is in the wild holds commas and dots. It counts only where a blank, a comment or a special follows, as RFC 2047, 5 (3) demands.
    private static int LengthOfEncodedWord(ReadOnlySpan<char> rest)
    {
        var length = EncodedWordReader.LengthAt(rest);
        return length == rest.Length || EndOfAtom.Contains(rest[length]) ? length : 0;
    }
}
