using System.Buffers;

namespace Sendwright.Messages;

/// <summary><c>msg-id</c> of RFC 5322, 3.6.4, without its obsolete forms.</summary>
internal static class MessageIdGrammar
{
    /// <summary>dtext without its brackets, backslash (RFC 5322, 3.4.1), and without angle brackets, which end the id for a careless reader.</summary>
    private static readonly SearchValues<char> LiteralCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"#$%&'()*+,-./:;=?@^_`{|}~");

    /// <summary>
    /// The id of somebody else's message with angle brackets. Any is taken that a header can carry: it is only quoted here, and many programs make ids that the grammar
    /// does not have.
    /// </summary>
    /// <exception cref="ArgumentException">It holds a blank, an inner angle bracket or what is not printable ASCII.</exception>
    public static string BracketForeign(string property, string value)
    {
        FieldCharacters.Check(property, value);
        var inside = IsBracketed(value) ? value.AsSpan(1, value.Length - 2) : value;
        if (inside.Length is 0 or > MessageLimits.MaxMessageIdLength || inside.ContainsAnyExceptInRange('!', '~') || inside.ContainsAny('<', '>'))
        {
            throw new ArgumentException(
                $"{property} {VisibleText.Quote(value)} is no Message-ID: 1 to {MessageLimits.MaxMessageIdLength} characters of ASCII without blanks, in angle brackets. Take it from the Message-ID header of the message that is answered, one id a value.");
        }

        return inside.Length == value.Length ? $"<{value}>" : value;
    }

    /// <summary>The id with angle brackets.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static string Bracket(string value)
    {
        FieldCharacters.Check("MessageId", value);
        var isBracketed = IsBracketed(value);
        if (!IsId(isBracketed ? value.AsSpan(1, value.Length - 2) : value))
        {
            throw new ArgumentException(
                $"MessageId {VisibleText.Quote(value)} is not <unique@domain> in ASCII (RFC 5322, 3.6.4), with at most {MessageLimits.MaxMessageIdLength} characters. Correct it, or leave it out: then one is made.");
        }

        return isBracketed ? value : $"<{value}>";
    }

    /// <summary>Whether it is an id in its angle brackets.</summary>
    public static bool IsMessageId(ReadOnlySpan<char> value) => IsBracketed(value) && IsId(value[1..^1]);

    private static bool IsBracketed(ReadOnlySpan<char> value) => value.Length > 1 && value[0] == '<' && value[^1] == '>';

    private static bool IsId(ReadOnlySpan<char> inside) =>
        inside.Length <= MessageLimits.MaxMessageIdLength && inside.IndexOf('@') is >= 0 and var at && AddressGrammar.IsDotAtom(inside[..at]) && IsIdRight(inside[(at + 1)..]);

    private static bool IsIdRight(ReadOnlySpan<char> right) => AddressGrammar.IsDotAtom(right) || IsNoFoldLiteral(right);

    private static bool IsNoFoldLiteral(ReadOnlySpan<char> right) =>
        right.Length > 2 && right[0] == '[' && right[^1] == ']' && !right[1..^1].ContainsAnyExcept(LiteralCharacters);
}
