using System.Globalization;
using Sendwright.Mime;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>A message that the readers are asked about.</summary>
internal sealed record Sample(string Name, EmailMessage Message, ComposedMessage Composed, byte[] Octets)
{
    /// <summary>The name of its file.</summary>
    public string File => FileOf(Name);

    /// <summary>What its author meant.</summary>
    public ReadMessage Meant { get; } = MeantMessage.Of(Message, Composed);

    /// <summary>The mailbox that a reader sees otherwise.</summary>
    public ReadMailbox? MailboxOf(Difference difference) => Place(difference) is var (list, index) && index < list.Count ? list[index] : null;

    /// <summary>The mailboxes of its field.</summary>
    public IReadOnlyList<ReadMailbox> ListOf(Difference difference) => Place(difference).List;

    /// <summary>The mailboxes that stand before it in the same field.</summary>
    public IEnumerable<ReadMailbox> MailboxesBefore(Difference difference) => Place(difference) is var (list, index) ? list.Take(index) : [];

    public static string FileOf(string name) => name.Replace(' ', '-') + ".eml";

    private (IReadOnlyList<ReadMailbox> List, int Index) Place(Difference difference)
    {
        var parts = difference.Field.Split('[', ']');
        IReadOnlyList<ReadMailbox> list = parts[0] switch
        {
            "From" => Meant.From,
            "Sender" => Meant.Sender,
            "ReplyTo" => Meant.ReplyTo,
            "To" => Meant.To,
            "Cc" => Meant.Cc,
            _ => [],
        };
        return (list, int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
