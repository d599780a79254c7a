using System.Globalization;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>A message as a flat list of what can be compared: <c>To[0].Name</c>, <c>Subject</c>, <c>Attachments[1].Content</c>. What is absent is not in it.</summary>
internal static class MessageFields
{
    public static IReadOnlyDictionary<string, string> Of(ReadMessage message)
    {
        var fields = new Dictionary<string, string>();
        Add(fields, "", message);
        return fields;
    }

    private static void Add(Dictionary<string, string> fields, string path, ReadMessage message)
    {
        AddMailboxes("From", message.From);
        AddMailboxes("Sender", message.Sender);
        AddMailboxes("ReplyTo", message.ReplyTo);
        AddMailboxes("To", message.To);
        AddMailboxes("Cc", message.Cc);
        AddMailboxes("Bcc", message.Bcc);
        AddValue("Subject", message.Subject);
        AddValue("Date", message.Date?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        AddValue("DateOffset", message.DateOffset?.ToString(CultureInfo.InvariantCulture));
        AddValue("MessageId", message.MessageId);
        AddValue("Text", Lines(message.Text));
        AddValue("Html", Lines(message.Html));
        AddAll("Alternatives", message.Alternatives, AddAlternative);
        // RFC 5322, 3.6: "the header fields are not guaranteed to be in a particular order"; those of one name keep theirs.
        foreach (var named in message.Headers.GroupBy(header => header.Name.ToLowerInvariant()))
            AddAll($"Headers.{named.Key}", [.. named], (at, header) => AddValue(at, header.Value));
        AddAll("Attachments", message.Attachments, AddAttachment);
        AddAll("Defects", message.Defects, AddValue);

        void AddValue(string field, string? value)
        {
            if (value is not null)
                fields.Add(path + field, value);
        }

        void AddAll<T>(string field, IReadOnlyList<T> items, Action<string, T> add)
        {
            for (var index = 0; index < items.Count; index++)
                add(string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]"), items[index]);
        }

        void AddMailboxes(string field, IReadOnlyList<ReadMailbox> mailboxes) => AddAll(field, mailboxes, (at, mailbox) =>
        {
            AddValue($"{at}.Group", mailbox.Group);
            AddValue($"{at}.Name", mailbox.Name);
            AddValue($"{at}.Address", mailbox.Address);
        });

        void AddParameters(string field, IReadOnlyDictionary<string, string> parameters)
        {
            foreach (var (name, value) in parameters)
                AddValue($"{field}.{name.ToLowerInvariant()}", value);
        }

        void AddAlternative(string field, ReadAlternative alternative)
        {
            AddValue($"{field}.ContentType", alternative.ContentType.ToLowerInvariant());
            AddParameters($"{field}.Parameters", alternative.Parameters);
            AddValue($"{field}.Text", Lines(alternative.Text));
        }

        void AddAttachment(string field, ReadAttachment attachment)
        {
            AddValue($"{field}.FileName", attachment.FileName);
            AddValue($"{field}.ContentType", attachment.ContentType.ToLowerInvariant());
            AddParameters($"{field}.Parameters", attachment.Parameters);
            AddValue($"{field}.ContentId", attachment.ContentId);
            AddValue($"{field}.Disposition", attachment.Disposition);
            AddValue($"{field}.Content", attachment.Content);
            if (attachment.Message is { } message)
                Add(fields, $"{path}{field}.Message.", message);
        }
    }

    /// <summary>CR, LF and CRLF end a line in what is given, CRLF does on the wire, and readers hand on what their users like.</summary>
    private static string? Lines(string? text) => text?.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
}
