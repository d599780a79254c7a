namespace Sendwright.Messages;

/// <summary>The name of a mailbox or a group (<c>display-name</c> of RFC 5322, 3.4), in any script.</summary>
internal static class DisplayName
{
    /// <summary>Says what is wrong; null where nothing is.</summary>
    public static string? FaultIn(string thing, string name)
    {
        if (FieldCharacters.FaultIn(thing, name) is { } fault)
            return fault;
        for (var index = 0; index < name.Length; index++)
        {
            // It is shown in lists of messages, in terminals and in logs, and these obey control characters.
            if (char.IsControl(name[index]))
                return FieldCharacters.Describe(thing, name, index, "which no name may hold. Take it out, or write a blank instead.");
        }

        return MessageLimits.FaultInLength(thing, name, MessageLimits.MaxDisplayNameLength);
    }

    /// <summary>The name without the blanks around it; null where nothing is left.</summary>
    public static string? WithoutBlanksAround(string? name) => string.IsNullOrEmpty(name = name?.Trim(' ', '\t')) ? null : name;
}
