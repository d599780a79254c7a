using System.Globalization;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>A message that the readers are asked about.</summary>
/// <param name="Name">What tests and files call it.</param>
/// <param name="Meant">What its author meant.</param>
/// <param name="NeedsSmtpUtf8">Whether a header holds UTF-8.</param>
/// <param name="Octets">What goes over the wire.</param>
internal sealed record Sample(string Name, ReadMessage Meant, bool NeedsSmtpUtf8, byte[] Octets)
{
    /// <summary>The name of its file.</summary>
    public string File => FileOf(Name);

    /// <summary>The message, this one or one inside it, that a reader sees otherwise.</summary>
    public ReadMessage MessageOf(Difference difference)
    {
        var message = Meant;
        foreach (var step in difference.Path.Split(".Message.", StringSplitOptions.RemoveEmptyEntries))
            message = message.Attachments[int.Parse(step.Split('[', ']')[1], CultureInfo.InvariantCulture)].Message ?? throw new InvalidOperationException($"{Name} has no message at {difference.Path}");
        return message;
    }

    /// <summary>The mailbox that a reader sees otherwise.</summary>
    public ReadMailbox? MailboxOf(Difference difference) => Place(difference) is var (list, index) && index < list.Count ? list[index] : null;

    /// <summary>The mailboxes of its field.</summary>
    public IReadOnlyList<ReadMailbox> ListOf(Difference difference) => Place(difference).List;

    /// <summary>The mailboxes that stand before it in the same field.</summary>
    public IEnumerable<ReadMailbox> MailboxesBefore(Difference difference) => Place(difference) is var (list, index) ? list.Take(index) : [];

    public static string FileOf(string name) => name.Replace(' ', '-') + ".eml";

    private (IReadOnlyList<ReadMailbox> List, int Index) Place(Difference difference)
    {
        var message = MessageOf(difference);
        var parts = difference.Field.Split('[', ']');
        IReadOnlyList<ReadMailbox> list = parts[0] switch
        {
            "From" => message.From,
            "Sender" => message.Sender,
            "ReplyTo" => message.ReplyTo,
            "To" => message.To,
            "Cc" => message.Cc,
            _ => [],
        };
        return (list, int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
