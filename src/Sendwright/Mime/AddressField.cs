namespace Sendwright.Mime;

/// <summary>
/// A field of mailboxes and groups (RFC 5322, 3.4). Each name is encoded by itself: a field that is one encoded-word from end to end is no list of addresses any more, and
/// servers refuse it.
/// </summary>
internal static class AddressField
{
    /// <summary>A longer name in quotes could not be folded; encoded-words can.</summary>
    private const int MaxQuoted = 60;

    /// <summary>Whether there is nothing to write: an empty group is something.</summary>
    public static bool IsEmpty(IReadOnlyList<EmailAddress> mailboxes) => mailboxes.Count == 0 && mailboxes is not AddressList { Groups.Count: > 0 };

    /// <summary>Writes the field; nothing where there is neither mailbox nor group.</summary>
    /// <exception cref="ArgumentException">It would be longer than servers take.</exception>
    public static void Write(ref HeaderWriter writer, ReadOnlySpan<byte> nameAndColon, IReadOnlyList<EmailAddress> mailboxes)
    {
        if (IsEmpty(mailboxes))
            return;
        var start = writer.Length;
        writer.Field(nameAndColon);
        Write(ref writer, mailboxes);
        writer.EndField();
        MessageLimits.CheckFieldSize(nameAndColon, writer.Length - start);
    }

    /// <summary>Writes the mailboxes and groups of a field that the caller starts and ends.</summary>
    public static void Write(ref HeaderWriter writer, IReadOnlyList<EmailAddress> mailboxes)
    {
        var groups = mailboxes is AddressList list ? list.PlacedGroups.AsSpan() : [];
        for (var index = 0; index < mailboxes.Count || !groups.IsEmpty;)
        {
            if (!groups.IsEmpty && groups[0].Start == index)
            {
                var group = groups[0].Group;
                groups = groups[1..];
                index += group.Members.Count;
                WriteGroup(ref writer, group, isLast: index == mailboxes.Count && groups.IsEmpty);
            }
            else
            {
                var mailbox = mailboxes[index++];
                WriteMailbox(ref writer, mailbox, index == mailboxes.Count && groups.IsEmpty ? ""u8 : ","u8);
            }
        }
    }

    /// <summary>Writes the field of a single mailbox.</summary>
    public static void Write(ref HeaderWriter writer, ReadOnlySpan<byte> nameAndColon, EmailAddress mailbox)
    {
        writer.Field(nameAndColon);
        WriteMailbox(ref writer, mailbox, ""u8);
        writer.EndField();
    }

    private static void WriteGroup(ref HeaderWriter writer, AddressGroup group, bool isLast)
    {
        var end = isLast ? ";"u8 : ";,"u8;
        WriteName(ref writer, group.Name);
        // RFC 2047, 5 (3): an encoded-word in a phrase "MUST be separated from any adjacent 'word', 'text' or 'special' by 'linear-white-space'".
        // Any other name is not: some readers take that blank for a part of it.
        if (!IsPhraseOfAtoms(group.Name) && !CanBeQuoted(group.Name))
            writer.StartToken(1 + end.Length);
        writer.Append(":"u8);
        if (group.Members.Count == 0)
            writer.Append(end);
        for (var index = 0; index < group.Members.Count; index++)
            WriteMailbox(ref writer, group.Members[index], index == group.Members.Count - 1 ? end : ","u8);
    }

    private static void WriteMailbox(ref HeaderWriter writer, EmailAddress mailbox, ReadOnlySpan<byte> end)
    {
        if (mailbox.Name is { } name)
            WriteName(ref writer, name);
        var address = mailbox.WireAddress;
        var inBrackets = mailbox.Name is not null || !IsPlain(address);
        writer.StartToken(address.Length + (inBrackets ? 2 : 0) + end.Length);
        if (inBrackets)
            writer.Append("<"u8);
        writer.Append(address);
        if (inBrackets)
            writer.Append(">"u8);
        writer.Append(end);
    }

    // Without angle brackets, readers take a quoted local part for a name and the colons of [IPv6:...] for a group; "<" address ">" alone is a mailbox too (RFC 5322, 3.4).
    private static bool IsPlain(string address) => address[0] != '"' && address[^1] != ']';

    private static void WriteName(ref HeaderWriter writer, ReadOnlySpan<char> name)
    {
        if (CanBeQuoted(name) && !IsPhraseOfAtoms(name))
            WriteQuoted(ref writer, name);
        else
            HeaderText.WritePhrase(ref writer, name);
    }

    // A semicolon ends a group for careless readers, between quotes too; in an encoded-word they do not see it. Several blanks in a row are safer between quotes, which are
    // never folded: in an encoded-word Python makes one of them.
    private static bool CanBeQuoted(ReadOnlySpan<char> name) => name.Length <= MaxQuoted && HeaderText.IsSafe(name) && !name.Contains(';');

    private static bool IsPhraseOfAtoms(ReadOnlySpan<char> name)
    {
        foreach (var word in name.Split(' '))
        {
            if (!HeaderText.IsPlainAtom(name[word]))
                return false;
        }

        return true;
    }

    private static void WriteQuoted(ref HeaderWriter writer, ReadOnlySpan<char> name)
    {
        writer.StartToken(name.Length + 2 + name.Count('"') + name.Count('\\'));
        writer.Append("\""u8);
        foreach (var character in name)
        {
            if (character is '"' or '\\')
                writer.Append("\\"u8);
            writer.Append([(byte)character]);
        }

        writer.Append("\""u8);
    }
}
