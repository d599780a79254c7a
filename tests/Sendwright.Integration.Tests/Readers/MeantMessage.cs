using System.Net.Http.Headers;
using System.Text;
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
        To = message.To.Count + message.Cc.Count == 0 ? [new ReadMailbox("undisclosed-recipients", null, null)] : Mailboxes(message.To),
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
            Convert.ToBase64String(file.Content.Span),
            null);
    }

    /// <summary>Pictures travel with the HTML that shows them, before the files beside it.</summary>
    private static bool IsEmbedded(EmailMessage message, Attachment file) => file is { IsInline: true, ContentId: not null } && message.Html is not null;

    /// <summary>Half of a surrogate pair is no character; it arrives as the one that says so.</summary>
    private static string? ValidUnicode(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Unquoted(string value)
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

    private static ReadMailbox[] Mailboxes(IEnumerable<EmailAddress> mailboxes) =>
        [.. mailboxes.Select(mailbox => new ReadMailbox(null, mailbox.Name, mailbox.WireAddress))];
}
