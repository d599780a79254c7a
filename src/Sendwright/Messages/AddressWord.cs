namespace Sendwright.Messages;

/// <summary>A word of a name or a local part, or a dot between words (RFC 5322, 3.2.5 and 4.1), as a place in the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first character, quotes included.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="IsApart">Whether blanks or a comment stand before it.</param>
/// <param name="IsBehindComment">Whether a comment stands before it.</param>
internal readonly record struct AddressWord(AddressWordKind Kind, int Start, int End, bool IsApart, bool IsBehindComment);

/// <summary>The kinds of words.</summary>
internal enum AddressWordKind
{
    Atom,
    QuotedString,
    EncodedWord,
    Dot,
}
