using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using Sendwright.Messages;
using Sendwright.Mime;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>What an author meant, in the form of what a reader sees.</summary>
internal static class MeantMessage
{
    public static ReadMessage Of(EmailMessage message, string messageId, DateTimeOffset date) => new()
    {
        From = Mailboxes([message.From]),
        Sender = Mailboxes(message.Sender is null ? [] : [message.Sender]),
        ReplyTo = Mailboxes(message.ReplyTo),
        // Without any visible recipient there is a group without members.
        To = IsEmpty(message.To) && IsEmpty(message.Cc) ? [new ReadMailbox("undisclosed-recipients", null, null)] : Mailboxes(message.To),
        Cc = Mailboxes(message.Cc),
        Bcc = [],
        Subject = message.Subject,
        Date = date,
        DateOffset = (int)date.Offset.TotalMinutes,
        MessageId = messageId,
        // A message always has a body.
        Text = ValidUnicode(message.Text ?? (message is { Html: null, Alternatives: [], Attachments: [] } ? "" : null)),
        Html = ValidUnicode(message.Html),
        // RFC 2046, 5.1.4: a reader shows the last that it knows, so AMP comes before the HTML.
        Alternatives = [.. message.Alternatives.Where(IsAmp).Concat(message.Alternatives.Where(one => !IsAmp(one))).Select(Alternative)],
        Headers = [.. MeantFields.Of(message), .. message.Headers.Select(header => new ReadHeader(header.Name, header.Value))],
        Attachments = [.. message.Attachments.Where(file => IsEmbedded(message, file)).Concat(message.Attachments.Where(file => !IsEmbedded(message, file))).Select(Attachment)],
    };

    private static ReadAttachment Attachment(Attachment file)
    {
        var type = MediaTypeHeaderValue.Parse(file.ContentType);
        var message = MessageIn(file);
        return new ReadAttachment(
            file.FileName, IsInternational(file) ? "message/global" : type.MediaType!, Parameters(type), file.ContentId, file.IsInline ? "inline" : "attachment", message is null ? Convert.ToBase64String(OctetsOf(file)) : null, message);
    }

    private static ReadAlternative Alternative(Alternative alternative)
    {
        var type = MediaTypeHeaderValue.Parse(alternative.ContentType);
        var parameters = Parameters(type);
        parameters.TryAdd("charset", "utf-8");
        return new ReadAlternative(type.MediaType!, parameters, ValidUnicode(alternative.Text)!);
    }

    private static bool IsAmp(Alternative alternative) => alternative.ContentType.StartsWith("text/x-amp-html", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> Parameters(MediaTypeHeaderValue type) =>
        type.Parameters.ToDictionary(parameter => parameter.Name.ToLowerInvariant(), parameter => Unquoted(parameter.Value ?? ""));

    /// <summary>What an attached message means. Those here have their date and Message-ID from their author, so that they are known.</summary>
    private static ReadMessage? MessageIn(Attachment file) => file.Content switch
    {
        AttachmentContent.Forwarded { Message: var message } => Of(message, message.MessageId!, message.Date!.Value),
        AttachmentContent.ForwardedAsIs { Message: var ready } => ReadyMadeMessages.Meant(ready.MessageId!),
        _ => null,
    };

    // RFC 6532, 3.7: message/global for what message/rfc822 cannot hold.
    private static bool IsInternational(Attachment file) => file.Content switch
    {
        AttachmentContent.Forwarded { Message: var message } => new MimeComposer(TimeProvider.System).Compose(message).NeedsSmtpUtf8,
        AttachmentContent.ForwardedAsIs { Message: var ready } => ready.NeedsSmtpUtf8,
        _ => false,
    };

    private static byte[] OctetsOf(Attachment file)
    {
        // All that is attached here is in memory or on this disk, and opens at once: nothing is waited for.
        var opening = file.OpenAsync(CancellationToken.None).AsTask();
        using var stream = opening.IsCompletedSuccessfully ? opening.Result : throw new InvalidOperationException($"{file} does not open at once.");
        using var octets = new MemoryStream();
        stream.CopyTo(octets);
        return octets.ToArray();
    }

    /// <summary>Pictures travel with the HTML that shows them, before the files beside it.</summary>
    private static bool IsEmbedded(EmailMessage message, Attachment file) => file is { IsInline: true, ContentId: not null, Content.Depth: 0 } && message.Html is not null;

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
