namespace Sendwright.Mime.Raw;

/// <summary>The one place where the addresses of a ready-made header are taken apart.</summary>
internal static class RawMailboxes
{
    /// <summary>The mailboxes of an address field (RFC 5322, 3.4), each as it stands; null where the field is no such list. Of a group only its members are given.</summary>
    public static IReadOnlyList<string>? Split(string field, out bool hasGroup)
    {
        hasGroup = false;
        var mailboxes = new List<string>();
        var (start, comment, isQuoted, isInAngles, isInGroup) = (0, 0, false, false, false);
        for (var index = 0; index < field.Length; index++)
        {
            var character = field[index];
            if (character == '\\' && (isQuoted || comment > 0))
                index++;
            else if (character == '"' && comment == 0)
                isQuoted = !isQuoted;
            else if (isQuoted)
                continue;
            else if (character == '(')
                comment++;
            else if (character == ')')
                comment--;
            else if (comment > 0)
                continue;
            else if (character is '<' or '>')
                isInAngles = character == '<';
            else if (isInAngles)
                continue;
            else if (character == ':')
                (hasGroup, isInGroup, start) = (true, true, index + 1);
            else if (character == ',' || (character == ';' && isInGroup))
                (start, isInGroup) = (Take(start, index), isInGroup && character != ';');
        }

        Take(start, field.Length);
        return comment == 0 && !isQuoted && !isInAngles ? mailboxes : null;

        int Take(int from, int to)
        {
            // An empty place between commas is an obsolete form (RFC 5322, 4.4).
            if (field[from..to].Trim(' ', '\t') is { Length: > 0 } mailbox)
                mailboxes.Add(mailbox);
            return to + 1;
        }
    }
}
