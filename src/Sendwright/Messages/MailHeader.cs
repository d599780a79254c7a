using Sendwright.Messages;

namespace Sendwright;

/// <summary>A header of the user's own, such as <c>X-Campaign: 7</c>. Names that the composer writes itself are refused.</summary>
public sealed record MailHeader
{
    /// <summary>Makes a header.</summary>
    /// <param name="name">Printable ASCII without colon and blank (RFC 5322, 2.2).</param>
    /// <param name="value">Text in any script. Blanks around it are dropped, since RFC 5322 gives them no meaning there.</param>
    /// <exception cref="ArgumentException">
    /// The name is no header name or belongs to a property of <see cref="EmailMessage"/>, or the value holds CR, LF, NUL or half of a surrogate pair, or one of
    /// them is longer than <see cref="MessageLimits"/> allows.
    /// </exception>
    public MailHeader(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (FaultIn(name) is { } fault)
            throw new ArgumentException(fault);
        FieldCharacters.Check($"The value of the header {name}", value);
        MessageLimits.CheckLength($"The value of the header {name}", value, MessageLimits.MaxHeaderValueLength);
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

        if (MessageLimits.FaultInLength("The header name", name, MessageLimits.MaxHeaderNameLength) is { } tooLong)
            return tooLong;
        return OwnedHeaders.WhatToUseInsteadOf(name) is { } instead ? $"The header {name} cannot be set by hand: {instead}" : null;
    }
}
