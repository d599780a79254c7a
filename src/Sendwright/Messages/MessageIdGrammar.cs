using System.Buffers;

namespace Sendwright.Messages;

/// <summary><c>msg-id</c> of RFC 5322, 3.6.4, without its obsolete forms.</summary>
internal static class MessageIdGrammar
{
    /// <summary>dtext without its brackets, backslash (RFC 5322, 3.4.1), and without angle brackets, which end the id for a careless reader.</summary>
    private static readonly SearchValues<char> LiteralCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"#$%&'()*+,-./:;=?@^_`{|}~");

    /// <summary>The id with angle brackets.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static string Bracket(string value)
    {
        FieldCharacters.Check("MessageId", value);
        var inside = value.Length > 1 && value[0] == '<' && value[^1] == '>' ? value.AsSpan(1, value.Length - 2) : value;
        var at = inside.IndexOf('@');
        if (at < 0 || inside.Length > MessageLimits.MaxMessageIdLength || !AddressGrammar.IsDotAtom(inside[..at]) || !IsIdRight(inside[(at + 1)..]))
        {
            throw new ArgumentException(
                $"MessageId {VisibleText.Quote(value)} is not <unique@domain> in ASCII (RFC 5322, 3.6.4), with at most {MessageLimits.MaxMessageIdLength} characters. Correct it, or leave it out: then one is made.");
        }

        return inside.Length == value.Length ? $"<{value}>" : value;
    }

    private static bool IsIdRight(ReadOnlySpan<char> right) => AddressGrammar.IsDotAtom(right) || IsNoFoldLiteral(right);

    private static bool IsNoFoldLiteral(ReadOnlySpan<char> right) =>
        right.Length > 2 && right[0] == '[' && right[^1] == ']' && !right[1..^1].ContainsAnyExcept(LiteralCharacters);
}
