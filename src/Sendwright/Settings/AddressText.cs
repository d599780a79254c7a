namespace Sendwright.Settings;

/// <summary>
/// Says in few words what is wrong with a text that should be an e-mail address, where it is one of the slips that happen in settings files; for the rest
/// <see cref="EmailAddress"/> has the word, as it has the decision.
/// </summary>
internal static class AddressText
{
    /// <summary>What is wrong, as a sentence; null where nothing is.</summary>
    /// <param name="what">What the address is, such as <c>from address</c>.</param>
    /// <param name="text">The text.</param>
    /// <param name="address">The address, where nothing is wrong.</param>
    public static string? Objection(string what, string text, out EmailAddress? address)
    {
        address = null;
        if (Reason(text) is { } reason)
            return $"The {what} {reason}.";
        try
        {
            address = EmailAddress.Parse(text);
            return null;
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
    }

    private static string? Reason(string text)
    {
        if (text.Any(char.IsControl))
            return "has a control character in it";
        var mailbox = text.Trim();
        if (mailbox.Length > 1 && mailbox[0] is '"' or '\'' && mailbox[^1] == mailbox[0])
            return "has quotes around it";
        if (mailbox.EndsWith('>') && mailbox.IndexOf('<') is var open and >= 0)
            mailbox = mailbox[(open + 1)..^1];
        var at = mailbox.LastIndexOf('@');
        if (at < 0)
            return "has no @";
        var domain = mailbox.AsSpan(at + 1);
        if (at == 0)
            return "has nothing before the @";
        if (domain.IsEmpty)
            return "has no domain behind the @";
        if (domain.ContainsAny(',', ';'))
            return "has more than one address, or a comma or semicolon too many";
        if (domain.IndexOfAny(' ', '\t', '\u00a0') >= 0)
            return "has a blank in its domain";
        if (domain[0] == '.' || domain[^1] == '.' || domain.IndexOf("..") >= 0)
            return "has an empty part in its domain";
        // A quoted local part may hold nearly anything (RFC 5321, 4.1.2); a bare one no blank and no second @.
        var local = mailbox.AsSpan(0, at);
        if (local[0] != '"' && local.IndexOfAny(' ', '@') >= 0)
            return local.Contains('@') ? "has more than one @" : "has a blank before the @";
        return null;
    }
}
