using Sendwright.Messages;

namespace Sendwright.Mime;

/// <summary>
/// A field of mailboxes (RFC 5322, 3.4). Each name is encoded by itself: a field that is one encoded-word from end to end is no list of addresses any more, and servers refuse it.
/// </summary>
internal static class AddressList
{
    /// <summary>A longer name in quotes could not be folded; encoded-words can.</summary>
    private const int MaxQuoted = 60;

    /// <summary>Writes the field; nothing where there is no mailbox.</summary>
    public static void Write(ref HeaderWriter writer, ReadOnlySpan<byte> nameAndColon, IReadOnlyList<EmailAddress> mailboxes)
    {
        if (mailboxes.Count == 0)
            return;
        writer.Field(nameAndColon);
        for (var index = 0; index < mailboxes.Count; index++)
            WriteMailbox(ref writer, mailboxes[index], isLast: index == mailboxes.Count - 1);
        writer.EndField();
    }

    /// <summary>Writes the field of a single mailbox.</summary>
    public static void Write(ref HeaderWriter writer, ReadOnlySpan<byte> nameAndColon, EmailAddress mailbox)
    {
        writer.Field(nameAndColon);
        WriteMailbox(ref writer, mailbox, isLast: true);
        writer.EndField();
    }

    /// <summary>Writes one mailbox of a field that the caller starts and ends.</summary>
    public static void WriteMailbox(ref HeaderWriter writer, EmailAddress mailbox, bool isLast)
    {
        if (mailbox.Name is { } name)
            WriteName(ref writer, name);
        var address = mailbox.WireAddress;
        var hasName = mailbox.Name is not null;
        writer.StartToken(address.Length + (hasName ? 2 : 0) + (isLast ? 0 : 1));
        if (hasName)
            writer.Append("<"u8);
        writer.Append(address);
        if (hasName)
            writer.Append(">"u8);
        if (!isLast)
            writer.Append(","u8);
    }

    private static void WriteName(ref HeaderWriter writer, ReadOnlySpan<char> name)
    {
        // Readers disagree about several blanks in a row between quotes; in an encoded-word they agree.
        var canBeQuoted = name.Length <= MaxQuoted && HeaderText.IsSafe(name) && !name.Contains("  ", StringComparison.Ordinal);
        if (canBeQuoted && !IsPhraseOfAtoms(name))
            WriteQuoted(ref writer, name);
        else
            HeaderText.WritePhrase(ref writer, name);
    }

    private static bool IsPhraseOfAtoms(ReadOnlySpan<char> name)
    {
        foreach (var word in name.Split(' '))
        {
            if (!AddressGrammar.IsAtom(name[word]))
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
