using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using Sendwright.Messages;
using Sendwright.Mime;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>What an author meant, in the form of what a reader sees.</summary>
internal static class MeantMessage
{
    public static ReadMessage Of(EmailMessage message, ComposedMessage composed) => new()
    {
        From = Mailboxes([message.From]),
        Sender = Mailboxes(message.Sender is null ? [] : [message.Sender]),
        ReplyTo = Mailboxes(message.ReplyTo),
        // Without any visible recipient there is a group without members.
        To = IsEmpty(message.To) && IsEmpty(message.Cc) ? [new ReadMailbox("undisclosed-recipients", null, null)] : Mailboxes(message.To),
        Cc = Mailboxes(message.Cc),
        Bcc = [],
        Subject = message.Subject,
        Date = composed.Date,
        MessageId = composed.MessageId,
        // A message always has a body.
        Text = ValidUnicode(message.Text ?? (message is { Html: null, Attachments: [] } ? "" : null)),
        Html = ValidUnicode(message.Html),
        Headers = [.. message.Headers.Select(header => new ReadHeader(header.Name, header.Value))],
        Attachments = [.. message.Attachments.Where(file => IsEmbedded(message, file)).Concat(message.Attachments.Where(file => !IsEmbedded(message, file))).Select(Attachment)],
    };

    /// <summary>Whether the whole message is one text, so that its last line is the message's.</summary>
    public static bool IsOnePart(EmailMessage message) => message.Attachments.Count == 0 && (message.Text is null || message.Html is null);

    private static ReadAttachment Attachment(Attachment file)
    {
        var type = MediaTypeHeaderValue.Parse(file.ContentType);
        return new ReadAttachment(
            file.FileName,
            type.MediaType!,
            type.Parameters.ToDictionary(parameter => parameter.Name, parameter => Unquoted(parameter.Value ?? "")),
            file.ContentId,
            file.IsInline ? "inline" : "attachment",
            Convert.ToBase64String(((AttachmentContent.InMemory)file.Content).Octets.Span),
            null);
    }

    /// <summary>Pictures travel with the HTML that shows them, before the files beside it.</summary>
    private static bool IsEmbedded(EmailMessage message, Attachment file) => file is { IsInline: true, ContentId: not null } && message.Html is not null;

    /// <summary>Half of a surrogate pair is no character; it arrives as the one that says so.</summary>
    private static string? ValidUnicode(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>What a quoted string says; any other text as it is.</summary>
    public static string Unquoted(string value)
    {
        if (value is not ['"', .., '"'])
            return value;
        var unquoted = new StringBuilder();
        for (var index = 1; index < value.Length - 1; index++)
        {
            if (value[index] == '\\')
                index++;
            unquoted.Append(value[index]);
        }

        return unquoted.ToString();
    }

    private static bool IsEmpty(IReadOnlyList<EmailAddress> list) => list.Count == 0 && PlacedGroups(list).IsEmpty;

    private static ImmutableArray<PlacedGroup> PlacedGroups(IReadOnlyList<EmailAddress> list) => list is AddressList { PlacedGroups: var groups } ? groups : [];

    private static List<ReadMailbox> Mailboxes(IReadOnlyList<EmailAddress> list)
    {
        var groups = PlacedGroups(list).SelectMany(placed => placed.Group.Members.Select((_, index) => (Index: placed.Start + index, placed.Group.Name))).ToDictionary();
        var mailboxes = list.Select((mailbox, index) => new ReadMailbox(groups.GetValueOrDefault(index), mailbox.Name, mailbox.WireAddress)).ToList();
        // A group without members has a line of its own; from the last one on, so that the places of those before stay.
        foreach (var (start, group) in PlacedGroups(list).Reverse().Where(placed => placed.Group.Members.Count == 0))
            mailboxes.Insert(start, new ReadMailbox(group.Name, null, null));
        return mailboxes;
    }
}
