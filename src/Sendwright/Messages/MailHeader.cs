using Sendwright.Messages;

namespace Sendwright;

/// <summary>A header of the user's own, such as <c>X-Campaign: 7</c>. Names that the composer writes itself are refused.</summary>
public sealed record MailHeader
{
    /// <summary>
    /// The longest name: with its colon it leaves an encoded-word room on the same line of 76 (RFC 2047, 2) if need be by folding, and never reaches 998 (RFC 5322, 2.1.1).
    /// </summary>
    private const int MaxNameLength = 75;

    /// <summary>Makes a header.</summary>
    /// <param name="name">Printable ASCII without colon and blank (RFC 5322, 2.2).</param>
    /// <param name="value">Text in any script. Blanks around it are dropped, since RFC 5322 gives them no meaning there.</param>
    /// <exception cref="ArgumentException">
    /// The name is no header name or belongs to a property of <see cref="EmailMessage"/>, or the value holds CR, LF, NUL or half of a surrogate pair.
    /// </exception>
    public MailHeader(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (FaultIn(name) is { } fault)
            throw new ArgumentException(fault);
        FieldCharacters.Check($"The value of the header {name}", value);
        Name = name;
        Value = value.Trim(' ', '\t');
    }

    /// <summary>The name, in the letters given.</summary>
    public string Name { get; }

    /// <summary>The value, unencoded.</summary>
    public string Value { get; }

    /// <summary><c>Name: Value</c>.</summary>
    public override string ToString() => $"{Name}: {Value}";

    private static string? FaultIn(string name)
    {
        if (name.Length == 0)
            return "A header has an empty name. Give it one, such as X-Campaign.";
        for (var index = 0; index < name.Length; index++)
        {
            if (name[index] is <= ' ' or >= '\x7F' or ':')
                return FieldCharacters.Describe("The header name", name, index, "and may hold only printable ASCII without colon and blank (RFC 5322, 2.2). Rename it.");
        }

        if (name.Length > MaxNameLength)
            return $"The header name {VisibleText.Quote(name)} has {name.Length} characters; at most {MaxNameLength} are allowed. Shorten it.";
        return OwnedHeaders.WhatToUseInsteadOf(name) is { } instead ? $"The header {name} cannot be set by hand: {instead}" : null;
    }
}
