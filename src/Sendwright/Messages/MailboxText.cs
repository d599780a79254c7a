using System.Buffers;
using System.Text;

namespace Sendwright.Messages;

/// <summary>
/// Mailboxes and groups as people read and type them: <c>Name &lt;local@domain&gt;</c>, names in any script, in quotes where they need them. <see cref="AddressReader"/> reads
/// all of it back.
/// </summary>
internal static class MailboxText
{
    /// <summary>The specials of RFC 5322, 3.2.3 without the dot, which every reader takes in a name.</summary>
    private static readonly SearchValues<char> Specials = SearchValues.Create(",;:<>()[]@\"\\");

    /// <summary>A mailbox.</summary>
    public static string Write(string address, string? name) => name is null ? address : $"{WriteName(name)} <{address}>";

    /// <summary>A group.</summary>
    public static string WriteGroup(string name, ReadOnlySpan<EmailAddress> members)
    {
        var text = new StringBuilder();
        AppendGroup(text, name, members);
        return text.ToString();
    }

    /// <summary>A list.</summary>
    public static string WriteList(ReadOnlySpan<EmailAddress> mailboxes, ReadOnlySpan<PlacedGroup> groups)
    {
        var text = new StringBuilder();
        for (var index = 0; index < mailboxes.Length || !groups.IsEmpty;)
        {
            if (text.Length > 0)
                text.Append(", ");
            if (!groups.IsEmpty && groups[0].Start == index)
            {
                var group = groups[0].Group;
                AppendGroup(text, group.Name, mailboxes.Slice(index, group.Members.Count));
                index += group.Members.Count;
                groups = groups[1..];
            }
            else
            {
                text.Append(mailboxes[index++]);
            }
        }

        return text.ToString();
    }

    private static void AppendGroup(StringBuilder text, string name, ReadOnlySpan<EmailAddress> members)
    {
        text.Append(WriteName(name)).Append(':');
        for (var index = 0; index < members.Length; index++)
            text.Append(index == 0 ? " " : ", ").Append(members[index]);
        text.Append(';');
    }

    private static string WriteName(string name)
    {
        // Outside quotes several blanks are one, and an encoded-word is what it stands for.
        var needsQuotes = name.AsSpan().ContainsAny(Specials) || name.Contains("  ", StringComparison.Ordinal) || name.Contains("=?", StringComparison.Ordinal);
        return needsQuotes
            ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : name;
    }
}
